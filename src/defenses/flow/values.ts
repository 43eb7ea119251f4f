import { isJsonObject } from '../../contracts/json.ts';
import { asciiMarkedTokens, asciiWords, isAscii } from './ascii.ts';

/** Strings longer than this are read up to here. */
export const maxText = 400_000;
/** Parts of one message that are read. */
const maxParts = 20_000;
const maxDepth = 200;

/** A text up to {@link maxText}, in plain letters and without invisible characters. */
function plainOf(text: string): { readonly plain: string; readonly ascii: boolean } {
  const read = text.length > maxText ? text.slice(0, maxText) : text;
  if (isAscii(read)) return { plain: read, ascii: true };
  const plain = read.normalize('NFKC').replace(/\p{Cf}/gu, '');
  return { plain, ascii: isAscii(plain) };
}

/** A text in lower case, words apart by one space, with a space at each end; invisible characters are left out. */
export function wordsOf(text: string): string {
  const { plain, ascii } = plainOf(text);
  if (ascii) return asciiWords(plain);
  return ` ${plain
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
}

const tokenPattern = /[\p{L}\p{N}](?:[\p{L}\p{N}@._+/:#%=?&~-]*[\p{L}\p{N}])?/gu;
/** Fewer characters name nothing. */
const shortestIdentifier = 6;

/** Letters and digits of a token in lower case. */
export function compact(token: string): string {
  const letters = token.toLowerCase();
  return letters.replace(isAscii(letters) ? /[^a-z0-9]+/g : /[^\p{L}\p{N}]+/gu, '');
}

/** Runs of a text without spaces that may be identifiers or have some among their parts: addresses, paths, numbers. */
export function tokensIn(text: string): string[] {
  const { plain, ascii } = plainOf(text);
  if (ascii) return asciiMarkedTokens(plain, shortestIdentifier);
  return (plain.match(tokenPattern) ?? []).filter(
    (token) => token.length >= shortestIdentifier && /[\d@:]/.test(token),
  );
}

/**
 * Whether a token names one thing and could not be made up by an agent: an address, a number of an account, an
 * identifier. Words, dates, times, amounts and short codes are not.
 */
export function isIdentifier(token: string): boolean {
  return identifierOf(token) !== undefined;
}

/** What an identifier is known by, its {@link compact} letters and digits; undefined for a token that is none. */
export function identifierOf(token: string): string | undefined {
  const letters = compact(token);
  if (letters.length < shortestIdentifier || letters.length > 4000) return undefined;
  const isAddress = token.includes('@') || token.includes('://');
  if (!isAddress && !/\d/.test(letters)) return undefined;
  // Dates and amounts begin with a digit, which spares the others the expressions.
  if (isDigit(token.charCodeAt(0)) && (isDate(token) || /^\d[\d,]*[.,]\d+$/.test(token))) return undefined;
  return isAddress || letters.length >= 7 || /\p{L}/u.test(letters) ? letters : undefined;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isDate(token: string): boolean {
  return /^\d{1,4}([-/.:]\d{1,4}){1,4}(T[\d:.+-]+Z?)?$/.test(token) || /^\d{4}-\d\d-\d\dT/.test(token);
}

/** Pieces of an address or path that are identifiers themselves. */
export function partsOf(token: string): readonly string[] {
  if (!/[/:=?&#@]/.test(token)) return [];
  return token.split(/[/:=?&#@]+/).filter((part) => part !== '');
}

/** A number as it is compared: `1,620.25` and 1620.25 are the same. */
export function numbersIn(text: string): number[] {
  const found = text.slice(0, maxText).match(/\d[\d,]*(?:\.\d+)?/g) ?? [];
  return found.map((digits) => Number(digits.replaceAll(',', '')));
}

/** A value inside an argument, and where it stands. */
export interface Leaf {
  /** The argument's name nearest to the value. */
  readonly name: string;
  /** JSON pointer. */
  readonly path: string;
  readonly value: string | number;
}

/** All strings and numbers inside a value as texts, in order of appearance. */
export function textsIn(value: unknown): string[] {
  const texts: string[] = [];
  const walk = (node: unknown, depth: number): void => {
    if (texts.length >= maxParts || depth > maxDepth) return;
    if (typeof node === 'string') texts.push(node);
    else if (typeof node === 'number') texts.push(String(node));
    else if (typeof node === 'object' && node !== null)
      for (const item of Object.values(node)) walk(item, depth + 1);
  };
  walk(value, 0);
  return texts;
}

/** All strings and numbers inside a value, in order of appearance, with where they stand. */
export function leavesOf(value: unknown, at = ''): Leaf[] {
  const leaves: Leaf[] = [];
  const walk = (node: unknown, name: string, path: string, depth: number): void => {
    if (leaves.length >= maxParts || depth > maxDepth) return;
    if (typeof node === 'string' || typeof node === 'number') leaves.push({ name, path, value: node });
    else if (Array.isArray(node))
      for (const [index, item] of node.entries()) walk(item, name, `${path}/${index}`, depth + 1);
    else if (isJsonObject(node))
      for (const [key, item] of Object.entries(node))
        walk(item, key, `${path}/${key.slice(0, 80).replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1);
  };
  walk(value, '', at, 0);
  return leaves;
}

/** Words of a passage, the shortest by which a copied sentence is known. */
const passageLength = 5;
const maxPassageWords = 50_000;

/** Windows of five words. @param words as {@link wordsOf} gives them */
export function passagesOf(words: string): string[] {
  const passages: string[] = [];
  const starts: number[] = [];
  for (let gap = 0; gap >= 0 && starts.length < maxPassageWords; gap = words.indexOf(' ', gap + 1)) {
    const start = starts.at(-passageLength);
    if (start !== undefined) passages.push(words.slice(start, gap));
    starts.push(gap + 1);
  }
  return passages;
}

/** The names of all members inside a value that are no plain words: a name can carry a text too. */
export function memberNames(value: unknown): string[] {
  const found = new Set<string>();
  const walk = (node: unknown, depth: number): void => {
    if (typeof node !== 'object' || node === null || depth > maxDepth || found.size >= maxParts) return;
    for (const [name, item] of Object.entries(node)) {
      if (!Array.isArray(node) && name.length > 20) found.add(name);
      walk(item, depth + 1);
    }
  };
  walk(value, 0);
  return [...found];
}
