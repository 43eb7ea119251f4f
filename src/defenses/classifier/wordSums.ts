import { visitWord, type Word } from './features.ts';
import type { Model } from './model.ts';
import { longestWord, mix, type TokenColumns } from './tokens.ts';

/**
 * What words by themselves add, remembered: texts repeat their words. Each word has one slot, by its hash and shape, as
 * words are compared as they are written, and takes it from the word that was there before.
 */
export interface WordSums {
  /** By slot: the weights of the word's features together, and their number. */
  readonly weight: Int32Array;
  readonly count: Int32Array;
  /** The slot of the token at `index`, good until the next call. */
  slotOf(codes: Uint16Array, tokens: TokenColumns, index: number): number;
}

/** A power of two. */
const slots = 4096;

const known = new WeakMap<Model, WordSums>();

export function wordSumsOf(model: Model): WordSums {
  const words = known.get(model) ?? createWordSums(model);
  known.set(model, words);
  return words;
}

function createWordSums({ weights }: Model): WordSums {
  const weight = new Int32Array(slots);
  const count = new Int32Array(slots);
  const lengths = new Uint8Array(slots);
  const letters = new Uint16Array(slots * longestWord);

  const holds = (slot: number, codes: Uint16Array, from: number, to: number): boolean => {
    if (lengths[slot] !== to - from) return false;
    const first = slot * longestWord - from;
    for (let at = from; at < to; at++) if (letters[first + at] !== codes[at]) return false;
    return true;
  };
  const learn = (slot: number, codes: Uint16Array, word: Word): void => {
    let sum = 0;
    let features = 0;
    visitWord(codes, word, (bucket) => {
      sum += weights[bucket] ?? 0;
      features++;
    });
    weight[slot] = sum;
    count[slot] = features;
    lengths[slot] = word.to - word.from;
    letters.set(codes.subarray(word.from, word.to), slot * longestWord);
  };
  return {
    weight,
    count,
    slotOf(codes, tokens, index) {
      const from = tokens.from[index] ?? 0;
      const to = tokens.to[index] ?? 0;
      const hash = tokens.hash[index] ?? 0;
      const mixed = mix(hash, tokens.shape[index] ?? 0);
      const slot = (mixed ^ (mixed >>> 15)) & (slots - 1);
      if (!holds(slot, codes, from, to)) learn(slot, codes, { from, to, hash });
      return slot;
    },
  };
}
