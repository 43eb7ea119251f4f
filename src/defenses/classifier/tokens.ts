import { codesOf } from '../characterCodes.ts';
import { classIn, factsOf, ideograph, shapeIn, smallIn, space, symbol } from './characters.ts';

/** A run of letters, a run of digits, one symbol (or a run of the same), or a run of characters of a far-off script. */
export interface Token {
  readonly from: number;
  readonly to: number;
  /** What its characters look like, as a small number: capitals, digits, scripts. */
  readonly shape: number;
  /** Of its characters in lower case. */
  readonly hash: number;
}

/** Longer runs are several tokens, so that a token costs a bounded time. */
export const longestWord = 16;
/** Runs of scripts without spaces are cut to the length of a word. */
const longestIdeographs = 2;

const hashStart = 0x811c9dc5;

/** One step of FNV-1a, over 16 bits at a time. */
export function mix(hash: number, value: number): number {
  return Math.imul(hash ^ value, 0x01000193);
}

/** Some tokens in a row, as columns of numbers: several times as fast as an object for each. */
export interface TokenColumns {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly hash: Int32Array;
  readonly shape: Int32Array;
  /** The first token that is new; before it stand the last {@link keptTokens} of those before, or none. */
  first: number;
  /** Behind the last token. */
  end: number;
}

export const columnLength = 512;
export const keptTokens = 64;

export function createColumns(): TokenColumns {
  const column = (): Int32Array => new Int32Array(columnLength);
  return { from: column(), to: column(), hash: column(), shape: column(), first: 0, end: 0 };
}

/**
 * Reads tokens of a text from `start` on into `columns`, as many as there is room for.
 * @returns where to go on; the length of the text when it is read
 */
export function readTokens(codes: Uint16Array, start: number, columns: TokenColumns): number {
  columns.first = start === 0 ? 0 : keepLast(columns);
  let index = columns.first;
  let from = start;
  for (let to = from; from < codes.length && index < columnLength; from = to) {
    const first = codes[from] ?? 0;
    let fact = factsOf(first);
    const kind = classIn(fact);
    to = from + 1;
    if (kind === space) continue;
    let hash = mix(hashStart, smallIn(fact));
    let shape = shapeIn(fact);
    const end = Math.min(codes.length, from + (kind === ideograph ? longestIdeographs : longestWord));
    for (; to < end; to++) {
      const code = codes[to] ?? 0;
      fact = factsOf(code);
      // A symbol goes on only with itself.
      if (classIn(fact) !== kind || (kind === symbol && code !== first)) break;
      hash = mix(hash, smallIn(fact));
      shape |= shapeIn(fact) << (to - from === 1 ? 8 : 16);
    }
    columns.from[index] = from;
    columns.to[index] = to;
    columns.hash[index] = hash;
    columns.shape[index] = shape;
    index++;
  }
  columns.end = index;
  return from;
}

/** Moves the last tokens of full columns to their beginning, and tells how many they are. */
function keepLast({ from, to, hash, shape }: TokenColumns): number {
  for (const column of [from, to, hash, shape]) column.copyWithin(0, columnLength - keptTokens);
  return keptTokens;
}

/** The tokens of `text`, one after the other, in time linear in its length. */
export function* tokensOf(text: string): Generator<Token> {
  const columns = createColumns();
  // A copy, as others may read texts while this one waits.
  const codes = codesOf(text).slice();
  for (let at = 0; at < codes.length; ) {
    at = readTokens(codes, at, columns);
    for (let index = columns.first; index < columns.end; index++)
      yield {
        from: columns.from[index] ?? 0,
        to: columns.to[index] ?? 0,
        hash: columns.hash[index] ?? 0,
        shape: columns.shape[index] ?? 0,
      };
  }
}
