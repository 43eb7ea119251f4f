import { type Pattern, pattern } from '../../kit/queries/wording.ts';
import type { Films, PersonRef, Query } from '../queries.ts';
import { personNamed, unquoted } from './names.ts';
import { listNamed, listWords, measureNamed, measureWords, two } from './vocabulary.ts';

/** Where a question names two films to choose from. */
const pairs: readonly RegExp[] = [
  /(?:which (?:movie|film)[^,:]*[,:]) (?<one>.+?),? or (?<other>.+?)(?:,? has .+)?\?$/i,
  /^(?:in|among|between) (?<one>.+?) and (?<other>.+?),? which .+\?$/i,
  /^(?<one>.+?) (?:versus|vs\.?|or) (?<other>.+?),? which .+\?$/i,
  /performed better, (?<one>.+?) or (?<other>.+?)\?$/i,
  /^compare the .+? of (?<one>.+?) and (?<other>.+?)\. which .+\?$/i,
];

function chosenFrom(question: string): Films | undefined {
  for (const form of pairs) {
    const { one, other } = form.exec(question)?.groups ?? {};
    const films = one !== undefined && other !== undefined ? two(one, other) : undefined;
    if (films) return films;
  }
  return undefined;
}

/** Questions that compare two films. */
export function comparing(isYes: boolean): readonly Pattern<Query>[] {
  const chosen = (question: string, query: (films: Films) => Query): Query | undefined => {
    const films = chosenFrom(question);
    return films && query(films);
  };
  return [
    pattern(/^(?<q>.*\b(?:released|came out|come out)\b.*\b(?:earlier|first)\b.*)$/i, ({ q = '' }) =>
      chosen(q, (films) => ({ kind: 'more', films, measure: 'release_date' })),
    ),
    pattern(
      new RegExp(`^(?<q>.*\\bwhich (?:movie|film)\\b.*\\bmore (?<list>${listWords})\\b.*)$`, 'i'),
      ({ q = '', list = '' }) =>
        chosen(q, (films) => ({ kind: 'more-listed', films, list: listNamed(list) })),
    ),
    pattern(
      new RegExp(
        `^(?<q>(?=.*\\b(?:higher|larger|bigger|better|more)\\b).*\\b(?<measure>${measureWords})\\b.*)$`,
        'i',
      ),
      ({ q = '', measure = '' }) =>
        chosen(q, (films) => ({ kind: 'more', films, measure: measureNamed(measure) })),
    ),
    pattern(
      new RegExp(
        `^(?:is|was) the (?<measure>${measureWords}) (?:of|for) (?<one>.+?) (?:higher|larger|bigger|greater) than (?:the (?:${measureWords})|that) (?:of|for) (?<other>.+?)\\?$`,
        'i',
      ),
      ({ measure = '', one = '', other = '' }) => {
        const films = two(one, other);
        return films && { kind: 'is-more', films, measure: measureNamed(measure) };
      },
    ),
    pattern(
      /^did (?<one>.+?) (?:earn|make|generate) more (?:revenue|money) than (?<other>.+?)\?$/i,
      ({ one = '', other = '' }) => {
        const films = two(one, other);
        return films && { kind: 'is-more', films, measure: 'revenue' };
      },
    ),
    pattern(
      new RegExp(
        `^(?:does|do) (?<one>.+?) and (?<other>.+?) share (?:a|any|some) common (?<list>${listWords})\\?$`,
        'i',
      ),
      sharing,
    ),
    pattern(
      new RegExp(
        `^(?:is|are) there any common (?<list>${listWords}) between (?<one>.+?) and (?<other>.+?)\\?$`,
        'i',
      ),
      (parts) => (isYes ? sharing(parts) : aboutLists('shared', parts)),
    ),
    pattern(
      new RegExp(
        `^(?:is|are) the (?<list>${listWords}) of (?<one>.+?) the same as the (?:${listWords}) of (?<other>.+?)\\?$`,
        'i',
      ),
      (parts) => aboutLists('same-list', parts),
    ),
    pattern(
      new RegExp(`^(?:is|are) the (?<list>${listWords}) of (?<one>.+?) and (?<other>.+?) the same\\?$`, 'i'),
      (parts) => aboutLists('same-list', parts),
    ),
    pattern(
      new RegExp(`^does (?<one>.+?) have the same (?<list>${listWords}) as (?<other>.+?)\\?$`, 'i'),
      sharing,
    ),
    pattern(
      /^are (?<one>.+?) and (?<other>.+?)(?: movies| films)? from the same (?<list>country)\?$/i,
      sharing,
    ),
    pattern(/^is (?<one>.+?) set in the same (?<list>country) as (?<other>.+?)\?$/i, sharing),
    pattern(
      new RegExp(
        `^compare the (?<list>${listWords}) of (?<one>.+?) and (?<other>.+?)\\.? do they share any`,
        'i',
      ),
      sharing,
    ),
    pattern(
      /^which (?:actor|actress) (?:starred|played|appeared) in both (?<one>.+?) and (?<other>.+?)\?$/i,
      ({ one = '', other = '' }) => {
        const films = two(one, other);
        return films && { kind: 'actor-in-both', films };
      },
    ),
  ];
}

type Parts = Readonly<Record<string, string>>;

function aboutLists(
  kind: 'sharing' | 'shared' | 'same-list',
  { one = '', other = '', list = '' }: Parts,
): Query | undefined {
  const films = two(one, other);
  return films && { kind, films, list: listNamed(list) };
}

function sharing(parts: Parts): Query | undefined {
  return aboutLists('sharing', parts);
}

/** Questions about two people. */
export function twoPeople(isYes: boolean): readonly Pattern<Query>[] {
  const both = (
    one: string,
    other: string,
    query: (people: readonly [PersonRef, PersonRef]) => Query,
  ): Query | undefined => {
    const [first, second] = [personNamed(one), personNamed(other)];
    return first && second && query([first, second]);
  };
  return [
    pattern(
      /^is (?<one>the (?:director|actor|actress|producer|writer|composer)\b.+?) the same as (?<other>the .+?)\?$/i,
      ({ one = '', other = '' }) => both(one, other, (people) => ({ kind: 'same-person', people })),
    ),
    pattern(
      /movie where both (?<one>.+?) and (?<other>.+?) starred together(?: after (?<besides>.+?))?\?$/i,
      ({ one = '', other = '', besides }) =>
        both(one, other, (people) => {
          const named = !isYes;
          return besides
            ? { kind: 'together', people, besides: unquoted(besides), named }
            : { kind: 'together', people, named };
        }),
    ),
    pattern(
      /^(?:find out if|did|has) (?<one>.+?) (?:also )?appear(?:ed)? in any (?:movies|films) directed by (?<other>.+?)\?$/i,
      ({ one = '', other = '' }) =>
        both(one, other, ([person, director]) => ({ kind: 'appears-under', person, director })),
    ),
  ];
}
