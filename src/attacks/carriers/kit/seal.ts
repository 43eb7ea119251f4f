import type { Meaning, Wish } from '../../../contracts/attack.ts';
import type { Rng } from '../../../contracts/seed.ts';

/** A way to write a text so that it has to be decoded. Both directions take any text, in linear time. */
export interface Cipher {
  encode(text: string): string;
  /** Undoes `encode`; what is no cipher text stays as it is. */
  decode(text: string): string;
}

/** An enciphered wish between two marks that occur nowhere else. */
export interface Seal {
  /** What makes the marks: `[TOKEN:` opens, `:TOKEN]` closes. */
  readonly token: string;
  /** Marks and cipher text together. */
  readonly text: string;
  readonly meaning: Meaning;
}

export function seal({ text, literals }: Wish, { encode, decode }: Cipher, rng: Rng): Seal {
  const encoded = encode(text);
  const token = tokenNotIn(encoded, rng);
  const marks = { open: `[${token}:`, close: `:${token}]` };
  return {
    token,
    text: `${marks.open}${encoded}${marks.close}`,
    meaning: { text, literals, decode: (seen) => between(seen, marks, decode) },
  };
}

function tokenNotIn(text: string, rng: Rng): string {
  let token = rng.token(5);
  while (text.includes(token)) token = rng.token(5);
  return token;
}

/** Pairs of marks that are looked at in one text; an agent that has read the first thousand needs no more. */
const mostPairs = 1_000;

/** Changes what stands between each pair of marks; a text that was cut off needs no closing mark. */
export function between(
  seen: string,
  { open, close }: { readonly open: string; readonly close: string },
  change: (inner: string) => string,
): string {
  const texts: string[] = [];
  let at = 0;
  for (let pairs = 0; pairs < mostPairs; pairs++) {
    const start = seen.indexOf(open, at);
    if (start < 0) break;
    const next = seen.indexOf(open, start + open.length);
    const piece = seen.slice(start + open.length, next < 0 ? seen.length : next);
    const end = piece.indexOf(close);
    texts.push(seen.slice(at, start), change(end < 0 ? piece : piece.slice(0, end)));
    at = start + open.length + (end < 0 ? piece.length : end + close.length);
  }
  return texts.join('') + seen.slice(at);
}
