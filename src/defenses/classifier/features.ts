import { codesOf } from '../characterCodes.ts';
import { factsOf, smallIn } from './characters.ts';
import { mix, type Token, tokensOf } from './tokens.ts';

/** What kind of n-gram a feature counts. */
export type FeatureKind = 'word' | 'words' | 'gap' | 'characters' | 'shape';

/** An n-gram of a text: `text.slice(from, to)`, counted in one of the buckets. */
export type VisitFeature = (bucket: number, kind: FeatureKind, from: number, to: number) => void;

/** Buckets of the hash; a power of two. */
export const bucketCount = 2 ** 16;

/** Starts of the hashes, so that equal characters of different kinds fall into different buckets. */
const salts: Readonly<Record<FeatureKind, number>> = {
  word: 0x2f0b4a27,
  words: 0x51d7c3e9,
  gap: 0x7a1e95b3,
  characters: 0x13c8f06d,
  shape: 0x68b2d94f,
};
const shortestGram = 3;
const longestGram = 5;

/**
 * Visits the n-grams of a text, token by token: `endToken` is called after those that end with a token. They are single
 * words, pairs of words, pairs with a word between them, three to five characters inside a word with its borders, and
 * the shapes of two words. Case does not matter but for shapes. Linear in the length of the text.
 */
export function visitFeatures(text: string, visit: VisitFeature, endToken: (token: Token) => void): void {
  const codes = codesOf(text).slice();
  let previous: Token | undefined;
  let previousHash = 0;
  let beforeThat: Token | undefined;
  let beforeThatHash = 0;
  for (const token of tokensOf(text)) {
    const { to, hash } = token;
    visitWord(codes, token, visit);
    if (previous) {
      visit(wordsBucket(previousHash, hash), 'words', previous.from, to);
      visit(shapeBucket(previous.shape, token.shape), 'shape', previous.from, to);
    }
    if (beforeThat) visit(gapBucket(beforeThatHash, hash), 'gap', beforeThat.from, to);
    beforeThat = previous;
    beforeThatHash = previousHash;
    previous = token;
    previousHash = hash;
    endToken(token);
  }
}

/** What the n-grams of one token by itself depend on. */
export type Word = Omit<Token, 'shape'>;

/** Visits the n-grams of one token by itself. */
export function visitWord(codes: Uint16Array, word: Word, visit: VisitFeature): void {
  const { from, to } = word;
  visit(bucketOf(mix(salts.word, word.hash)), 'word', from, to);
  // One place before and one after the word stand for its borders.
  for (let start = from - 1; start + shortestGram <= to + 1; start++) {
    let hash = salts.characters;
    const end = Math.min(start + longestGram, to + 1);
    for (let at = start; at < end; at++) {
      hash = mix(hash, at < from || at >= to ? 1 : smallIn(factsOf(codes[at] ?? 0)));
      if (at - start + 1 >= shortestGram)
        visit(bucketOf(hash), 'characters', Math.max(start, from), Math.min(at + 1, to));
    }
  }
}

/** The bucket of a pair of words, by their hashes. */
export function wordsBucket(first: number, second: number): number {
  return bucketOf(mix(mix(salts.words, first), second));
}

/** The bucket of two words with one between them, by their hashes. */
export function gapBucket(first: number, second: number): number {
  return bucketOf(mix(mix(salts.gap, first), second));
}

/** The bucket of two shapes. */
export function shapeBucket(first: number, second: number): number {
  return bucketOf(mix(mix(salts.shape, first), second));
}

/** The final mixing of MurmurHash3, so that all bits of the hash tell in the low ones. */
function bucketOf(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) & (bucketCount - 1);
}
