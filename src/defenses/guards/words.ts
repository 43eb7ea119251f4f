/** The words of a text, for asking whether it names something. */
export interface WordIndex {
  /** Whether every word of `name` stands in the text, in any order; false for a name without words. */
  hasAll(name: string): boolean;
}

/** Longest text that is looked at. */
const maxText = 100_000;
const maxName = 200;

export function createWordIndex(text: string): WordIndex {
  const words = new Set(wordsOf(text.slice(0, maxText)));
  return {
    hasAll(name) {
      const wanted = name.length > maxName ? [] : wordsOf(name);
      return wanted.length > 0 && wanted.every((word) => words.has(word));
    },
  };
}

/** In lower case, parted at everything but letters and digits and where camel case parts, without plural endings. */
export function wordsOf(text: string): string[] {
  return text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) =>
      word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word,
    );
}
