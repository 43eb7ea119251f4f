import type { Seed } from '../../../contracts/seed.ts';

const mostKept = 4;

/** Makes a catalog per seed and keeps the last few; catalogs must not change. */
export function keepCatalogs<Catalog>(make: (seed: Seed) => Catalog): (seed: Seed) => Catalog {
  const kept = new Map<string, Catalog>();
  return (seed) => {
    const known = kept.get(seed.path);
    if (known !== undefined) return known;
    const made = make(seed);
    kept.set(seed.path, made);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return made;
  };
}
