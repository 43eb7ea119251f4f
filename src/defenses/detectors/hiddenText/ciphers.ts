import type { TextFinding } from '../../textDetector.ts';

/** Words that every longer English text holds; few of them are words of any language once they are enciphered. */
const common = (
  'the and with that this from you your then for not are have will which there what when once before after ' +
  'into here only must should call tool user need next step answer'
).split(' ');

const shiftBy = (word: string, by: number): string =>
  word.replace(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 97 + by) % 26) + 97));
const mirror = (word: string): string =>
  word.replace(/[a-z]/g, (letter) => String.fromCharCode(219 - letter.charCodeAt(0)));

const ciphers: readonly (readonly [name: string, encipher: (word: string) => string])[] = [
  ...Array.from({ length: 25 }, (_, index) => {
    const by = index + 1;
    return [`an alphabet shifted by ${by}`, (word: string) => shiftBy(word, by)] as const;
  }),
  ['a mirrored alphabet', mirror],
  ['reversed letters', (word) => Array.from(word).reverse().join('')],
];

/** Enciphered words, with the numbers of the ciphers that give them. */
const enciphered = new Map<string, number[]>();
for (const [number, [, encipher]] of ciphers.entries())
  for (const word of common) {
    const code = encipher(word);
    if (common.includes(code)) continue;
    enciphered.set(code, [...(enciphered.get(code) ?? []), number]);
  }

/** The first three letters of enciphered words, as numbers; most words of a text begin in another way. */
const beginnings = new Uint8Array(1 << 15);
for (const code of enciphered.keys()) beginnings[beginningAt(code, 0)] = 1;

function beginningAt(text: string, at: number): number {
  const letter = (place: number): number => text.charCodeAt(place) & 0x1f;
  return (letter(at) << 10) | (letter(at + 1) << 5) | letter(at + 2);
}

/** 1: a letter. 2: what else stands in words, so that letters beside it are no word. */
const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[a-z]/i.test(character)) return 1;
  return /\w/.test(character) ? 2 : 0;
});
const shortestWord = 3;
const longestWord = 6;

/** Calls `visit` with each word of ASCII letters that may be an enciphered one, until it gives something. */
function visitWords<T>(text: string, visit: (word: string, index: number) => T | undefined): T | undefined {
  let start = 0;
  let lettersOnly = true;
  for (let at = 0; at <= text.length; at++) {
    const kind = at < text.length ? (kinds[text.charCodeAt(at)] ?? 0) : 0;
    if (kind === 1) continue;
    if (kind === 2) {
      lettersOnly = false;
      continue;
    }
    const length = at - start;
    if (lettersOnly && length >= shortestWord && length <= longestWord && mayBegin(text, start)) {
      const found = visit(text.slice(start, at).toLowerCase(), start);
      if (found !== undefined) return found;
    }
    start = at + 1;
    lettersOnly = true;
  }
  return undefined;
}

function mayBegin(text: string, start: number): boolean {
  return beginnings[beginningAt(text, start)] === 1;
}

/** Distinct common words of one cipher, this close together, that no other text shows. */
const fewestDistinct = 5;
const nearby = 500;

/** A text in a letter cipher: rotation by any number, mirrored alphabet, reversed. */
export function findCiphers(text: string): TextFinding | undefined {
  const seen = new Map<number, Map<string, number>>();
  return visitWords(text, (word, index) => {
    for (const cipher of enciphered.get(word) ?? []) {
      const own = seen.get(cipher) ?? new Map<string, number>();
      seen.set(cipher, own.set(word, index));
      for (const [other, at] of own) if (at < index - nearby) own.delete(other);
      if (own.size < fewestDistinct) continue;
      const [name = ''] = ciphers[cipher] ?? [];
      const excerpt = text.slice(Math.max(0, index - 150), index + 50);
      return { score: 0.8, reason: `sentences in ${name}`, excerpt };
    }
    return undefined;
  });
}
