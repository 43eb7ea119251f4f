import { describe, expect, test } from 'vitest';
import { createNumpyRandom } from '../../../src/environments/babyai/engine/numpyRandom.ts';

describe('the generator of numpy', () => {
  test('gives the numbers of the numpy documentation', () => {
    const random = createNumpyRandom(42);
    expect(Array.from({ length: 3 }, () => random.fraction())).toEqual([
      0.7739560485559633, 0.4388784397520523, 0.8585979199113825,
    ]);
    expect(createNumpyRandom(12345).fraction()).toBe(0.22733602246716966);
    const whole = createNumpyRandom(42);
    expect(Array.from({ length: 10 }, () => whole.integer(0, 10))).toEqual([0, 7, 6, 4, 4, 8, 0, 6, 2, 0]);
  });

  test('keeps the second half of a word for the next whole number, across a fraction', () => {
    const [plain, mixed] = [createNumpyRandom(7), createNumpyRandom(7)];
    const [first, second] = [plain.integer(0, 1_000), plain.integer(0, 1_000)];
    expect(mixed.integer(0, 1_000)).toBe(first);
    mixed.fraction();
    expect(mixed.integer(0, 1_000)).toBe(second);
  });

  test('draws nothing where there is no choice', () => {
    const [one, other] = [createNumpyRandom(3), createNumpyRandom(3)];
    expect(one.integer(5, 6)).toBe(5);
    expect(one.pick(['only'])).toBe('only');
    expect(one.integer(0, 1_000)).toBe(other.integer(0, 1_000));
  });

  test('stays within the range and reaches all of it', () => {
    const random = createNumpyRandom(2 ** 40 + 1);
    const drawn = new Set(Array.from({ length: 300 }, () => random.integer(-1, 4)));
    expect([...drawn].sort((one, other) => one - other)).toEqual([-1, 0, 1, 2, 3]);
  });
});
