import type { TextFinding } from '../../textDetector.ts';

/**
 * Characters without a shape of their own, in runs; directions are judged elsewhere. Soft hyphens, joiners, selectors
 * and marks have honest uses, which {@link withoutHonest} knows.
 */
const runs = new RegExp(
  String.raw`[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f\u3164` +
    String.raw`\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]+`,
  'gu',
);
/** No text needs these, but for the ends of flags and variants of ideographs. */
const neverHonest = /[\u206a-\u206f\ufff9-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/u;
/** The rest of a flag of England and the like, after the black flag. */
const flagRest = /^[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{2,6}\u{e007f}/u;
const ideographSelector = /^[\u{e0100}-\u{e01ef}]/u;

const joined = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]/u;
const takesPicture = /[\p{Emoji}\p{S}\p{P}]/u;
const takesVariant =
  /[\p{Sm}\p{Script=Han}\p{Script=Hira}\p{Script=Kana}\p{Script=Mymr}\p{Script=Phag}\p{Script=Mong}\p{P}]/u;
/** Scripts that need no joiners, no hints for line breaks and no vowel separators. */
const plainScripts =
  /[\p{Script=Latn}\p{Script=Grek}\p{Script=Cyrl}\p{Script=Han}\p{Script=Hira}\p{Script=Kana}\p{Script=Zinh}\p{Script=Zyyy}]/u;
/** What such scripts use, one at a time, and what any text may have, one at a time. */
const inScript = new Set('\u180e\u200b\u200c\u200d\u034f\u17b4\u17b5\u115f\u1160');
const alone = new Set('\u00ad\u061c\u200e\u200f');
const letter = /[\p{L}\p{M}]/u;
const asciiLetter = /[A-Za-z]/;

/** Characters without a shape that carry no message: a run shorter than this, or a repeated pattern. */
const shortestMessage = 8;
const longestPattern = 6;
/** One in this many characters may be a leftover of copying. */
const leftoverRate = 100;
/** Words cut by invisible characters, to slip past filters. */
const cutWords = 3;

/** Invisible characters that could carry a message, or that cut words apart. */
export function findInvisible(text: string): TextFinding | undefined {
  let strays = '';
  let cuts = 0;
  for (const match of text.matchAll(runs)) {
    const [run] = match;
    const before = characterBefore(text, match.index);
    const after = String.fromCodePoint(text.codePointAt(match.index + run.length) ?? 0x20);
    const rest = match.index === 0 && run === '\ufeff' ? '' : withoutHonest(run, before, after);
    if (rest === '') continue;
    if (neverHonest.test(rest)) return finding('invisible characters that no text needs', text, match.index);
    const points = Array.from(rest);
    if (isMessage(points))
      return finding(`${points.length} invisible characters in a row`, text, match.index);
    if (asciiLetter.test(before) && asciiLetter.test(after) && rest !== '\u00ad') cuts++;
    strays += rest;
  }
  const dense = strays.length * leftoverRate >= text.length;
  if (dense && cuts >= cutWords) return finding('words cut by invisible characters', text, 0);
  return dense && isMessage(Array.from(strays))
    ? finding('a pattern of invisible characters', text, 0)
    : undefined;
}

function finding(reason: string, text: string, at: number): TextFinding {
  return { score: 1, reason, excerpt: text.slice(Math.max(0, at - 40), at + 80) };
}

/** Enough characters for a message, and not one pattern over and over, as padding is. */
function isMessage(points: readonly string[]): boolean {
  if (points.length < shortestMessage) return false;
  for (let period = 1; period <= longestPattern; period++)
    if (points.every((point, at) => at < period || point === points[at - period])) return false;
  return true;
}

function characterBefore(text: string, at: number): string {
  const low = text.charCodeAt(at - 1);
  const from = low >= 0xdc00 && low <= 0xdfff ? at - 2 : at - 1;
  return text.slice(Math.max(0, from), at);
}

/** What is left of a run once selectors, joiners and marks that are in their place are taken away. */
function withoutHonest(run: string, before: string, after: string): string {
  let rest = run;
  if (before === '\u{1f3f4}') rest = rest.replace(flagRest, '');
  if (/^[\ufe0e\ufe0f]/.test(rest) && takesPicture.test(before)) rest = rest.slice(1);
  else if (/^[\ufe00-\ufe0f\u180b-\u180f]/.test(rest) && takesVariant.test(before)) rest = rest.slice(1);
  else if (ideographSelector.test(rest) && /\p{Script=Han}/u.test(before)) rest = rest.slice(2);
  if (rest === '\u200d' && joined.test(after) && takesPicture.test(before)) return '';
  const complex = letter.test(before) && !plainScripts.test(before);
  if (complex && inScript.has(rest)) return '';
  return alone.has(rest) ? '' : rest;
}
