import type { Seed } from '../../contracts/seed.ts';

/** The resamples of `size` clusters: for each the indexes it consists of. Equal sizes give equal resamples. */
export type Resamples = (size: number) => Iterable<Uint32Array>;

/** Indexes that are kept for the next statistic over as many clusters: 16 MB. */
const keptIndexes = 4_000_000;

/** @param count number of resamples */
export function createResamples(seed: Seed, count: number): Resamples {
  const kept = new Map<number, Uint32Array[]>();
  let total = 0;
  return (size) => {
    const known = kept.get(size);
    if (known !== undefined) return known;
    const drawn = draw(seed.child('resamples', size), size, count);
    if (size * count > keptIndexes) return drawn;
    if (total + size * count > keptIndexes) {
      kept.clear();
      total = 0;
    }
    const rows = Array.from(drawn, (row) => row.slice());
    kept.set(size, rows);
    total += size * count;
    return rows;
  };
}

/** Yields one array again and again, each time with new indexes. */
function* draw(seed: Seed, size: number, count: number): Generator<Uint32Array> {
  const rng = seed.rng();
  const row = new Uint32Array(size);
  for (let resample = 0; resample < count; resample++) {
    for (let index = 0; index < size; index++) row[index] = rng.int(0, size - 1);
    yield row;
  }
}
