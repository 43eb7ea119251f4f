import type { Rng } from '../../contracts/seed.ts';

/**
 * Two different ones of `items`.
 * @throws RangeError when there are fewer
 */
export function twoOf<T>(rng: Rng, items: readonly T[]): [T, T] {
  if (items.length < 2) throw new RangeError('twoOf() needs at least two items');
  return rng.sample(items, 2) as [T, T];
}
