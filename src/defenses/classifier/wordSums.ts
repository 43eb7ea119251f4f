import { factsOf, smallIn } from './characters.ts';
import { visitWord, type Word } from './features.ts';
import type { Model } from './model.ts';
import { longestWord } from './tokens.ts';

/**
 * What words by themselves add, remembered: texts repeat their words. Each word has one slot, by its hash, and takes it
 * from the word that was there before.
 */
export interface WordSums {
  /** By slot: the weights of the word's features together, and their number. */
  readonly weight: Int32Array;
  readonly count: Int32Array;
  /** The slot of a word, good until the next call. */
  slotOf(text: string, from: number, to: number, hash: number): number;
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

  const holds = (slot: number, text: string, from: number, to: number): boolean => {
    if (lengths[slot] !== to - from) return false;
    const first = slot * longestWord - from;
    for (let at = from; at < to; at++)
      if (letters[first + at] !== smallIn(factsOf(text.charCodeAt(at)))) return false;
    return true;
  };
  const learn = (slot: number, text: string, word: Word): void => {
    let sum = 0;
    let features = 0;
    visitWord(text, word, (bucket) => {
      sum += weights[bucket] ?? 0;
      features++;
    });
    weight[slot] = sum;
    count[slot] = features;
    lengths[slot] = word.to - word.from;
    const first = slot * longestWord - word.from;
    for (let at = word.from; at < word.to; at++) letters[first + at] = smallIn(factsOf(text.charCodeAt(at)));
  };
  return {
    weight,
    count,
    slotOf(text, from, to, hash) {
      const slot = (hash ^ (hash >>> 15)) & (slots - 1);
      if (!holds(slot, text, from, to)) learn(slot, text, { from, to, hash });
      return slot;
    },
  };
}
