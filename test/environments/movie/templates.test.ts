import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../src/contracts/json.ts';
import { createSeed } from '../../../src/contracts/seed.ts';
import { sameValue } from '../../../src/environments/kit/queries/compare.ts';
import type { Film, Person } from '../../../src/environments/movie/archive.ts';
import { movie } from '../../../src/environments/movie/index.ts';
import { makeArchive } from '../../../src/environments/movie/makeArchive.ts';
import { quotedIn, solved } from '../kit/queries/support.ts';

const seed = createSeed('movie templates');
const archive = makeArchive(seed.child('archive'));
const films = [...archive.films.values()];
const people = [...archive.people.values()];

const film = (title = ''): Film => {
  const known = films.find((each) => each.title === title);
  if (!known) throw new Error(`There is no ${title}`);
  return known;
};
const filmsIn = (text: string): Film[] => quotedIn(text).map(film);
const personOf = (id = -1): Person => {
  const known = archive.people.get(id);
  if (!known) throw new Error(`There is no person ${id}`);
  return known;
};
/** People named in a text, in order. */
const peopleIn = (text: string): Person[] =>
  people
    .filter(({ name }) => text.includes(name))
    .sort((a, b) => text.indexOf(a.name) - text.indexOf(b.name));
const memberOf = ({ crew }: Film, job: string): Person =>
  personOf(crew.find((each) => each.job === job)?.person);
const playerIn = (text: string, { cast }: Film): number =>
  cast.find(({ character }) => text.includes(character))?.person ?? -1;
const roleOf = (person: number, { cast }: Film): string =>
  cast.find((each) => each.person === person)?.character ?? '';

function best<T>(items: readonly T[], weigh: (item: T) => number): T {
  const most = Math.max(...items.map(weigh));
  const [only, ...more] = items.filter((item) => weigh(item) === most);
  if (only === undefined || more.length > 0) throw new Error('not clear');
  return only;
}

function measureIn(text: string): (each: Film) => number {
  if (/budget|cost/.test(text)) return ({ budget }) => budget;
  return /vote/.test(text) ? ({ voteAverage }) => voteAverage : ({ revenue }) => revenue;
}

function lifeIn(text: string, { birthday, birthplace, accounts }: Person): JsonValue {
  if (text.includes('birthday')) return birthday;
  return text.includes('IMDB') ? accounts.imdb_id : birthplace;
}

const languages = ['Dutch', 'German', 'Mandarin'];

/** The answers, computed from the archive alone. */
const oracles: Record<string, (text: string, shown: Film[]) => JsonValue> = {
  release: (_, [one]) => one?.releaseDate ?? '',
  director: (text, [one]) =>
    one ? memberOf(one, text.includes('music') ? 'Original Music Composer' : 'Director').name : '',
  keywords: (text, [one]) => {
    if (text.includes('genres')) return one?.genres ?? [];
    return text.includes('compan') ? (one?.companies ?? []) : (one?.keywords ?? []);
  },
  more: (text, shown) => best(shown, measureIn(text)).title,
  profit: (_, [one]) => (one && one.revenue > one.budget ? 'Yes' : 'No'),
  character: (text, [one]) =>
    one
      ? roleOf(
          one.cast.find(({ person }) => text.includes(`that ${personOf(person).name} plays`))?.person ?? -1,
          one,
        )
      : '',
  shared: (text, [one, other]) => {
    const list = (each?: Film): readonly string[] =>
      (text.includes('country') ? each?.countries : text.includes('genre') ? each?.genres : each?.keywords) ??
      [];
    const common = list(one).filter((item) => list(other).includes(item));
    return common.length === 1 ? (common[0] ?? '') : common;
  },
  'director-life': (text, [one]) => (one ? lifeIn(text, memberOf(one, 'Director')) : ''),
  'player-life': (text, [one]) => (one ? lifeIn(text, personOf(playerIn(text, one))) : ''),
  translation: (text, [one]) => {
    const language = languages.find((each) => text.includes(each));
    return one?.translations.find((each) => each.language === language)?.overview ?? '';
  },
  'other-role': (text, [one, other]) => (one && other ? roleOf(playerIn(text, one), other) : ''),
  'best-of': (text, [one]) => {
    const director = one ? memberOf(one, 'Director').id : -1;
    return best(
      films.filter(({ crew }) => crew.some(({ person, job }) => job === 'Director' && person === director)),
      measureIn(text),
    ).title;
  },
  together: (text) => {
    const pair = peopleIn(text).map(({ id }) => id);
    const both = films.filter(({ cast }) => pair.every((id) => cast.some(({ person }) => person === id)));
    return both.length === 1 ? (both[0]?.title ?? '') : both.length;
  },
  'first-noticed': (text) => {
    const [who] = peopleIn(text);
    const own = films.filter(({ cast }) => cast.some(({ person }) => person === who?.id));
    return memberOf(
      best(own, ({ releaseDate }) => -Date.parse(releaseDate)),
      'Director',
    ).name;
  },
  'role-film': (text) => {
    const role = films
      .flatMap((each) => each.cast.map((part) => ({ each, part })))
      .find(({ part }) => text.includes(`which ${personOf(part.person).name} plays ${part.character}?`));
    return role ? measureIn(text.includes('budget') ? 'budget' : 'revenue')(role.each) : -1;
  },
};

describe.each(movie.templates.map(({ id }, index) => [id, index] as const))('%s', (id, index) => {
  test('the reference solution answers as the archive says', async () => {
    for (let round = 0; round < 12; round++) {
      const task = movie.task(seed, index + round * movie.templates.length);
      const { answer, calls } = await solved(task);
      const expected = oracles[id]?.(task.instruction, filmsIn(task.instruction)) ?? null;
      expect(sameValue(answer, expected), `${task.instruction}\n${answer}\n${JSON.stringify(expected)}`).toBe(
        true,
      );
      expect(calls[0]).toMatch(/^get_search/);
      expect(calls.length).toBeLessThanOrEqual(20);
    }
  });
});

describe('the archive', () => {
  test('shows everything through the tools: nobody has more than ten credits', () => {
    expect(archive.films.size).toBe(600);
    for (const { id } of people) {
      expect(archive.roles(id).length).toBeLessThanOrEqual(10);
      expect(archive.jobs(id).length).toBeLessThanOrEqual(10);
    }
    for (const each of films) {
      expect(each.cast.length).toBeLessThanOrEqual(10);
      expect(archive.findFilm(each.title)?.id).toBe(each.id);
    }
    for (const each of people) expect(archive.findPerson(each.name)?.id).toBe(each.id);
  });
});
