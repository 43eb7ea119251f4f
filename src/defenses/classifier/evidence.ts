import { clip, quote } from '../texts.ts';
import { visitFeatures } from './features.ts';
import type { Model } from './model.ts';

/** N-grams that a reason names. */
const named = 3;
const longestName = 40;

/** The words and pairs of words that speak most for an attack in `text`, quoted, the strongest first. */
export function strongestWords(text: string, model: Model): readonly string[] {
  const strengths = new Map<string, number>();
  visitFeatures(
    text,
    (bucket, kind, from, to) => {
      const strength = model.weights[bucket] ?? 0;
      if (strength <= 0 || (kind !== 'word' && kind !== 'words')) return;
      const name = readable(text.slice(from, Math.min(to, from + 2 * longestName)));
      if (name !== '') strengths.set(name, (strengths.get(name) ?? 0) + strength);
    },
    () => undefined,
  );
  const chosen: string[] = [];
  for (const [name] of [...strengths].sort(([, one], [, other]) => other - one)) {
    if (chosen.length === named) break;
    if (!chosen.some((each) => each.includes(name) || name.includes(each))) chosen.push(name);
  }
  return chosen.map(quote);
}

/** Lower case, single spaces; empty without a letter or digit. */
function readable(text: string): string {
  const name = clip(text.toLowerCase().replace(/\s+/g, ' ').trim(), longestName);
  return /[\p{L}\p{N}]/u.test(name) ? name : '';
}
