/**
 * Tells whether a text has a run of at least `length` of these ASCII characters: a quick look that spares most texts a
 * slower one.
 * @param character matches each single character that counts
 */
export function createRunFinder(character: RegExp): (text: string, length: number) => boolean {
  const counts = Uint8Array.from({ length: 128 }, (_, code) =>
    Number(character.test(String.fromCharCode(code))),
  );
  return (text, length) => {
    let run = 0;
    for (let at = 0; at < text.length; at++) {
      if (counts[text.charCodeAt(at)] !== 1) run = 0;
      else if (++run >= length) return true;
    }
    return false;
  };
}
