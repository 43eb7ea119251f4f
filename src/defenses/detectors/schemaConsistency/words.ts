/** Letters and digits together are a word; East Asian characters are one each. */
const words =
  /[\p{Script=Han}\p{Script=Hira}\p{Script=Kana}]|[^\P{L}\p{Script=Han}\p{Script=Hira}\p{Script=Kana}]+|\p{N}+/gu;
const gramLength = 3;
/** As many words in a row as an instruction has at least. */
const stretchLength = 8;

/** What a text says, in a form in which another text can be held against it, in linear time. */
export interface Said {
  readonly words: ReadonlySet<string>;
  /** All runs of three words, as hashes. */
  readonly grams: ReadonlySet<number>;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(words) ?? [];
}

/** @param texts runs of words do not reach from one text into the next */
export function sayingOf(texts: readonly string[]): Said {
  const said = { words: new Set<string>(), grams: new Set<number>() };
  for (const text of texts) {
    const list = wordsOf(text);
    const hashes = list.map(hashOf);
    for (const [at, word] of list.entries()) {
      said.words.add(word);
      said.grams.add(gramAt(hashes, at));
    }
  }
  return said;
}

function hashOf(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at++) hash = (Math.imul(hash, 31) + word.charCodeAt(at)) | 0;
  return hash;
}

function gramAt(hashes: readonly number[], at: number): number {
  let gram = 0;
  for (let next = at; next < at + gramLength; next++)
    gram = (Math.imul(gram, 0x01000193) + (hashes[next] ?? 0)) | 0;
  return gram;
}

/** Whether a text has room for an instruction. */
export function isLong(text: string): boolean {
  return text.length >= 2 * stretchLength;
}

/** The first stretch of a text, of the length of an instruction, that `said` does not say; undefined when none. */
export function unsaidStretch(text: string, said: Said): string | undefined {
  if (!isLong(text)) return undefined;
  const list = wordsOf(text);
  const hashes = list.map(hashOf);
  let from = 0;
  for (let at = 0; at + gramLength <= list.length; at++) {
    if (said.grams.has(gramAt(hashes, at))) from = at + 1;
    else if (at + gramLength - from >= stretchLength) return list.slice(from, from + 40).join(' ');
  }
  return undefined;
}

/** Whether every word of a text is among those that `said` has. */
export function isSaid(text: string, said: Said): boolean {
  return wordsOf(text).every((word) => said.words.has(word));
}
