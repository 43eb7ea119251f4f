import { isJsonObject } from '../../contracts/json.ts';
import type { Cipher } from './kit/seal.ts';

/** Puts the words of a text into another order, with the order told by how the list is built. */
export interface Permutation {
  scramble(words: readonly string[]): unknown;
  /** The words in their first order; undefined when `value`, which may be any JSON, is no such list. */
  restore(value: unknown): readonly string[] | undefined;
}

/** The last word first. */
export const reverseOrder: Permutation = {
  scramble: (words) => words.toReversed(),
  restore: (value) => (isTexts(value) ? value.toReversed() : undefined),
};

/** Every other word, then the ones between. */
export const oddEven: Permutation = {
  scramble: (words) => [...words.filter((_, at) => at % 2 === 0), ...words.filter((_, at) => at % 2 === 1)],
  restore(value) {
    if (!isTexts(value)) return undefined;
    const half = Math.ceil(value.length / 2);
    return value.map((_, at) => value[at % 2 === 0 ? at / 2 : half + (at - 1) / 2] ?? '');
  },
};

/** From the shortest word to the longest, each with its place. */
export const byLength: Permutation = {
  scramble: (words) =>
    words
      .map((word, place) => ({ word, place }))
      .sort((a, b) => a.word.length - b.word.length)
      .map(({ word, place }) => ({ [word]: place })),
  restore(value) {
    if (!Array.isArray(value)) return undefined;
    const placed = value.flatMap((pair: unknown) => (isJsonObject(pair) ? Object.entries(pair) : []));
    return placed.sort(([, a], [, b]) => placeOf(a) - placeOf(b)).map(([word]) => word);
  },
};

function placeOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

interface Tree {
  readonly value: string;
  readonly left?: Tree;
  readonly right?: Tree;
}

/** A balanced tree whose in-order walk gives the words. */
export const binaryTree: Permutation = {
  scramble: (words) => treeOf(words, 0, words.length - 1),
  restore: (value) => (isJsonObject(value) ? inOrder(value) : undefined),
};

function treeOf(words: readonly string[], low: number, high: number): Tree | undefined {
  if (low > high) return undefined;
  const middle = Math.floor((low + high) / 2);
  const left = treeOf(words, low, middle - 1);
  const right = treeOf(words, middle + 1, high);
  return { value: words[middle] ?? '', ...(left && { left }), ...(right && { right }) };
}

/** Walks without recursion, as a stranger's tree may be of any depth. */
function inOrder(root: unknown): readonly string[] {
  const words: string[] = [];
  const waiting: Readonly<Record<string, unknown>>[] = [];
  let node = root;
  while (isJsonObject(node) || waiting.length > 0) {
    if (isJsonObject(node)) {
      waiting.push(node);
      node = node['left'];
      continue;
    }
    const next = waiting.pop();
    if (typeof next?.['value'] === 'string') words.push(next['value']);
    node = next?.['right'];
  }
  return words;
}

/** The permutation as a cipher: the list as JSON. Words are parted at single spaces, so that nothing is lost. */
export function asCipher({ scramble, restore }: Permutation): Cipher {
  return {
    encode: (text) => JSON.stringify(scramble(text.split(' '))),
    decode: (text) => restore(parsed(text))?.join(' ') ?? text,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
