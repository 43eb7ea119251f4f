import type { Model } from '../src/defenses/classifier/model.ts';
import { visitWindows } from '../src/defenses/classifier/windows.ts';
import type { Example } from './corpus/text.ts';

/** Log odds of the window of a text that looks most like an attack; -Infinity when the text is not read. */
export function scoreText(text: string, model: Model): number {
  let best = Number.NEGATIVE_INFINITY;
  visitWindows(text, model, ({ odds }) => {
    if (odds > best) best = odds;
  });
  return best;
}

export function scoreExample({ strings }: Example, model: Model): number {
  return Math.max(...strings.map(({ text }) => scoreText(text, model)));
}

/** The least log odds at which at most the share `rate` of the honest `scores` is flagged. */
export function thresholdFor(scores: readonly number[], rate: number): number {
  const sorted = scores.toSorted((a, b) => b - a);
  const allowed = Math.floor(rate * sorted.length);
  // Just above the first score that must not be flagged.
  return (sorted[allowed] ?? 0) + 1e-9;
}
