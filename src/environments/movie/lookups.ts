import { z } from 'zod';
import { ask, type Program, Unclear } from '../kit/queries/program.ts';
import { plainName } from './archive.ts';
import { type FilmList, type FilmRef, type Job, jobs, type PersonRef } from './queries.ts';

const named = z.object({ name: z.string() });
const filmHit = z.object({ id: z.number(), title: z.string() });
const personHit = z.object({ id: z.number(), name: z.string() });
const castShape = z.object({ cast: z.array(personHit.extend({ character: z.string() })) });
const crewShape = z.object({ crew: z.array(personHit.extend({ job: z.string() })) });
const rolesShape = z.object({ cast: z.array(filmHit.extend({ character: z.string() })) });
const jobsShape = z.object({ crew: z.array(filmHit.extend({ job: z.string() })) });
const detailsShape = z.object({
  title: z.string(),
  budget: z.number(),
  revenue: z.number(),
  vote_average: z.number(),
  release_date: z.string(),
  genres: z.array(named),
});
const lifeShape = z.object({
  name: z.string(),
  biography: z.string(),
  birthday: z.string().nullable(),
  place_of_birth: z.string().nullable(),
});
const accountsShape = z.object({
  imdb_id: z.string().nullable(),
  facebook_id: z.string().nullable(),
  instagram_id: z.string().nullable(),
  twitter_id: z.string().nullable(),
});

export type FilmHit = z.output<typeof filmHit>;
export type PersonHit = z.output<typeof personHit>;
export type Details = z.output<typeof detailsShape>;

export function* detailsOf({ id }: FilmHit): Program<Details> {
  return yield* ask('get_movie_details', { movie_id: String(id) }, detailsShape);
}

export function* castOf({ id }: FilmHit): Program<z.output<typeof castShape>['cast']> {
  return (yield* ask('get_movie_cast', { movie_id: String(id) }, castShape)).cast;
}

export function* crewOf({ id }: FilmHit, job: Job): Program<readonly PersonHit[]> {
  const { crew } = yield* ask('get_movie_crew', { movie_id: String(id) }, crewShape);
  const own: readonly string[] = jobs[job];
  return crew.filter((member) => own.includes(member.job));
}

export function* rolesOf({ id }: PersonHit): Program<z.output<typeof rolesShape>['cast']> {
  return (yield* ask('get_person_cast', { person_id: String(id) }, rolesShape)).cast;
}

export function* directedBy({ id }: PersonHit): Program<readonly FilmHit[]> {
  const { crew } = yield* ask('get_person_crew', { person_id: String(id) }, jobsShape);
  return crew.filter(({ job }) => job === 'Director');
}

export function* lifeOf({ id }: PersonHit): Program<z.output<typeof lifeShape>> {
  return yield* ask('get_person_details', { person_id: String(id) }, lifeShape);
}

export function* accountsOf({ id }: PersonHit): Program<z.output<typeof accountsShape>> {
  return yield* ask('get_person_external_ids', { person_id: String(id) }, accountsShape);
}

export function* overviewsOf({ id }: FilmHit): Program<ReadonlyMap<string, string>> {
  const shape = z.object({
    translations: z.array(z.object({ english_name: z.string(), data: z.object({ overview: z.string() }) })),
  });
  const { translations } = yield* ask('get_movie_translation', { movie_id: String(id) }, shape);
  return new Map(translations.map(({ english_name, data }) => [english_name, data.overview]));
}

export function* titlesOf({ id }: FilmHit): Program<readonly { iso_3166_1: string; title: string }[]> {
  const shape = z.object({ titles: z.array(z.object({ iso_3166_1: z.string(), title: z.string() })) });
  return (yield* ask('get_movie_alternative_titles', { movie_id: String(id) }, shape)).titles;
}

/** The items of one of a film's lists, by name. */
export function* listOf(film: FilmHit, list: FilmList): Program<readonly string[]> {
  const movie = { movie_id: String(film.id) };
  switch (list) {
    case 'genres':
      return (yield* detailsOf(film)).genres.map(({ name }) => name);
    case 'companies': {
      const shape = z.object({ production_companies: z.array(named) });
      const read = yield* ask('get_movie_production_companies', movie, shape);
      return read.production_companies.map(({ name }) => name);
    }
    case 'countries': {
      const shape = z.object({ production_countries: z.array(named) });
      const read = yield* ask('get_movie_production_countries', movie, shape);
      return read.production_countries.map(({ name }) => name);
    }
    case 'keywords':
      return (yield* ask('get_movie_keywords', movie, z.object({ keywords: z.array(z.string()) }))).keywords;
    case 'titles':
      return (yield* titlesOf(film)).map(({ title }) => title);
    case 'translations':
      return [...(yield* overviewsOf(film)).keys()];
  }
}

/** Whether a role, such as `Bruce Wayne / Batman`, names a character. */
function isCharacter(role: string, character: string): boolean {
  return ` ${plainName(role)} `.includes(` ${plainName(character)} `);
}

/** Finds the film that a question means. @throws Unclear */
export function* findFilm(ref: FilmRef): Program<FilmHit> {
  switch (ref.by) {
    case 'title':
      return yield* ask('get_search_movie', { movie_name: ref.title }, filmHit);
    case 'role': {
      const roles = yield* rolesOf(yield* findPerson(ref.person));
      return firstOf(roles.filter(({ character }) => isCharacter(character, ref.character)));
    }
    case 'first-noticed': {
      const { biography } = yield* lifeOf(yield* findPerson(ref.person));
      const title = /first gained attention in [^"]{0,40}"([^"]{1,300})"/i.exec(biography)?.[1];
      if (title === undefined) throw new Unclear('The biography does not tell');
      return yield* ask('get_search_movie', { movie_name: title }, filmHit);
    }
    case 'director':
      return yield* findByThemes(yield* directedBy(yield* findPerson(ref.person)), ref.themes);
  }
}

function* findByThemes(films: readonly FilmHit[], themes: readonly string[]): Program<FilmHit> {
  if (themes.length === 0) return firstOf(films);
  for (const film of films) {
    const keywords = new Set((yield* listOf(film, 'keywords')).map(plainName));
    if (themes.every((theme) => keywords.has(plainName(theme)))) return film;
  }
  throw new Unclear('No film has these themes');
}

/** Finds the person that a question means. @throws Unclear */
export function* findPerson(ref: PersonRef): Program<PersonHit> {
  switch (ref.by) {
    case 'name':
      return yield* ask('get_search_person', { person_name: ref.name }, personHit);
    case 'job':
      return firstOf(yield* crewOf(yield* findFilm(ref.film), ref.job));
    case 'character': {
      const cast = yield* castOf(yield* findFilm(ref.film));
      return firstOf(
        ref.character === 'lead'
          ? cast
          : cast.filter(({ character }) => isCharacter(character, ref.character)),
      );
    }
  }
}

export function firstOf<T>(items: readonly T[]): T {
  const [first] = items;
  if (first === undefined) throw new Unclear('Nothing fits');
  return first;
}
