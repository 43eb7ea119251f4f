import type { TextFinding } from '../../textDetector.ts';
import { createRunFinder } from '../runs.ts';
import { isMorse, morseRuns } from './morse.ts';

interface Encoding {
  readonly name: string;
  /** Runs that are long enough for a sentence. */
  readonly runs: RegExp;
  /** Whether a text may have one, told quickly. */
  maybe(text: string): boolean;
  decode(run: string): string;
  /** True where an honest text of another script looks the same; only encoded ASCII is suspicious then. */
  readonly asciiOnly?: boolean;
  /** Places at which a letter of the encoding can begin, where a run does not tell; 1 if absent. */
  readonly alignments?: number;
}

const utf8 = (bytes: Iterable<number>): string => Buffer.from(Array.from(bytes)).toString('utf8');
const numbersIn = (run: string, pattern: RegExp, radix: number): number[] =>
  (run.match(pattern) ?? []).map((digits) => Number.parseInt(digits, radix));
const character = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd');

const hasTokenLetters = createRunFinder(/[A-Za-z0-9+/_-]/);
const hasHexDigits = createRunFinder(/[0-9a-f]/i);
const hasPairs = createRunFinder(/[0-9a-fx :,;-]/i);
const hasBits = createRunFinder(/[01 ,;]/);
const hasNumbers = createRunFinder(/[\d ,;\n]/);
/** Signs of ASCII and their gaps; the others are not looked for by the quick look. */
const hasSigns = createRunFinder(/[.\-^ /|\n]/);
const foreignSigns = ['\u00b7', '\u2013'];

const encodings: readonly Encoding[] = [
  {
    name: 'base64',
    runs: /[A-Za-z0-9+/_-]{32,}/g,
    maybe: (text) => hasTokenLetters(text, 32),
    decode: (run) => Buffer.from(run, 'base64').toString('utf8'),
    alignments: 4,
  },
  {
    name: 'hexadecimal',
    runs: /[0-9a-f]{32,}/gi,
    maybe: (text) => hasHexDigits(text, 32),
    decode: fromHex,
    alignments: 2,
  },
  {
    name: 'hexadecimal',
    runs: /(?:(?:0x)?[0-9a-f]{2}[ :,;-]{1,2}){16,}(?:0x)?[0-9a-f]{2}/gi,
    maybe: (text) => hasPairs(text, 50),
    decode: fromHex,
  },
  {
    name: 'binary digits',
    runs: /(?:[01]{8}[ ,;]{0,2}){16,}/g,
    maybe: (text) => hasBits(text, 128),
    decode: (run) => utf8(numbersIn(run, /[01]{8}/g, 2)),
  },
  {
    name: 'character numbers',
    runs: /(?:\d{2,3}[ ,;\n]{1,2}){20,}/g,
    maybe: (text) => hasNumbers(text, 60),
    decode: (run) => numbersIn(run, /\d+/g, 10).map(character).join(''),
  },
  {
    name: 'URL encoding',
    runs: /(?:%[0-9a-f]{2}){16,}/gi,
    maybe: (text) => text.includes('%'),
    decode: (run) => utf8(numbersIn(run, /[0-9a-f]{2}/gi, 16)),
    asciiOnly: true,
  },
  {
    name: 'escapes',
    runs: /(?:\\u\{?[0-9a-f]{2,6}\}?|\\x[0-9a-f]{2}){12,}/gi,
    maybe: (text) => text.includes('\\'),
    decode: (run) =>
      numbersIn(run, /[0-9a-f]{2,6}/gi, 16)
        .map(character)
        .join(''),
    asciiOnly: true,
  },
  {
    name: 'HTML entities',
    runs: /(?:&#(?:\d{2,7}|x[0-9a-f]{2,6});){12,}/gi,
    maybe: (text) => text.includes('&#'),
    decode: (run) =>
      (run.match(/x?[0-9a-f]+/gi) ?? [])
        .map((code) => character(Number.parseInt(code.replace(/x/i, ''), /^x/i.test(code) ? 16 : 10)))
        .join(''),
    asciiOnly: true,
  },
];

function fromHex(run: string): string {
  return utf8(numbersIn(run.replace(/0x/gi, ''), /[0-9a-f]{2}/gi, 16));
}

/** Six words one after the other: random bytes hold none, nor do keys, hashes, pictures and tokens. */
const sentence = /(?:[\p{L}']{1,24}[ ,.:;!?"()\n]{1,2}){6,}/u;
const eastAsianSentence = /[\p{Script=Han}\p{Script=Hira}\p{Script=Kana}\p{Script=Hang}]{12}/u;
const asciiSentence = /(?:[A-Za-z']{1,24}[ ,.:;!?"()\n]{1,2}){6,}/;

/** A sentence in an encoding that a model reads and a person does not. */
export function findEncodings(text: string): TextFinding | undefined {
  for (const encoding of encodings) {
    if (!encoding.maybe(text)) continue;
    for (const [run] of text.matchAll(encoding.runs)) {
      const says = decodedSentence(run, encoding);
      if (says !== undefined) return finding(encoding.name, says);
    }
  }
  if (!hasSigns(text, 32) && !foreignSigns.some((sign) => text.includes(sign))) return undefined;
  for (const [run] of text.matchAll(morseRuns)) if (isMorse(run)) return finding('Morse code', run);
  return undefined;
}

function decodedSentence(run: string, { decode, asciiOnly, alignments = 1 }: Encoding): string | undefined {
  for (let from = 0; from < alignments; from++) {
    const decoded = decode(run.slice(from));
    const says = asciiOnly ? asciiSentence.exec(decoded) : sentenceIn(decoded);
    if (says) return decoded.slice(says.index, says.index + 200);
  }
  return undefined;
}

function sentenceIn(decoded: string): RegExpExecArray | null {
  return sentence.exec(decoded) ?? eastAsianSentence.exec(decoded);
}

function finding(name: string, excerpt: string): TextFinding {
  return { score: 0.9, reason: `a sentence in ${name}`, excerpt };
}
