import { describe, expect, test } from 'vitest';
import {
  canonicalJson,
  digest,
  isJsonObject,
  type JsonValue,
  mapStrings,
  stringsIn,
  withinBounds,
} from '../../src/contracts/json.ts';
import { fc } from '../support/properties.ts';

const json = fc.jsonValue().map((value) => value as JsonValue);

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

/** The same value with the members of every object in the opposite order. */
function reversed(value: JsonValue | undefined): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

describe('canonicalJson and digest', () => {
  test('do not depend on the order of members, and lose nothing', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(reversed(value) as JsonValue)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
        expect(digest(value)).toMatch(/^[0-9a-f]{64}$/);
      }),
    );
  });

  test('tell different values apart', () => {
    fc.assert(
      fc.property(json, json, (left, right) => {
        expect(digest(left) === digest(right)).toBe(canonicalJson(left) === canonicalJson(right));
      }),
    );
    expect(digest('1')).not.toBe(digest(1));
  });

  test('pass over absent members', () => {
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
  });
});

describe('withinBounds', () => {
  test('holds exactly up to the depth of a value', () => {
    fc.assert(
      fc.property(json, (value) => {
        const depth = depthOf(value);
        expect(withinBounds(value, { maxSize: 1e6, maxDepth: depth })).toBe(true);
        if (depth > 0) expect(withinBounds(value, { maxSize: 1e6, maxDepth: depth - 1 })).toBe(false);
      }),
    );
  });

  test('bounds the size of anything by the length of its text', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = JSON.stringify(value).length;
        expect(withinBounds(value, { maxSize: 8 + 8 * text, maxDepth: 100 })).toBe(true);
      }),
    );
  });

  test.each([
    ['a long string', 'x'.repeat(1000)],
    ['a long key', { ['x'.repeat(1000)]: 1 }],
    ['many numbers', Array.from({ length: 200 }, () => 1)],
    ['many empty strings', Array.from({ length: 200 }, () => '')],
    ['many empty arrays', Array.from({ length: 200 }, () => [])],
    ['many empty objects', Array.from({ length: 200 }, () => ({}))],
  ])('refuses %s', (_, value) => {
    expect(withinBounds(value, { maxSize: 1000, maxDepth: 5 })).toBe(false);
    expect(withinBounds(value, { maxSize: 3000, maxDepth: 5 })).toBe(true);
  });

  test('survives any depth', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
    expect(withinBounds(deep, { maxSize: 1e9, maxDepth: 64 })).toBe(false);
  });
});

describe('strings', () => {
  test('are found in order and mapped in place, keys left alone', () => {
    fc.assert(
      fc.property(json, (value) => {
        const mapped = mapStrings(value, (text) => `${text}!`);
        expect(stringsIn(mapped)).toEqual(stringsIn(value).map((text) => `${text}!`));
        expect(mapStrings(mapped, (text) => text.slice(0, -1))).toEqual(value);
      }),
    );
  });

  test('that do not change leave the value the very same', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(mapStrings(value, (text) => text)).toBe(value);
      }),
    );
  });

  test('under a member named __proto__ stay there', () => {
    const hostile = JSON.parse('{"__proto__":{"a":"x"}}') as object;
    const mapped = mapStrings(hostile, () => 'y');
    expect(JSON.stringify(mapped)).toBe('{"__proto__":{"a":"y"}}');
    expect(Object.getPrototypeOf(mapped)).toBe(Object.prototype);
  });
});
