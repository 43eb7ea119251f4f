import { styleText } from 'node:util';

/** Characters that a terminal or a reader may take for something else than text: controls, formats, unassigned. */
const unsafe = /[\p{C}\p{Zl}\p{Zp}\p{Variation_Selector}]/gu;

/** Text from outside on one line, with every control, invisible or direction character shown as `\u{...}`. */
export function safe(text: string, maxLength = 2000): string {
  const cut = text.length > maxLength ? `${text.slice(0, Math.max(0, maxLength - 3))}...` : text;
  return cut.replace(unsafe, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\t') return '\\t';
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/** The same, keeping line breaks. */
export function safeLines(text: string, maxLength = 20_000): string {
  return text
    .slice(0, maxLength)
    .split('\n')
    .map((line) => safe(line))
    .join('\n');
}

export type Tone = 'bold' | 'dim' | 'red' | 'green' | 'yellow';
/** Colors text, or leaves it as it is. */
export type Paint = (tone: Tone | undefined, text: string) => string;

export function createPaint(color: boolean): Paint {
  return (tone, text) =>
    color && tone !== undefined && text !== '' ? styleText(tone, text, { validateStream: false }) : text;
}

/** `text` in lines of at most `width`, where words allow it; further lines begin with `indent` spaces. */
export function wrap(text: string, width: number, indent = 0): string[] {
  const room = Math.max(1, width - indent);
  const words = text
    .trimStart()
    .split(' ')
    .flatMap((word) => (word.length > room ? pieces(word, room) : [word]));
  const lines: string[] = [];
  let line = ' '.repeat(text.length - text.trimStart().length);
  let empty = true;
  for (const word of words) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = ' '.repeat(indent);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

function pieces(word: string, length: number): string[] {
  return Array.from({ length: Math.ceil(word.length / length) }, (_, index) =>
    word.slice(index * length, (index + 1) * length),
  );
}

/** A share as a percentage that never rounds to 0 or 100 what is not. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100);
  if (rounded === 0 && share > 0) return '<1%';
  if (rounded === 100 && share < 1) return '>99%';
  return `${rounded}%`;
}

/** Milliseconds, with as many digits as tell something. */
export function milliseconds(value: number): string {
  return value.toFixed(Math.abs(value) < 10 ? 2 : 0);
}

/** 1234567 as 1,234,567. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
