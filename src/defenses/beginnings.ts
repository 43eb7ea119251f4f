/** Words by their first three letters: most places of a text, none of them can begin at. */
export interface Beginnings {
  /** @param word of at least three ASCII characters; case makes no difference */
  add(word: string): void;
  /** Whether `visit` says yes to some place at which a word may begin. */
  some(codes: Uint16Array, visit: (at: number) => boolean): boolean;
}

const letters = 3;

export function createBeginnings(words: readonly string[] = []): Beginnings {
  const known = new Uint8Array(1 << 15);
  const withLetter = (before: number, code: number): number => ((before << 5) | (code & 0x1f)) & 0x7fff;
  const beginnings: Beginnings = {
    add(word) {
      const codes = Array.from(word.slice(0, letters), (letter) => letter.charCodeAt(0));
      known[codes.reduce(withLetter, 0)] = 1;
    },
    some(codes, visit) {
      let last = 0;
      for (let at = 0; at < codes.length; at++) {
        last = withLetter(last, codes[at] ?? 0);
        if (known[last] === 1 && at >= letters - 1 && visit(at - letters + 1)) return true;
      }
      return false;
    },
  };
  for (const word of words) beginnings.add(word);
  return beginnings;
}
