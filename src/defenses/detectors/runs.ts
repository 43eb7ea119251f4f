import { codesOf } from '../characterCodes.ts';

/**
 * Tells whether a text has a run of at least `length` of these ASCII characters: a quick look that spares most texts a
 * slower one. It looks at each character twice at most, and at most of them not at all.
 * @param character matches each single character that counts
 */
export function createRunFinder(character: RegExp): (text: string, length: number) => boolean {
  const counts = Uint8Array.from({ length: 128 }, (_, code) =>
    Number(character.test(String.fromCharCode(code))),
  );
  return (text, length) => {
    if (text.length < length) return false;
    const codes = codesOf(text);
    for (let start = 0; start + length <= codes.length; ) {
      // A run that begins here goes on to here; from the end, the first character that does not count rules most out.
      let at = start + length - 1;
      while (at >= start && counts[codes[at] ?? 0] === 1) at--;
      if (at < start) return true;
      start = at + 1;
    }
    return false;
  };
}
