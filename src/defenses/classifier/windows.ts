import { visitFeatures } from './features.ts';
import { logOdds, type Model } from './model.ts';

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

interface Sums {
  readonly size: number;
  sum: number;
  count: number;
}

/**
 * Calls `visit` with the windows of `text`: for both sizes the one that ends with each token, and all of a text that is
 * shorter. Time is linear in the length of the text, memory does not depend on it.
 */
export function visitWindows(text: string, model: Model, visit: (window: Window) => void): void {
  // What each of the last tokens adds; kept in whole numbers, so that sums are exact.
  const sums = new Int32Array(largest);
  const counts = new Int32Array(largest);
  const starts = new Float64Array(largest);
  const windows: readonly Sums[] = windowSizes.map((size) => ({ size, sum: 0, count: 0 }));
  let tokens = 0;
  let end = 0;
  let sum = 0;
  let count = 0;
  const emit = (window: Sums, first: number): void =>
    visit({
      from: starts[first % largest] ?? 0,
      to: end,
      odds: logOdds(model, window.sum, window.count),
    });
  visitFeatures(
    text,
    (bucket) => {
      sum += model.weights[bucket] ?? 0;
      count++;
    },
    (token) => {
      for (const window of windows) {
        const leaving = (tokens - window.size) % largest;
        window.sum += sum - (tokens >= window.size ? (sums[leaving] ?? 0) : 0);
        window.count += count - (tokens >= window.size ? (counts[leaving] ?? 0) : 0);
      }
      const place = tokens % largest;
      sums[place] = sum;
      counts[place] = count;
      starts[place] = token.from;
      sum = 0;
      count = 0;
      tokens++;
      end = token.to;
      for (const window of windows) if (tokens >= window.size) emit(window, tokens - window.size);
    },
  );
  if (tokens < fewestTokens) return;
  for (const window of windows) if (tokens < window.size) emit(window, 0);
}
