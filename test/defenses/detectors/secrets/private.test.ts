import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../src/contracts/json.ts';
import { type McpReply, resultReply } from '../../../../src/contracts/wire.ts';
import { secrets } from '../../../../src/defenses/detectors/secrets/index.ts';
import { at, contextOf, firstText, type Step } from '../../kit.ts';
import { begin, calling, code, privateContext, reached } from './kit.ts';

describe('what the user has told in private', () => {
  const encoded: readonly (readonly [string, JsonValue])[] = [
    ['plain', code],
    ['upper case, spaced', 'A L A R M 7 F 3 K 9 Q 2 M'],
    ['reversed', Array.from(code).reverse().join('')],
    ['rot13', 'nynez-7s3x9d2z'],
    ['hex', Buffer.from(code).toString('hex')],
    ['base64 within more', Buffer.from(`note: ${code}; end`).toString('base64')],
    [
      'percent codes',
      Array.from(code)
        .map((unit) => `%${unit.charCodeAt(0).toString(16)}`)
        .join(''),
    ],
    ['percent codes between', 'alarm%2D7f%33k9q2m'],
    ['in two arguments', ['alarm-7f3', 'k9q2m']],
    ['as a name', { [code]: true }],
    ['in a link', `https://e.example/x.png?v=${code}`],
  ];
  test.each(encoded)('does not leave in a call: %s', async (_, value) => {
    const { at: play, verdicts } = begin({ privateContext });
    const passages = await play('shop', [calling({ query: value }), calling({ query: 'cup' })]);
    expect(reached(passages)).toEqual([false, true]);
    expect(verdicts).toHaveLength(1);
    expect(verdicts[0]?.reason).toContain(`"alarm code" from the user's private facts`);
    expect(JSON.stringify(verdicts)).not.toContain(code);
    expect(firstText(at(passages, 0))).not.toContain('alarm');
  });

  const answer = (method: string, reply: JsonObject): Step => ({
    kind: 'service-request',
    method,
    params: {},
    reply: resultReply(reply),
  });
  test.each<[string, Step]>([
    [
      'prompts/get',
      {
        kind: 'host-request',
        method: 'prompts/get',
        params: { name: 'a', arguments: { b: code } },
        reply: resultReply({}),
      },
    ],
    [
      'resources/read',
      {
        kind: 'host-request',
        method: 'resources/read',
        params: { uri: `a://b/${code}` },
        reply: resultReply({}),
      },
    ],
    [
      'completion',
      {
        kind: 'host-request',
        method: 'completion/complete',
        params: { argument: { name: 'a', value: code } },
        reply: resultReply({}),
      },
    ],
    [
      'baggage',
      {
        kind: 'host-request',
        method: 'tools/call',
        params: { name: 'search', _meta: { baggage: `x=${code}` } },
        reply: resultReply({}),
      },
    ],
    [
      'an input response nobody asked for',
      {
        kind: 'host-request',
        method: 'tools/call',
        params: { name: 'search', inputResponses: { a: { content: code } } },
        reply: resultReply({}),
      },
    ],
  ])('does not leave by %s', async (_, step) => {
    const { at: play, verdicts } = begin({ privateContext });
    const [passage] = await play('shop', [step]);
    expect(passage?.passed).toBeUndefined();
    expect(verdicts.map(({ action }) => action)).toEqual(['block']);
  });

  test.each<[string, Step]>([
    ['a form', answer('elicitation/create', { action: 'accept', content: { code } })],
    ['sampling', answer('sampling/createMessage', { content: { type: 'text', text: `It is ${code}.` } })],
  ])('is taken back from the answer to %s', async (_, step) => {
    const { at: play, verdicts } = begin({ privateContext });
    const [passage] = await play('shop', [step]);
    expect(passage?.reply?.kind).toBe('error');
    expect(verdicts.map(({ action }) => action)).toEqual(['redact']);
  });

  test('does not leave in a notification or a header', async () => {
    const set = begin({ privateContext });
    const notification = {
      id: 'shop#1',
      direction: 'to-service',
      method: 'notifications/progress',
      params: { message: code },
    } as const;
    const instance = secrets.create({
      mode: 'enforce',
      parameters: {},
      approved: [],
      user: { instruction: '', privateContext },
      ask: () => Promise.resolve('absent'),
      model: () => undefined,
      classifier: () => undefined,
      report: (verdict) => void set.verdicts.push({ ...verdict, defense: 'secrets', mode: 'enforce' }),
    });
    const tap = instance.tap?.('shop');
    const context = contextOf('shop', '2026');
    expect(tap?.notification?.(notification, context)).toBeUndefined();
    let passed = false;
    const next = (): Promise<McpReply> => {
      passed = true;
      return Promise.resolve(resultReply({}));
    };
    const headers = { 'Mcp-Param-Region': code };
    await tap?.hostRequest?.(next)({ id: 'shop#2', method: 'tools/call', params: {}, headers }, context);
    expect(passed).toBe(false);
    expect(set.verdicts).toHaveLength(2);
  });

  test('may leave when the user says so', async () => {
    const named = begin({ privateContext, instruction: `Note ${code} in my list` });
    expect(reached(await named.at('shop', [calling({ query: code })]))).toEqual([true]);
    const meant = begin({ privateContext, instruction: 'Put my alarm code in the list' });
    expect(reached(await meant.at('shop', [calling({ query: code })]))).toEqual([true]);
    const other = begin({ privateContext, instruction: 'Put the code of conduct in the list' });
    expect(reached(await other.at('shop', [calling({ query: code })]))).toEqual([false]);
    expect(reached(await meant.at('stranger', [calling({ query: code })]))).toEqual([false]);
  });

  test('personal facts go to the services that the task needs', async () => {
    const { at: play } = begin({
      privateContext:
        'The user is Jane <jane.doe@mail.example>, customer number 48291734. Today is 2026-03-04.',
    });
    const steps = [
      calling({ to: 'jane.doe@mail.example' }),
      calling({ customer: 48_291_734 }),
      calling({ customer: '48291734' }),
      calling({ day: '2026-03-04' }),
    ];
    expect(reached(await play('shop', steps))).toEqual([true, true, true, true]);
    expect(reached(await play('stranger', steps))).toEqual([false, true, false, true]);
  });

  test('is only reported when observing', async () => {
    const { at: play, verdicts } = begin({ privateContext, mode: 'observe' });
    const passages = await play('shop', [
      calling({ query: code }),
      answer('elicitation/create', { content: { code } }),
    ]);
    expect(passages.every(({ given, passed }) => given === passed)).toBe(true);
    expect(verdicts.map(({ action }) => action)).toEqual(['allow', 'allow']);
  });
});
