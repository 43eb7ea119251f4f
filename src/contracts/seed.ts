import { createHash } from 'node:crypto';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of reproducible random choices. */
export interface Rng {
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  /** True with probability `p`. */
  chance(p: number): boolean;
  /** One of `items`, which must not be empty. */
  pick<T>(items: readonly T[]): T;
  /** A shuffled copy. */
  shuffle<T>(items: readonly T[]): T[];
  /** The first `count` of a shuffled copy. */
  sample<T>(items: readonly T[], count: number): T[];
  /** A lower-case token of letters and digits, without look-alikes. */
  token(length: number): string;
}

/**
 * A named place in the tree of seeds. Children are independent of each other, so adding one
 * changes nothing for the others.
 */
export interface Seed {
  readonly path: string;
  child(...names: (string | number)[]): Seed;
  /** A fresh stream; every call starts the same stream again. */
  rng(): Rng;
}

const tokenLetters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** The root of a tree of seeds. */
export function createSeed(root: string | number): Seed {
  return seedAt(String(root));
}

function seedAt(path: string): Seed {
  return {
    path,
    child: (...names) => seedAt([path, ...names.map((name) => encodeURIComponent(name))].join('/')),
    rng: () => createRng(createHash('sha256').update(path).digest().readInt32LE(0)),
  };
}

function createRng(seed: number): Rng {
  const generator = xoroshiro128plus(seed);
  const int = (low: number, high: number): number => uniformInt(generator, low, high);
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new RangeError('pick() needs at least one item');
    return items[int(0, items.length - 1)] as T;
  };
  const shuffle = <T>(items: readonly T[]): T[] => {
    const copy = [...items];
    for (let last = copy.length - 1; last > 0; last--) {
      const other = int(0, last);
      [copy[last], copy[other]] = [copy[other] as T, copy[last] as T];
    }
    return copy;
  };
  return {
    int,
    pick,
    shuffle,
    chance: (p) => int(0, 0x3fffffff) < p * 0x40000000,
    sample: (items, count) => shuffle(items).slice(0, count),
    token: (length) =>
      Array.from({ length }, () => tokenLetters.charAt(int(0, tokenLetters.length - 1))).join(''),
  };
}
