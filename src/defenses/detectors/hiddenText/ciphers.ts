import { createBeginnings } from '../../beginnings.ts';
import { codesOf } from '../../characterCodes.ts';
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

/** Most places of a text are the beginning of none. */
const beginnings = createBeginnings([...enciphered.keys()]);
const wordAt = /[a-z]{3,6}(?!\w)/iy;
const inWord = Uint8Array.from({ length: 128 }, (_, code) => Number(/\w/.test(String.fromCharCode(code))));

/** Calls `visit` with each word of ASCII letters that may be an enciphered one, until it gives something. */
function visitWords<T>(text: string, visit: (word: string, index: number) => T | undefined): T | undefined {
  const codes = codesOf(text);
  let found: T | undefined;
  beginnings.some(codes, (at) => {
    if (at > 0 && inWord[codes[at - 1] ?? 0] === 1) return false;
    wordAt.lastIndex = at;
    const [word] = wordAt.exec(text) ?? [];
    found = word === undefined ? undefined : visit(word.toLowerCase(), at);
    return found !== undefined;
  });
  return found;
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
