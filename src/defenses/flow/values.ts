import { isJsonObject } from '../../contracts/json.ts';

/** Strings longer than this are read up to here. */
export const maxText = 400_000;
/** Parts of one message that are read. */
const maxParts = 20_000;
const maxDepth = 200;

/** A text in lower case, words apart by one space, with a space at each end; invisible characters are left out. */
export function wordsOf(text: string): string {
  const letters = text
    .slice(0, maxText)
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toLowerCase();
  return ` ${letters.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;
}

const tokenPattern = /[\p{L}\p{N}](?:[\p{L}\p{N}@._+/:#%=?&~-]*[\p{L}\p{N}])?/gu;

/** Letters and digits of a token in lower case. */
export function compact(token: string): string {
  return token.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Runs of a text without spaces, such as an address, an identifier, a path or a word. */
export function tokensIn(text: string): string[] {
  return (
    text
      .slice(0, maxText)
      .normalize('NFKC')
      .replace(/\p{Cf}/gu, '')
      .match(tokenPattern) ?? []
  );
}

/**
 * Whether a token names one thing and could not be made up by an agent: an address, a number of an account, an
 * identifier. Words, dates, times, amounts and short codes are not.
 */
export function isIdentifier(token: string): boolean {
  if (/^\d{1,4}([-/.:]\d{1,4}){1,4}(T[\d:.+-]+Z?)?$/.test(token) || /^\d{4}-\d\d-\d\dT/.test(token))
    return false;
  if (/^\d[\d,]*[.,]\d+$/.test(token)) return false;
  const letters = compact(token);
  if (letters.length < 6 || letters.length > 4000) return false;
  if (/@|:\/\//.test(token)) return true;
  if (!/\d/.test(letters)) return false;
  return /\p{L}/u.test(letters) || letters.length >= 7;
}

/** Pieces of an address or path that are identifiers themselves. */
export function partsOf(token: string): readonly string[] {
  return token.split(/[/:=?&#@]+/).filter((part) => part !== '' && part !== token);
}

/** A number as it is compared: `1,620.25` and 1620.25 are the same. */
export function numbersIn(text: string): string[] {
  const found = text.slice(0, maxText).match(/\d[\d,]*(?:\.\d+)?/g) ?? [];
  return found.map((digits) => String(Number(digits.replaceAll(',', ''))));
}

/** A value inside an argument, and where it stands. */
export interface Leaf {
  /** The argument's name nearest to the value. */
  readonly name: string;
  /** JSON pointer. */
  readonly path: string;
  readonly value: string | number;
}

/** All strings and numbers inside a value, in order of appearance. */
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

/** Windows of five words, the shortest passage by which a copied sentence is known. */
export function passagesOf(words: string): string[] {
  const list = words.trim().split(' ').slice(0, 50_000);
  return list.slice(4).map((_, place) => list.slice(place, place + 5).join(' '));
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
