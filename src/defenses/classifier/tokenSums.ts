import { gapBucket, shapeBucket, wordsBucket } from './features.ts';
import type { Model } from './model.ts';
import { columnLength, keptTokens, type TokenColumns } from './tokens.ts';
import { wordSumsOf } from './wordSums.ts';

/** By token: the weights of all features that end with it or before it together, and their number. */
export interface TokenSums {
  /** In whole numbers: what overflows in both of two, their difference does not. */
  readonly weight: Int32Array;
  readonly count: Int32Array;
}

export function createSums(): TokenSums {
  return { weight: new Int32Array(columnLength), count: new Int32Array(columnLength) };
}

/** Adds up what `visitFeatures` visits, several times as fast, for the new tokens of a text. */
export function sumTokens(codes: Uint16Array, tokens: TokenColumns, model: Model, sums: TokenSums): void {
  const { weights } = model;
  const { hash, shape, first } = tokens;
  const words = wordSumsOf(model);
  // The columns are full when there are tokens before the first, so the last sums stand at their end.
  if (first > 0)
    for (const column of [sums.weight, sums.count]) column.copyWithin(0, columnLength - keptTokens);
  let weight = first > 0 ? (sums.weight[first - 1] ?? 0) : 0;
  let count = first > 0 ? (sums.count[first - 1] ?? 0) : 0;
  for (let index = first; index < tokens.end; index++) {
    const own = hash[index] ?? 0;
    const slot = words.slotOf(codes, tokens, index);
    weight += words.weight[slot] ?? 0;
    count += words.count[slot] ?? 0;
    if (index >= 1) {
      weight += weights[wordsBucket(hash[index - 1] ?? 0, own)] ?? 0;
      weight += weights[shapeBucket(shape[index - 1] ?? 0, shape[index] ?? 0)] ?? 0;
      count += 2;
    }
    if (index >= 2) {
      weight += weights[gapBucket(hash[index - 2] ?? 0, own)] ?? 0;
      count++;
    }
    weight |= 0;
    sums.weight[index] = weight;
    sums.count[index] = count;
  }
}
