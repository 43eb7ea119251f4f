import { today, type When } from '../calendar.ts';
import { here, type Site } from '../queries.ts';
import { readTimes } from './times.ts';

/** A question with marks in place of its times and places: `is it warmer in ⟨p0⟩ ⟨t0⟩ than ⟨t1⟩?` */
export interface Frame {
  readonly text: string;
  /** How the answer is wanted. */
  readonly hint: string;
  readonly times: readonly When[];
  readonly sites: readonly Site[];
  /** The time that is asked about, or today. */
  readonly when: When;
  /** The first place, or where the user is. */
  readonly site: Site;
}

const hintStart = /^(?:please (?:provide|answer|give|tell)|answer|give me|tell me|please respond)\b/i;

/** Words with a capital that are no places. */
const noPlaces = new Set(
  (
    'A Among Answer Are By Can Celsius Considering Do Does Fahrenheit Has Have Heavy How I If In Interested Is It ' +
    "I'm I’m On Over Planning Please Should Tell That The Thinking This Today Was What When Which Will Would Yes No AQI PM BBQ"
  ).split(' '),
);

const placeForm =
  /\p{Lu}(?:[\p{L}'’-]|(?<=\bSt)\.)*(?: (?:(?:de|del|of the) )?\p{Lu}(?:[\p{L}'’-]|(?<=\bSt)\.)*)*/gu;

export function readFrame(question: string): Frame {
  const sentences = question
    .replaceAll(/[‘’]/g, "'")
    .replaceAll(/["“][^"”]*["”]/g, 'a name')
    .split(/(?<=[?!]|(?<!\bSt)\.)\s+/);
  const asked = sentences.filter((sentence) => !hintStart.test(sentence)).join(' ');
  const hint = sentences.filter((sentence) => hintStart.test(sentence)).join(' ');
  const { text, times } = readTimes(asked);
  const { marked, names } = readPlaces(text);
  const sites = names.map((name): Site => ({ by: 'name', name }));
  return {
    text: marked.toLowerCase(),
    hint,
    times,
    sites,
    when: times[timeAsked(marked)] ?? today(),
    site: sites[0] ?? here,
  };
}

/** The number of the first time in the sentence that asks, or else of the first of all. */
function timeAsked(marked: string): number {
  const last =
    marked
      .slice(0, marked.lastIndexOf('?') + 1)
      .split(/(?<=[.!])\s/)
      .at(-1) ?? '';
  return Number(/⟨t(\d+)⟩/.exec(last)?.[1] ?? 0);
}

/** Places in order of appearance; the land behind a comma, as in `Lima, Peru`, belongs to the place. */
function readPlaces(text: string): { readonly marked: string; readonly names: readonly string[] } {
  const names: string[] = [];
  const mark = (name: string): string => {
    const known = names.indexOf(name);
    if (known < 0) names.push(name);
    return `⟨p${known < 0 ? names.length - 1 : known}⟩`;
  };
  const whole = text.replace(placeForm, (words) => {
    const name = words.split(' ');
    const plain = name.findIndex((word) => !noPlaces.has(word.replace(/'s$/, '')));
    if (plain < 0) return words;
    return [...name.slice(0, plain), `⟦${name.slice(plain).join(' ')}⟧`].join(' ');
  });
  const single = whole.replace(/⟦([^⟧]+)⟧, ⟦[^⟧]+⟧(?=[,?.]|$)(?!, (?:and|or) ⟦)/g, '⟦$1⟧');
  return { marked: single.replace(/⟦([^⟧]+)⟧/g, (_, name: string) => mark(name)), names };
}
