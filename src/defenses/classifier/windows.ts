import { logOdds, type Model, mostOdds } from './model.ts';
import { createSums, sumTokens } from './tokenSums.ts';
import { createColumns, readTokens } from './tokens.ts';

/** A part of a text, with the model's log odds that it is an instruction to the agent. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly odds: number;
}

/** Tokens of the two windows that slide over a text: about 20 and 50 words, with their punctuation. */
export const windowSizes = [24, 64] as const;
const largest = 64;
/** A text of fewer tokens is a name or a value, and is not read. */
export const fewestTokens = 5;

// One text is read at a time.
const tokens = createColumns();
const sums = createSums();

/**
 * Calls `visit` with the windows of `text` whose odds are at least `least`: for both sizes the one that ends with each
 * token, and all of a text that is shorter. Time is linear in the length of the text, memory does not depend on it.
 */
export function visitWindows(
  text: string,
  model: Model,
  visit: (window: Window) => void,
  least = Number.NEGATIVE_INFINITY,
): void {
  // Totals before each of the last tokens, in whole numbers: what overflows in both of two, their difference does not.
  const weights = new Int32Array(largest);
  const counts = new Int32Array(largest);
  const starts = new Int32Array(largest);
  const endWindow = (first: number, to: number, weight: number, count: number): void => {
    const place = first % largest;
    const inside = (weight - (weights[place] ?? 0)) | 0;
    if (mostOdds(model, inside) < least) return;
    const odds = logOdds(model, inside, count - (counts[place] ?? 0));
    if (odds >= least) visit({ from: starts[place] ?? 0, to, odds });
  };
  let seen = 0;
  let weight = 0;
  let count = 0;
  let to = 0;
  for (let at = 0; at < text.length; ) {
    at = readTokens(text, at, tokens);
    sumTokens(text, tokens, model, sums);
    for (let index = tokens.first; index < tokens.end; index++) {
      const place = seen++ % largest;
      weights[place] = weight;
      counts[place] = count;
      starts[place] = tokens.from[index] ?? 0;
      weight = (weight + (sums.weight[index] ?? 0)) | 0;
      count += sums.count[index] ?? 0;
      to = tokens.to[index] ?? 0;
      for (const size of windowSizes) if (seen >= size) endWindow(seen - size, to, weight, count);
    }
  }
  if (seen < fewestTokens) return;
  for (const size of windowSizes) if (seen < size) endWindow(0, to, weight, count);
}
