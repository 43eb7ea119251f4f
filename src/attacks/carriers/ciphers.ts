import { asText, numericEntity } from './kit/escapes.ts';
import type { Cipher } from './kit/seal.ts';

/** Letters a few places further in the alphabet, case kept. */
export const caesar: Cipher = { encode: (text) => shift(text, 3), decode: (text) => shift(text, 23) };

function shift(text: string, by: number): string {
  return changeLetters(text, (place) => (place + by) % 26);
}

/** A and Z, B and Y and so on change places; capitals and small letters each among themselves. */
export const atbash: Cipher = { encode: mirror, decode: mirror };

function mirror(text: string): string {
  return changeLetters(text, (place) => 25 - place);
}

function changeLetters(text: string, change: (place: number) => number): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const first = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(first + change(letter.charCodeAt(0) - first));
  });
}

/** International Morse code (ITU-R M.1677-1), with two further signs that are in common use. */
const morseCodes: readonly (readonly [string, string])[] = Object.entries({
  a: '.-',
  b: '-...',
  c: '-.-.',
  d: '-..',
  e: '.',
  f: '..-.',
  g: '--.',
  h: '....',
  i: '..',
  j: '.---',
  k: '-.-',
  l: '.-..',
  m: '--',
  n: '-.',
  o: '---',
  p: '.--.',
  q: '--.-',
  r: '.-.',
  s: '...',
  t: '-',
  u: '..-',
  v: '...-',
  w: '.--',
  x: '-..-',
  y: '-.--',
  z: '--..',
  0: '-----',
  1: '.----',
  2: '..---',
  3: '...--',
  4: '....-',
  5: '.....',
  6: '-....',
  7: '--...',
  8: '---..',
  9: '----.',
  '.': '.-.-.-',
  ',': '--..--',
  '?': '..--..',
  "'": '.----.',
  '/': '-..-.',
  '-': '-....-',
  '(': '-.--.',
  ')': '-.--.-',
  ':': '---...',
  '=': '-...-',
  '+': '.-.-.',
  '"': '.-..-.',
  '@': '.--.-.',
  '!': '-.-.--',
  _: '..--.-',
});
const morseOf = new Map(morseCodes);
const signOf = new Map(morseCodes.map(([sign, code]) => [code, sign]));
const capitalMark = '^';

/**
 * Signs with a space between them, `/` for a space. `^` before a sign makes it a capital, and a character
 * without a sign stands for itself, so that nothing is lost.
 */
export const morse: Cipher = {
  encode: (text) =>
    Array.from(text, (character) => {
      if (character === ' ') return '/';
      const sign = morseOf.get(character);
      if (sign !== undefined) return sign;
      const small = /[A-Z]/.test(character) ? morseOf.get(character.toLowerCase()) : undefined;
      return small === undefined ? character : capitalMark + small;
    }).join(' '),
  decode: (text) => text.split(' ').map(fromMorse).join(''),
};

function fromMorse(word: string): string {
  if (word === '/') return ' ';
  const sign = signOf.get(word);
  if (sign !== undefined) return sign;
  const capital = word.startsWith(capitalMark) ? signOf.get(word.slice(1)) : undefined;
  return capital?.toUpperCase() ?? word;
}

/** Code points as decimal numbers, a line for each line. */
export const asciiCodes: Cipher = {
  encode: (text) =>
    text
      .split('\n')
      .map((line) => Array.from(line, (character) => character.codePointAt(0)).join(' '))
      .join('\n'),
  decode: (text) =>
    text
      .split('\n')
      .map((line) => line.split(' ').map(fromNumber).join(''))
      .join('\n'),
};

function fromNumber(word: string): string {
  return /^\d{1,7}$/.test(word) ? numericEntity(word, word) : word;
}

/** Every UTF-16 unit as `\u` and four digits. */
export const unicodeEscapes: Cipher = {
  encode: (text) => text.replace(/[\s\S]/g, (unit) => `\\u${hex(unit.charCodeAt(0), 4)}`),
  decode: (text) =>
    text.replace(/\\u([0-9a-f]{4})/gi, (_, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    ),
};

/** Every UTF-8 byte as `\x` and two digits. */
export const utf8Escapes: Cipher = {
  encode: (text) => escapeBytes(Buffer.from(text)),
  decode: (text) => unescapeBytes(text, asText),
};

/** Every byte of the GBK form as `\x` and two digits; a character that GBK lacks stands for itself. */
export const gbkEscapes: Cipher = {
  encode: (text) =>
    Array.from(text, (character) => {
      const bytes = character <= '\x7f' ? Uint8Array.of(character.charCodeAt(0)) : gbkBytes().get(character);
      return bytes === undefined ? character : escapeBytes(bytes);
    }).join(''),
  decode: (text) =>
    unescapeBytes(text, (digits) => new TextDecoder('gbk').decode(Buffer.from(digits, 'hex'))),
};

function escapeBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => `\\x${hex(byte, 2)}`).join('');
}

function unescapeBytes(text: string, read: (hex: string) => string): string {
  return text.replace(/(?:\\x[0-9a-f]{2})+/gi, (run) => read(run.replaceAll('\\x', '')));
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

let gbkTable: ReadonlyMap<string, Uint8Array> | undefined;

/** The two bytes of each character. The platform only reads GBK, so the table is made by reading all pairs of bytes. */
function gbkBytes(): ReadonlyMap<string, Uint8Array> {
  gbkTable ??= readAllPairs();
  return gbkTable;
}

function readAllPairs(): ReadonlyMap<string, Uint8Array> {
  const decoder = new TextDecoder('gbk');
  const table = new Map<string, Uint8Array>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const pair = Uint8Array.of(lead, trail);
      const character = decoder.decode(pair);
      const known = character.length === 1 && character !== '\ufffd';
      if (known && !table.has(character)) table.set(character, pair);
    }
  }
  return table;
}
