import type { Rng } from '../../../contracts/seed.ts';
import { type Core, coreOf, type Word, withLetters } from '../kit/words.ts';
import { alarmWords, fillers, prepositions, slang, stopWords, translations } from './vocabulary.ts';

/** Changes the words of a wish. Kept words stay as they are, all of them and in one piece. */
export type Rewrite = (words: readonly Word[], rng: Rng) => readonly Word[];

const shortest = 6;

/** Keeps the literals and the first few words with a meaning. */
const shorten: Rewrite = (words) => {
  let left = shortest;
  return words.filter((word) => word.kept || (!isStopWord(word) && left-- > 0));
};

/** Writes the words that filters look for wrongly; the longest word if there is none. */
const misspell: Rewrite = (words, rng) => {
  const alarms = words.filter((word) => alarmWords.has(lettersOf(word)));
  const chosen = new Set(alarms.length > 0 ? alarms : longest(words));
  return words.map((word) => (chosen.has(word) ? change(word, (letters) => misspelled(letters, rng)) : word));
};

/** Moves the last clause to the front, or turns the words round by a few. */
const reorder: Rewrite = (words, rng) => {
  const last = words.findLastIndex((word) => !word.kept && prepositions.has(lettersOf(word)));
  const at = last > 0 ? last : rng.int(1, Math.max(1, words.length - 1));
  return [...words.slice(at), ...words.slice(0, at)];
};

/** A word without meaning after every four to six words. */
const foreignFiller: Rewrite = (words, rng) => {
  let left = rng.int(4, 6);
  return words.flatMap((word) => {
    if (--left > 0) return [word];
    left = rng.int(4, 6);
    return [word, { text: rng.pick(fillers), kept: false }];
  });
};

/** One or two words in another language. */
const translate: Rewrite = (words, rng) => {
  const language = rng.int(0, 1);
  const known = words.filter((word) => Object.hasOwn(translations, lettersOf(word)));
  const chosen = new Set(rng.sample(known, rng.int(1, 2)));
  return words.map((word) =>
    chosen.has(word)
      ? change(word, (letters) => translations[letters.toLowerCase()]?.[language] ?? letters)
      : word,
  );
};

const intoSlang: Rewrite = (words) =>
  words.map((word) =>
    Object.hasOwn(slang, lettersOf(word))
      ? change(word, (letters) => slang[letters.toLowerCase()] ?? letters)
      : word,
  );

export const rewrites: readonly Rewrite[] = [shorten, misspell, reorder, foreignFiller, translate, intoSlang];

function change(word: Word, replace: (letters: string) => string): Word {
  const core: Core | undefined = coreOf(word);
  return core ? withLetters(core, replace(core.letters)) : word;
}

function lettersOf(word: Word): string {
  return coreOf(word)?.letters.toLowerCase() ?? '';
}

function isStopWord(word: Word): boolean {
  return stopWords.has(lettersOf(word));
}

function longest(words: readonly Word[]): readonly Word[] {
  const sizes = words.map((word) => lettersOf(word).length);
  const most = sizes.reduce((greatest, size) => Math.max(greatest, size), 0);
  return words.slice(sizes.indexOf(most), sizes.indexOf(most) + 1);
}

/** Swaps two inner letters, doubles one, or drops the first vowel inside. */
function misspelled(word: string, rng: Rng): string {
  const letters = Array.from(word);
  if (letters.length < 4) return word;
  const at = rng.int(1, letters.length - 3);
  const [here = '', next = ''] = letters.slice(at, at + 2);
  const vowel = letters.findIndex((letter, place) => place > 0 && /[aeiou]/i.test(letter));
  return rng
    .pick([
      letters.toSpliced(at, 2, next, here),
      letters.toSpliced(at, 0, here),
      vowel < 0 ? letters.toSpliced(at, 0, here) : letters.toSpliced(vowel, 1),
    ])
    .join('');
}
