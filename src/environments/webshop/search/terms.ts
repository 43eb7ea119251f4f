import { stem } from './stem.ts';

/** Words joined inside by an apostrophe or full stop between letters, or by punctuation between digits. */
const words =
  /[\p{L}\p{M}\p{N}_]+(?:(?:(?<=\p{L})['’.:](?=\p{L})|(?<=\p{N})['’.,;](?=\p{N}))[\p{L}\p{M}\p{N}_]+)*/gu;

/** The words that Lucene's English analysis leaves out. */
const stopWords = new Set(
  (
    'a an and are as at be but by for if in into is it no not of on or such that the their then there these ' +
    'they this to was will with'
  ).split(' '),
);

/** Lucene cuts words that are longer. */
const maxWord = 255;

/** The search terms of a text: Lucene's English analysis of words, possessives, case, stop words and stems. */
export function termsOf(text: string): readonly string[] {
  return (text.match(words) ?? [])
    .map((word) =>
      word
        .slice(0, maxWord)
        .replace(/['’]s$/i, '')
        .toLowerCase(),
    )
    .filter((word) => !stopWords.has(word))
    .map(stem);
}
