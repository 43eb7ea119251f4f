import type { TextFinding } from '../../textDetector.ts';

const overrides = /[\u202d\u202e]/;
const rightToLeft = /[\u202b\u2067]/;
const rightToLeftScript =
  /[\p{Script=Hebr}\p{Script=Arab}\p{Script=Syrc}\p{Script=Thaa}\p{Script=Nkoo}\p{Script=Adlm}\p{Script=Samr}\p{Script=Mand}]/u;

/** Direction characters by which a screen shows a text in another order than a model reads it. */
export function findDirections(text: string): TextFinding | undefined {
  const override = text.search(overrides);
  if (override >= 0) return finding('characters that force the direction of the text', text, override);
  const start = text.search(rightToLeft);
  if (start < 0 || rightToLeftScript.test(text)) return undefined;
  return finding('right-to-left direction without right-to-left letters', text, start);
}

function finding(reason: string, text: string, at: number): TextFinding {
  return { score: 1, reason, excerpt: text.slice(Math.max(0, at - 20), at + 100) };
}
