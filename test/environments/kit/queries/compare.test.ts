import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../../src/contracts/json.ts';
import { pythonEquals, sameValue } from '../../../../src/environments/kit/queries/compare.ts';
import {
  finishedValues,
  matchedShare,
  parseAction,
} from '../../../../src/environments/kit/queries/original.ts';

describe('the strict comparison', () => {
  test.each<[JsonValue, JsonValue]>([
    ['6.4', 6.400000000000001],
    [6.4, 6.4000001],
    ['  "yes." ', 'Yes'],
    [2021, '2021'],
    ["['b', 'A, c']", ['a, C', 'B']],
    ['b, a', ['a', 'b']],
    ['[1.0000001, 2]', [2, 1]],
    [
      ['x', 1],
      [1, 'X'],
    ],
    ['[]', []],
    ["{'b': [1], 'a': 'X'}", { a: 'x', b: [1] }],
  ])('%j is %j', (said, expected) => {
    expect(sameValue(said, expected)).toBe(true);
  });

  test.each<[JsonValue, JsonValue]>([
    ['', 0],
    ['', []],
    ['six', 6],
    ['6.41', 6.4],
    ['Yes, it is', 'Yes'],
    ['a, b, b', ['a', 'b']],
    ["['a']", ['a', 'b']],
    ['a, c', ['a', 'b']],
    ['a, b', ['a', 'a']],
    ["{'a': 1}", { a: 1, b: 2 }],
    ["{'a': 1, 'c': 2}", { a: 1, b: 2 }],
  ])('%j is not %j', (said, expected) => {
    expect(sameValue(said, expected)).toBe(false);
  });
});

describe('the original comparison', () => {
  test('is that of Python', () => {
    expect(pythonEquals('2', 2)).toBe(false);
    expect(pythonEquals({ a: [1, 'x'], b: null }, { b: null, a: [1, 'x'] })).toBe(true);
    expect(pythonEquals([1, 2], [2, 1])).toBe(false);
    expect(pythonEquals({ a: 1 }, { a: 1, b: 2 })).toBe(false);
  });

  test('counts matched subgoals, each result once', () => {
    expect(matchedShare([6.3, 6.4], ['other', 6.4])).toBe(0.5);
    expect(matchedShare(['a', 'a'], ['a'])).toBe(0.5);
    expect(matchedShare(['a', 'a'], ['a', 'a'])).toBe(1);
    expect(matchedShare([], ['a'])).toBe(0);
  });

  test('takes coordinates nearby for the same', () => {
    const subgoal = { latitude: 40, longitude: -80, name: 'x' };
    expect(matchedShare([subgoal], [{ latitude: 40.3, longitude: -80.2, name: 'x' }])).toBe(1);
    expect(matchedShare([subgoal], [{ latitude: 40.6, longitude: -80, name: 'x' }])).toBe(0);
    expect(matchedShare([subgoal], [{ latitude: 40, longitude: -80, name: 'y' }])).toBe(0);
  });

  test('takes what was said as text and as a value, lists in order', () => {
    expect(finishedValues(' 2 ')).toEqual(['2', 2]);
    expect(finishedValues("['b', 'a']")).toEqual(["['b', 'a']", ['a', 'b']]);
    expect(finishedValues('[10, 9]')).toEqual(['[10, 9]', [9, 10]]);
    expect(finishedValues('no literal')).toEqual(['no literal']);
  });
});

describe('an action', () => {
  test.each([
    'paperNodeCheck with Action Input: {"node": "with Action"}',
    "Thought: look.\nAction: paperNodeCheck with  Action Input:{'node': 'with Action'}",
  ])('%s', (text) => {
    expect(parseAction(text)).toEqual({
      kind: 'action',
      name: 'paperNodeCheck',
      args: { node: 'with Action' },
    });
  });

  test.each([
    'paperNodeCheck',
    'x Action Input: {}',
    'x with Action Input: [1]',
    'x with Action Input: f(1)',
    '',
  ])('%s is malformed', (text) => {
    expect(parseAction(text).kind).toBe('malformed');
  });
});
