import type { InspectText } from '../textDetector.ts';
import { clip } from '../texts.ts';
import { strongestWords } from './evidence.ts';
import { type Model, oddsOf, probability } from './model.ts';
import { visitWindows, type Window } from './windows.ts';

interface Range {
  readonly from: number;
  readonly to: number;
}

const longestExcerpt = 600;

/** Finds windows of a text that the model holds for an instruction to the agent with at least this probability. */
export function classify(model: Model, threshold: number, notice: string): InspectText {
  const least = oddsOf(threshold);
  return (text) => {
    const flagged: Range[] = [];
    let strongest: Window | undefined;
    const flag = (window: Window): void => {
      if (!strongest || window.odds > strongest.odds) strongest = window;
      cover(flagged, window);
    };
    visitWindows(text, model, flag, least);
    return strongest && finding(text, { model, notice, strongest, flagged });
  };
}

interface Found {
  readonly model: Model;
  readonly notice: string;
  readonly strongest: Window;
  readonly flagged: readonly Range[];
}

function finding(text: string, { model, notice, strongest, flagged }: Found): ReturnType<InspectText> {
  const window = text.slice(strongest.from, strongest.to);
  const words = strongestWords(window, model);
  const because = words.length > 0 ? `, mostly for ${words.join(', ')},` : '';
  return {
    score: probability(strongest.odds),
    reason: `wording${because} that is like an instruction to the agent`,
    excerpt: clip(window, longestExcerpt),
    rest: without(text, flagged, notice),
  };
}

/** Windows come in the order of their ends, so a new one can only meet the last ranges. */
function cover(ranges: Range[], { from, to }: Window): void {
  let start = from;
  for (let last = ranges.at(-1); last && last.to >= start; last = ranges.at(-1)) {
    start = Math.min(start, last.from);
    ranges.pop();
  }
  ranges.push({ from: start, to });
}

function without(text: string, ranges: readonly Range[], notice: string): string {
  let kept = '';
  let at = 0;
  for (const { from, to } of ranges) {
    kept += text.slice(at, from) + notice;
    at = to;
  }
  return kept + text.slice(at);
}
