import { expect, test } from 'vitest';
import { createSeed } from '../../../src/contracts/seed.ts';
import { twoOf } from '../../../src/environments/kit/drawing.ts';
import { fullNames } from '../../../src/environments/kit/people.ts';
import { fc } from '../../support/properties.ts';

test('two of some are two', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const [first, second] = twoOf(createSeed(seed).rng(), ['a', 'b', 'c']);
      expect(first).not.toBe(second);
    }),
  );
  expect(() => twoOf(createSeed(1).rng(), ['a'])).toThrow(RangeError);
});

test('no two people share a first or a last name', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const names = fullNames(createSeed(seed).rng(), 26).map((name) => name.split(' '));
      for (const part of [0, 1]) expect(new Set(names.map((name) => name[part])).size).toBe(26);
    }),
  );
});
