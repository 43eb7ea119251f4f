import { termsOf } from './terms.ts';

/** A ranked full-text search over numbered documents. */
export interface SearchIndex {
  /** The numbers of the documents that hold any term of the query, best first, at most `limit`. */
  search(query: string, limit: number): readonly number[];
}

/** Parameters of BM25, as in Anserini. */
const k1 = 0.9;
const b = 0.4;

interface Posting {
  readonly document: number;
  readonly weight: number;
}

/** An index by BM25 (Robertson and Zaragoza, 2009) with Lucene's idf; equal scores rank by number. */
export function createIndex(texts: readonly string[]): SearchIndex {
  const documents = texts.map((text) => counted(termsOf(text)));
  const lengths = documents.map((counts) => sum(counts.values()));
  const average = sum(lengths) / Math.max(lengths.length, 1);
  const postings = new Map<string, Posting[]>();
  for (const [document, counts] of documents.entries()) {
    const norm = k1 * (1 - b + (b * (lengths[document] ?? 0)) / average);
    for (const [term, count] of counts) {
      const posting = { document, weight: count / (count + norm) };
      const known = postings.get(term);
      if (known) known.push(posting);
      else postings.set(term, [posting]);
    }
  }
  return { search: (query, limit) => ranked(scores(postings, texts.length, query)).slice(0, limit) };
}

function scores(
  postings: ReadonlyMap<string, readonly Posting[]>,
  documents: number,
  query: string,
): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const [term, times] of counted(termsOf(query))) {
    const holders = postings.get(term) ?? [];
    const idf = Math.log(1 + (documents - holders.length + 0.5) / (holders.length + 0.5));
    for (const { document, weight } of holders) {
      found.set(document, (found.get(document) ?? 0) + times * idf * weight);
    }
  }
  return found;
}

function ranked(found: ReadonlyMap<number, number>): readonly number[] {
  return [...found].sort(([one, a], [other, z]) => z - a || one - other).map(([document]) => document);
}

function counted(terms: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
