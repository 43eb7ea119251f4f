import { codesOf } from '../characterCodes.ts';
import { leastSum, logOdds, type Model } from './model.ts';
import { createSums, sumTokens } from './tokenSums.ts';
import { createColumns, keptTokens, readTokens } from './tokens.ts';

/** A part of a text, with the model's log odds that it is an instruction to the agent. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly odds: number;
}

/** Tokens of the two windows that slide over a text: about 20 and 50 words, with their punctuation. */
export const windowSizes = [24, keptTokens] as const;
const [small, large] = windowSizes;
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
  if (text.length < fewestTokens) return;
  const leastOfSmall = leastSum(model, least, small);
  const leastOfLarge = leastSum(model, least, large);
  const endWindow = (first: number, last: number, leastWeight: number): void => {
    const weight = between(sums.weight, first, last) | 0;
    if (weight < leastWeight) return;
    const odds = logOdds(model, weight, between(sums.count, first, last));
    if (odds >= least) visit({ from: tokens.from[first] ?? 0, to: tokens.to[last] ?? 0, odds });
  };
  const codes = codesOf(text);
  for (let at = 0; at < codes.length; ) {
    at = readTokens(codes, at, tokens);
    sumTokens(codes, tokens, model, sums);
    for (let last = tokens.first; last < tokens.end; last++) {
      if (last >= small - 1) endWindow(last - small + 1, last, leastOfSmall);
      if (last >= large - 1) endWindow(last - large + 1, last, leastOfLarge);
    }
  }
  if (tokens.end < fewestTokens) return;
  for (const size of windowSizes)
    if (tokens.end < size) endWindow(0, tokens.end - 1, Number.NEGATIVE_INFINITY);
}

/** What the tokens from `first` to `last` add to a column of sums. */
function between(sums: Int32Array, first: number, last: number): number {
  return (sums[last] ?? 0) - (first === 0 ? 0 : (sums[first - 1] ?? 0));
}
