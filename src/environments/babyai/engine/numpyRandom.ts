/** The draws that BabyAI's levels are made of; the same seed gives what numpy's `default_rng(seed)` gives. */
export interface NumpyRandom {
  /** A whole number from `low` up to, but not including, `high`. */
  integer(low: number, high: number): number;
  /** A number from 0 up to, but not including, 1. */
  fraction(): number;
  bool(): boolean;
  pick<T>(items: readonly T[]): T;
}

const mask64 = (1n << 64n) - 1n;
const multiplier = (2549297995355413924n << 64n) | 4865540595714422341n;

/**
 * numpy's PCG64 generator, seeded by its SeedSequence.
 * @param seed a safe whole number from 0
 */
export function createNumpyRandom(seed: number): NumpyRandom {
  const next64 = pcg64(seedWords(seed));
  let buffered: number | undefined;
  const next32 = (): number => {
    if (buffered !== undefined) {
      const high = buffered;
      buffered = undefined;
      return high;
    }
    const word = next64();
    buffered = Number(word >> 32n);
    return Number(word & 0xffffffffn);
  };
  const integer = (low: number, high: number): number => {
    const count = high - low;
    if (count <= 1) return low;
    // Lemire's method: a draw in the uneven rest of the range is thrown away.
    const uneven = 2 ** 32 % count;
    for (;;) {
      const product = next32() * count;
      if (product % 2 ** 32 >= uneven) return low + Math.floor(product / 2 ** 32);
    }
  };
  return {
    integer,
    fraction: () => Number(next64() >> 11n) / 2 ** 53,
    bool: () => integer(0, 2) === 0,
    pick: <T>(items: readonly T[]): T => items[integer(0, items.length)] as T,
  };
}

function pcg64([first, second, third, fourth]: readonly [bigint, bigint, bigint, bigint]): () => bigint {
  const increment = BigInt.asUintN(128, (((third << 64n) | fourth) << 1n) | 1n);
  let state = 0n;
  const step = (): void => {
    state = BigInt.asUintN(128, state * multiplier + increment);
  };
  step();
  state += (first << 64n) | second;
  step();
  return () => {
    step();
    const folded = (state >> 64n) ^ (state & mask64);
    const turn = state >> 122n;
    return ((folded >> turn) | (folded << (64n - turn))) & mask64;
  };
}

/** numpy's SeedSequence: four 64-bit words that depend on every bit of the seed. */
function seedWords(seed: number): readonly [bigint, bigint, bigint, bigint] {
  const pool = stirredPool([seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0, 0, 0]);
  const draw = hasher(0x8b51f9dd, 0x58f38ded);
  const halves = Array.from({ length: 8 }, (_, index) => BigInt(draw(pool[index % 4] ?? 0)));
  const word = (index: number): bigint => (halves[2 * index] ?? 0n) | ((halves[2 * index + 1] ?? 0n) << 32n);
  return [word(0), word(1), word(2), word(3)];
}

function stirredPool(words: readonly number[]): number[] {
  const hash = hasher(0x43b0d7e5, 0x931e8875);
  const pool = words.map(hash);
  for (let from = 0; from < 4; from++) {
    for (let to = 0; to < 4; to++) {
      if (from !== to) pool[to] = mix(pool[to] ?? 0, hash(pool[from] ?? 0));
    }
  }
  return pool;
}

/** A hash of 32-bit words whose constant changes with every use. */
function hasher(start: number, factor: number): (word: number) => number {
  let constant = start;
  return (word) => {
    const mixed = word ^ constant;
    constant = Math.imul(constant, factor);
    const product = Math.imul(mixed, constant);
    return (product ^ (product >>> 16)) >>> 0;
  };
}

function mix(x: number, y: number): number {
  const sum = (Math.imul(0xca01f9dd, x) - Math.imul(0x4973f715, y)) | 0;
  return (sum ^ (sum >>> 16)) >>> 0;
}
