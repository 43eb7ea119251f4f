/** Consecutive words that must be found together, so that common words found here and there do not count. */
const runLength = 3;
/** Runs weighed in one text at most; only text made for the purpose has more. */
const mostWeighings = 1_000_000;

/** What measuring took, for tests and benchmarks. */
export interface Work {
  /** Words of texts looked up. */
  words: number;
  /** Runs of words found and weighed. */
  weighings: number;
}

/** The words of a text to be looked for in other texts. */
export interface WordPattern {
  readonly length: number;
  /** Shorter than usual only in very short patterns. */
  readonly runLength: number;
  readonly idOf: ReadonlyMap<string, number>;
  /** Where each run of words begins, the last place first, by {@link runKey}. */
  readonly places: ReadonlyMap<number, readonly number[]>;
}

export function createWordPattern(text: string): WordPattern {
  const words = [...wordsOf(text)];
  const idOf = new Map<string, number>();
  for (const word of words) if (!idOf.has(word)) idOf.set(word, idOf.size);
  const ids = words.map((word) => idOf.get(word) ?? -1);
  const length = Math.min(runLength, words.length);
  const places = new Map<number, number[]>();
  for (let start = words.length - length; start >= 0 && length > 0; start--) {
    const key = runKey(ids.slice(start, start + length), idOf.size);
    places.set(key, [...(places.get(key) ?? []), start]);
  }
  return { length: words.length, runLength: length, idOf, places };
}

/**
 * How many words of the pattern stand in `text` in the pattern's order, counting only words that stand
 * there in runs. Takes time in proportion to the text.
 */
export function survivingWords(pattern: WordPattern, text: string, work: Work): number {
  const covered = createCoverage(pattern);
  const most = work.weighings + mostWeighings;
  let recent: number[] = [];
  for (const word of wordsOf(text)) {
    work.words++;
    const id = pattern.idOf.get(word);
    if (id === undefined) {
      recent = [];
      continue;
    }
    recent.push(id);
    if (recent.length > pattern.runLength) recent.shift();
    if (recent.length < pattern.runLength) continue;
    for (const place of pattern.places.get(runKey(recent, pattern.idOf.size)) ?? []) {
      work.weighings++;
      covered.add(place);
    }
    if (covered.most() === pattern.length || work.weighings > most) break;
  }
  return covered.most();
}

/** Best coverage of the pattern by runs found so far, each chain of runs being in order. */
function createCoverage({ length, runLength: run }: WordPattern): {
  add(place: number): void;
  most(): number;
} {
  /** Words covered by the best chain that ends with the run at a place. */
  const best = new Uint32Array(length);
  /** A Fenwick tree over `best`: greatest value among the places before one. */
  const tree = new Uint32Array(length + 1);
  let most = 0;
  const before = (place: number): number => {
    let greatest = 0;
    for (let node = Math.max(place, 0); node > 0; node &= node - 1)
      greatest = Math.max(greatest, tree[node] ?? 0);
    return greatest;
  };
  return {
    most: () => most,
    add(place) {
      let value = before(place - run + 1) + run;
      for (let overlap = 1; overlap < run; overlap++) {
        const previous = best[place - overlap] ?? 0;
        if (previous > 0) value = Math.max(value, previous + overlap);
      }
      if (value <= (best[place] ?? 0)) return;
      best[place] = value;
      most = Math.max(most, value);
      for (let node = place + 1; node <= length; node += node & -node)
        tree[node] = Math.max(tree[node] ?? 0, value);
    },
  };
}

function runKey(ids: readonly number[], distinct: number): number {
  return ids.reduce((key, id) => key * (distinct + 1) + id + 1, 0);
}

/** Words are letters and digits in any script, without regard to case; ideographs are words of their own. */
function* wordsOf(text: string): Generator<string> {
  for (const [word] of text.matchAll(/\p{Ideographic}|[\p{L}\p{M}\p{N}_]+/gu)) yield word.toLowerCase();
}
