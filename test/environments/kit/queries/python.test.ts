import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../../src/contracts/json.ts';
import { parsePython, pythonText } from '../../../../src/environments/kit/queries/python.ts';
import { fc, runs } from '../../../support/properties.ts';

const none = { kind: 'none' };

describe('a Python literal', () => {
  test.each<[string, JsonValue]>([
    [
      `{'node': "It's", 'deep': [1, (2.5, -3e2), True, None],}`,
      { node: "It's", deep: [1, [2.5, -300], true, null] },
    ],
    ['{"a": true, "b": null, "c": "\\u00e9\\n"}', { a: true, b: null, c: 'é\n' }],
    [`'a\\'b\\\\c'`, "a'b\\c"],
    [' [ ] ', []],
    ['{1: 2}', { '1': 2 }],
    ['.5', 0.5],
  ])('%s', (text, value) => {
    expect(parsePython(text)).toEqual({ kind: 'value', value });
  });

  test.each(['', 'abc', '{"a": 1', '[1 2]', '1 2', '__import__("os")', "'open", '1e999', "'\\xg1'", '{"a"}'])(
    '%s is none',
    (text) => {
      expect(parsePython(text)).toEqual(none);
    },
  );

  test('that is too long or too deep is none', () => {
    expect(parsePython(`"${'a'.repeat(30_000)}"`)).toEqual(none);
    expect(parsePython('['.repeat(30) + ']'.repeat(30))).toEqual(none);
    expect(parsePython('['.repeat(10) + ']'.repeat(10)).kind).toBe('value');
  });

  test('is read back from what is printed', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const plain = JSON.parse(JSON.stringify([value])) as JsonValue;
        expect(parsePython(pythonText(plain, new Set()))).toEqual({ kind: 'value', value: plain });
      }),
      { numRuns: runs(200) },
    );
  });
});

describe('what Python prints', () => {
  test('quotes inside, but not outside', () => {
    expect(pythonText("It's", new Set())).toBe("It's");
    expect(pythonText(["It's", 'plain', `both ' and "`], new Set())).toBe(
      `["It's", 'plain', 'both \\' and "']`,
    );
  });

  test('floats have a point where the original has floats', () => {
    const value = { latitude: 31, daily: { rain_sum: [0, 1.5], n: [2] }, ok: true, no: null };
    expect(pythonText(value, new Set(['latitude', 'rain_sum']))).toBe(
      "{'latitude': 31.0, 'daily': {'rain_sum': [0.0, 1.5], 'n': [2]}, 'ok': True, 'no': None}",
    );
    expect(pythonText(1e-7, new Set())).toBe('1e-07');
  });
});
