import type { Rng, Seed } from '../../contracts/seed.ts';
import { differentNames, personName, placeName } from '../kit/queries/names.ts';
import { type Archive, createArchive, type Film, type Person } from './archive.ts';
import { countries, genres } from './lands.ts';
import { companyEnds, keywordStock, premises, titleQualities, titleThings } from './words.ts';

const filmCount = 600;
/** The tools show so many credits of a person; nobody here has more. */
const mostCredits = 10;

/** How many people there are for each kind of work. */
const pools = { Actor: 640, Director: 100, Producer: 150, Screenplay: 120 } as const;
const musicians = { 'Original Music Composer': 90, Editor: 90 } as const;

type Work = keyof typeof pools | keyof typeof musicians;

/** A film world of 600 films and about 1,200 people. */
export function makeArchive(seed: Seed): Archive {
  const people = makeStaff(seed.child('people').rng());
  const rng = seed.child('films').rng();
  const companies = differentNames(60, () => `${placeName(rng)} ${rng.pick(companyEnds)}`);
  const films = differentNames(filmCount, () => makeFilmTitle(rng)).map((title, place) =>
    makeFilm(rng, { id: 40_000 + place * 7, title, companies, hire: people.hire }),
  );
  return createArchive(films, people.finish(films, seed.child('lives').rng()));
}

export function makeFilmTitle(rng: Rng): string {
  const [quality, thing] = [rng.pick(titleQualities), rng.pick(titleThings)];
  return rng.pick([
    `The ${quality} ${thing}`,
    `${quality} ${thing}`,
    `The ${thing} of ${placeName(rng)}`,
    `${thing} and ${rng.pick(titleThings)}`,
  ]);
}

interface Parts {
  readonly id: number;
  readonly title: string;
  readonly companies: readonly string[];
  hire(work: Work, count: number): readonly number[];
}

function makeFilm(rng: Rng, { id, title, companies, hire }: Parts): Film {
  const budget = rng.int(8, 1_800) * 100_000;
  const premise = rng.pick(premises);
  const place = placeName(rng);
  const told = Object.entries(premise).map(([language, text]) => ({
    language,
    overview: text.replace('%', place),
  }));
  const homes = rng.sample(Object.values(countries), rng.int(1, 3));
  return {
    id,
    title,
    overview: premise.English.replace('%', place),
    budget,
    revenue: Math.round((budget * rng.int(20, 200)) / 100) + rng.int(0, 99_999),
    voteAverage: rng.int(4_200, 8_900) / 1_000,
    releaseDate: makeDate(rng, [1985, 2031]),
    genres: rng.sample(genres, rng.int(1, 4)).sort(),
    companies: rng.sample(companies, rng.int(1, 3)),
    countries: homes,
    keywords: rng.sample(keywordStock, rng.int(2, 7)),
    cast: hire('Actor', rng.int(5, 9)).map((person) => ({ person, character: personName(rng) })),
    crew: [
      ...hire('Director', 1).map((person) => ({ person, job: 'Director' })),
      ...hire('Producer', rng.int(1, 2)).map((person) => ({ person, job: 'Producer' })),
      ...hire('Screenplay', rng.int(1, 2)).map((person) => ({ person, job: 'Screenplay' })),
      ...hire('Original Music Composer', 1).map((person) => ({ person, job: 'Original Music Composer' })),
      ...hire('Editor', 1).map((person) => ({ person, job: 'Editor' })),
    ],
    otherTitles: homes
      .slice(0, rng.int(0, 2))
      .map((country) => ({ country, title: `${makeFilmTitle(rng)} (${title})` })),
    translations: rng.chance(0.9) ? told : told.slice(0, 2),
  };
}

/** People who can be hired until they have ten credits, and who get their lives when all films are made. */
function makeStaff(rng: Rng) {
  const names = differentNames(
    Object.values({ ...pools, ...musicians }).reduce((total, size) => total + size, 0),
    () => personName(rng),
  );
  let next = 0;
  const members = Object.entries({ ...pools, ...musicians }).map(([work, size]) => {
    const ids = [...Array(size).keys()].map((place) => next + place);
    next += size;
    return [work, ids] as const;
  });
  const free = new Map<string, number[]>(members);
  const credits = new Map<number, number>();
  return {
    hire(work: Work, count: number): readonly number[] {
      const pool = free.get(work) ?? [];
      const hired = new Set<number>();
      while (hired.size < Math.min(count, pool.length)) hired.add(rng.pick(pool));
      for (const id of hired) {
        credits.set(id, (credits.get(id) ?? 0) + 1);
        if (credits.get(id) === mostCredits) pool.splice(pool.indexOf(id), 1);
      }
      return [...hired].map(personId);
    },
    finish: (films: readonly Film[], lives: Rng): readonly Person[] => {
      const firsts = firstFilms(films);
      return names.map((name, place) => makePerson(lives, { id: personId(place), name }, firsts));
    },
  };
}

function personId(place: number): number {
  return 3_000 + place * 11;
}

/** By person, the title of the earliest film. */
function firstFilms(films: readonly Film[]): ReadonlyMap<number, string> {
  const firsts = new Map<number, string>();
  for (const { title, cast, crew } of [...films].sort((a, b) => (a.releaseDate < b.releaseDate ? -1 : 1)))
    for (const { person } of [...cast, ...crew]) if (!firsts.has(person)) firsts.set(person, title);
  return firsts;
}

function makePerson(
  rng: Rng,
  { id, name }: { readonly id: number; readonly name: string },
  firsts: ReadonlyMap<number, string>,
): Person {
  const birthplace = `${placeName(rng)}, ${rng.pick(Object.values(countries))}`;
  const first = firsts.get(id);
  const handle = name.toLowerCase().replace(/[^a-z]/g, '');
  const account = (form: string): string | null => (rng.chance(0.7) ? form : null);
  return {
    id,
    name,
    biography: `${name} was born in ${birthplace}.${first === undefined ? '' : ` ${firstNoticed(first)}`}`,
    birthday: makeDate(rng, [1940, 2004]),
    birthplace,
    accounts: {
      imdb_id: `nm${String(rng.int(1, 9_999_999)).padStart(7, '0')}`,
      facebook_id: account(`${handle}.page`),
      instagram_id: account(`${handle}${rng.int(1, 99)}`),
      twitter_id: account(`the${handle}`),
    },
  };
}

/** The words of a biography about the film that a person became known by. */
export function firstNoticed(title: string): string {
  return `First gained attention in the film "${title}".`;
}

function makeDate(rng: Rng, [first, last]: readonly [number, number]): string {
  const [year, month, day] = [rng.int(first, last), rng.int(1, 12), rng.int(1, 28)];
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
