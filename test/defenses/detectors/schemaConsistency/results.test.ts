import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../src/contracts/json.ts';
import { firstMismatch } from '../../../../src/defenses/detectors/schemaConsistency/validate.ts';
import { fc } from '../../../support/properties.ts';
import { at, call, firstText, listing, type Step, tool } from '../../kit.ts';
import { reasons, resultOf, run, sentence, text } from './kit.ts';

describe('results against the output schema', () => {
  const outputSchema = {
    type: 'object',
    properties: {
      count: { type: 'integer' },
      kind: { enum: ['cup', 'plate'] },
      tags: { type: 'array', items: { $ref: '#/$defs/tag' } },
    },
    required: ['count'],
    additionalProperties: false,
    $defs: { tag: { type: 'string' } },
  };
  const declared = listing([tool('search', 'Searches', { outputSchema })]);
  const returning = (structuredContent: JsonValue | undefined): Step =>
    call('search', {
      content: text(JSON.stringify(structuredContent ?? '')),
      ...(structuredContent !== undefined && { structuredContent }),
    });

  test.each<[JsonValue | undefined, string]>([
    [{ count: 'many' }, '"/count" is not of the type "integer"'],
    [{ count: 1.5 }, '"/count" is not of the type "integer"'],
    [{}, '"/count" is missing'],
    [{ count: 1, kind: 'fork' }, '"/kind" is none of the values declared: "fork"'],
    [{ count: 1, tags: ['a', 2] }, '"/tags/1" is not of the type "string"'],
    [{ count: 1, notice: 'x' }, '"/notice" is not declared'],
    [['x'], '"" is not of the type "object"'],
  ])('%j', async (value, what) => {
    const outcome = await run([declared, returning(value)]);
    expect(reasons(outcome)).toEqual([
      `structured content breaks its schema: ${what} in a result of the tool "search" of shop`,
    ]);
    expect(resultOf(at(outcome.passages, 1))).toEqual({
      content: text('[withheld by schema-consistency]'),
      isError: true,
    });
  });

  test('what is declared must come, but for errors and questions', async () => {
    expect(reasons(await run([declared, returning(undefined)]))).toHaveLength(1);
    const fine = [
      returning({ count: 1, kind: 'cup', tags: ['a'] }),
      call('search', { content: [], isError: true }),
      call('search', { resultType: 'input_required', inputRequests: {} }),
    ];
    expect(reasons(await run([declared, ...fine]))).toEqual([]);
  });

  test('no schema and no value makes the validator throw or run on', () => {
    const schema: JsonObject = {
      properties: { a: { $ref: '#' }, b: { items: { $ref: '#/properties/a' } } },
      $ref: '#',
    };
    expect(firstMismatch(schema, { a: { a: { b: [{}] } } })).toBeUndefined();
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const value = one as JsonValue;
        firstMismatch(
          { type: value, required: value, enum: value, items: value, properties: value, $ref: value },
          other,
        );
      }),
    );
  });
});

describe('structured content against text', () => {
  const data = { title: 'Blue cup', price: 12, note: 'Made in Portugal from clay and fired twice by hand' };

  test.each<[string, JsonObject]>([
    ['the same as JSON', { content: text(JSON.stringify(data, null, 2)), structuredContent: data }],
    ['in other words', { content: text('One cup, blue, for twelve.'), structuredContent: data }],
    ['a summary', { content: text('3 results'), structuredContent: { results: [data, data, data] } }],
    [
      'a sentence around it',
      {
        content: text('Here is what the shop has found for you in its shelves today, enjoy:\nBlue cup, 12'),
        structuredContent: { title: 'Blue cup', price: 12 },
      },
    ],
    [
      'lines of it',
      {
        content: text('Line one\nLine "two" and a few words more, so that it is a whole sentence'),
        structuredContent: {
          found: 'Line one\nLine "two" and a few words more, so that it is a whole sentence',
        },
      },
    ],
    [
      'JSON with escapes',
      {
        content: text(
          '{"a":"Zwei Tassen gr\\u00fcn und eine Kanne dazu, das macht zusammen vierzig \\"Euro\\""}',
        ),
        structuredContent: { a: 'Zwei Tassen grün und eine Kanne dazu, das macht zusammen vierzig "Euro"' },
      },
    ],
    ['no text', { content: [], structuredContent: { a: sentence } }],
    ['no structured content', { content: text(sentence) }],
  ])('%s', async (_, result) => {
    expect(reasons(await run([call('search', result)]))).toEqual([]);
  });

  test('a sentence of which the text says nothing is taken out', async () => {
    const outcome = await run([
      call('search', {
        content: text('Blue cup, 12'),
        structuredContent: { title: 'Blue cup', price: 12, notice: sentence },
      }),
    ]);
    expect(reasons(outcome)).toEqual([
      'structured content says what the text does not in a result of the tool "search" of shop',
    ]);
    expect(outcome.verdicts[0]?.spans[0]?.path).toBe('/structuredContent/notice');
    expect(resultOf(at(outcome.passages, 0))['structuredContent']).toEqual({
      title: 'Blue cup',
      price: 12,
      notice: '[withheld by schema-consistency]',
    });
  });

  test('undeclared content of nothing but its own sentences is', async () => {
    expect(
      reasons(
        await run([call('search', { content: text('Blue cup'), structuredContent: { notice: sentence } })]),
      ),
    ).toHaveLength(1);
  });

  test('a line that the structured content does not have is taken out of its JSON', async () => {
    const outcome = await run([
      call('search', { content: text(`${JSON.stringify(data)}\n\n${sentence}`), structuredContent: data }),
    ]);
    expect(reasons(outcome)).toEqual([
      'the text says what the structured content does not in a result of the tool "search" of shop',
    ]);
    expect(firstText(at(outcome.passages, 0))).toBe(
      `${JSON.stringify(data)}\n\n[withheld by schema-consistency]`,
    );
  });
});
