import type { Wish } from '../../../contracts/attack.ts';

/** A word of a wish with what clings to it, such as quotes and commas. */
export interface Word {
  readonly text: string;
  /** Holds a literal or a piece of one, so it must stay as it is; a literal with spaces is one word. */
  readonly kept: boolean;
}

/** The words of a wish in order; white space outside literals only separates them. */
export function wordsOf({ text, literals }: Wish): readonly Word[] {
  const kept = literalMask(text, literals);
  const words: Word[] = [];
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && (kept[at] === 1 || !isSpace(text.charAt(at)))) continue;
    if (at > start) words.push({ text: text.slice(start, at), kept: kept.subarray(start, at).includes(1) });
    start = at + 1;
  }
  return words;
}

export function inOneLine(words: readonly Word[]): string {
  return words.map(({ text }) => text).join(' ');
}

/** A word's letters, and what stands before and after them. */
export interface Core {
  readonly before: string;
  readonly letters: string;
  readonly after: string;
}

/** Takes a word apart; undefined for one that must stay as it is or is more than letters. */
export function coreOf({ text, kept }: Word): Core | undefined {
  const [, before, letters, after] = /^([^\p{L}]*)(\p{L}+)([^\p{L}]*)$/u.exec(text) ?? [];
  if (kept || before === undefined || letters === undefined || after === undefined) return undefined;
  return { before, letters, after };
}

/** The word with other letters; a capital at the start stays one. */
export function withLetters({ before, letters, after }: Core, changed: string): Word {
  const capital = /^\p{Lu}/u.test(letters);
  const cased = capital ? changed.charAt(0).toUpperCase() + changed.slice(1) : changed;
  return { text: `${before}${cased}${after}`, kept: false };
}

/** 1 for each character that is part of a literal. */
function literalMask(text: string, literals: readonly string[]): Uint8Array {
  const mask = new Uint8Array(text.length);
  for (const literal of new Set(literals)) {
    if (literal === '') continue;
    for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + literal.length))
      mask.fill(1, at, at + literal.length);
  }
  return mask;
}

function isSpace(character: string): boolean {
  return /\s/.test(character);
}
