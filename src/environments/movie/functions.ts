import { z } from 'zod';
import type { JsonObject } from '../../contracts/json.ts';
import {
  defineQuery,
  failed,
  found,
  type QueryFunction,
  type QueryResult,
  type QuerySession,
} from '../kit/queries/functions.ts';
import type { Archive, Film, Person } from './archive.ts';
import { codeOf, genres, languages } from './lands.ts';

const mostShown = 10;
const name = z.string().min(1).max(2_000);
const ofMovieName = z.strictObject({ movie_name: name.describe('Name of the movie.') });
const ofPersonName = z.strictObject({ person_name: name.describe('Name of the person.') });
const ofMovie = z.strictObject({
  movie_id: name.describe('Id of the movie, in digits, as get_search_movie finds it.'),
});
const ofPerson = z.strictObject({
  person_id: name.describe('Id of the person, in digits, as get_search_person finds it.'),
});

/** The tools of AgentBoard's movie environment, over an archive. */
export function openMovies(archive: Archive): QuerySession {
  return {
    functions: [...searches(archive), ...movieFacts(archive), ...personFacts(archive)],
    state: () => ({}),
  };
}

function searches(archive: Archive): readonly QueryFunction[] {
  const hit = (item: JsonObject | undefined, what: string): QueryResult =>
    item ? found(item) : failed(what);
  const movie = ({ movie_name }: z.output<typeof ofMovieName>): JsonObject | undefined => {
    const film = archive.findFilm(movie_name);
    return film && { id: film.id, overview: film.overview, title: film.title };
  };
  const person = ({ person_name }: z.output<typeof ofPersonName>): JsonObject | undefined => {
    const who = archive.findPerson(person_name);
    return who && { id: who.id, name: who.name };
  };
  return [
    defineQuery({
      name: 'get_search_movie',
      title: 'Search for a movie',
      description: 'Searches for a movie by name and returns id, overview and title of the best hit.',
      input: ofMovieName,
      run: (args) => hit(movie(args), `There is no movie like ${args.movie_name}.`),
      runOriginal(args) {
        const item = movie(args);
        return item ? found([item]) : failed('ERROR | IndexError(list index out of range)');
      },
    }),
    defineQuery({
      name: 'get_search_person',
      title: 'Search for a person',
      description: 'Searches for a person by name and returns id and name of the best hit.',
      input: ofPersonName,
      run: (args) => hit(person(args), `There is no person like ${args.person_name}.`),
      runOriginal(args) {
        const item = person(args);
        return found(item ? [item] : []);
      },
    }),
  ];
}

function movieFacts(archive: Archive): readonly QueryFunction[] {
  const about = (
    [tool, title]: readonly [string, string],
    description: string,
    facts: (film: Film) => JsonObject,
  ): QueryFunction =>
    defineQuery({
      name: tool,
      title,
      description,
      input: ofMovie,
      run({ movie_id }) {
        const film = archive.films.get(idOf(movie_id));
        return film ? found(facts(film)) : failed(`There is no movie with the id ${movie_id}.`);
      },
    });
  return [
    about(
      ['get_movie_details', 'Get the facts about a movie'],
      'Returns title, budget and revenue (US dollars), genres, vote_average (0 to 10) and release_date of a movie.',
      details,
    ),
    about(
      ['get_movie_production_companies', 'Get the companies behind a movie'],
      'Returns the production companies of a movie.',
      ({ companies }) => ({ production_companies: companies.map((company) => ({ name: company })) }),
    ),
    about(
      ['get_movie_production_countries', 'Get the countries a movie comes from'],
      'Returns the production countries of a movie.',
      (film) => ({
        production_countries: film.countries.map((country) => ({
          iso_3166_1: codeOf(country),
          name: country,
        })),
      }),
    ),
    about(
      ['get_movie_cast', 'Get the cast of a movie'],
      'Returns the first ten members of the cast of a movie: id, name and character.',
      ({ cast }) => ({
        cast: cast
          .slice(0, mostShown)
          .map(({ person, character }) => ({ id: person, ...named(archive, person), character })),
      }),
    ),
    about(
      ['get_movie_crew', 'Get the crew of a movie'],
      'Returns directors, producers and writers of a movie, and others of the crew up to ten: id, name and job.',
      ({ crew }) => ({
        crew: leadingCrew(crew).map(({ person, job }) => ({ id: person, ...named(archive, person), job })),
      }),
    ),
    about(
      ['get_movie_keywords', 'Get the keywords of a movie'],
      'Returns the keywords of a movie.',
      ({ keywords }) => ({
        keywords,
      }),
    ),
    about(
      ['get_movie_alternative_titles', 'Get other titles of a movie'],
      'Returns the titles a movie has in other countries.',
      ({ id, otherTitles }) => ({
        id,
        titles: otherTitles.map(({ country, title }) => ({ iso_3166_1: codeOf(country), title, type: '' })),
      }),
    ),
    about(
      ['get_movie_translation', 'Get translations of the description of a movie'],
      'Returns the overview of a movie in the languages there are.',
      ({ id, translations }) => ({
        id,
        translations: translations.map(({ language, overview }) => ({
          iso_3166_1: languages[language]?.country ?? 'XX',
          iso_639_1: languages[language]?.code ?? 'xx',
          name: languages[language]?.name ?? language,
          english_name: language,
          data: { overview },
        })),
      }),
    ),
  ];
}

function details(film: Film): JsonObject {
  return {
    title: film.title,
    budget: film.budget,
    genres: film.genres.map((genre) => ({ id: genres.indexOf(genre) + 1, name: genre })),
    revenue: film.revenue,
    vote_average: film.voteAverage,
    release_date: film.releaseDate,
  };
}

const leadingJobs = ['Director', 'Producer', 'Writer'];

/** All who lead, then others who are not among them, up to ten in all. */
function leadingCrew(crew: Film['crew']): Film['crew'] {
  const leading = crew.filter(({ job }) => leadingJobs.includes(job));
  const ids = new Set(leading.map(({ person }) => person));
  const others = crew.filter(({ person }) => !ids.has(person));
  return [...leading, ...others.slice(0, Math.max(0, mostShown - leading.length))];
}

function personFacts(archive: Archive): readonly QueryFunction[] {
  const about = (
    [tool, title]: readonly [string, string],
    description: string,
    facts: (person: Person) => JsonObject,
  ): QueryFunction =>
    defineQuery({
      name: tool,
      title,
      description,
      input: ofPerson,
      run({ person_id }) {
        const person = archive.people.get(idOf(person_id));
        return person ? found(facts(person)) : failed(`There is no person with the id ${person_id}.`);
      },
    });
  return [
    about(
      ['get_person_details', 'Get the facts about a person'],
      'Returns name, biography, birthday and place_of_birth of a person.',
      ({ name: own, biography, birthday, birthplace }) => ({
        name: own,
        biography,
        birthday,
        place_of_birth: birthplace,
      }),
    ),
    about(
      ['get_person_cast', 'Get the roles of a person'],
      'Returns up to ten movies in which a person plays: id, title and character.',
      ({ id }) => ({
        cast: archive
          .roles(id)
          .slice(0, mostShown)
          .map(({ film, part }) => ({ id: film.id, title: film.title, character: part })),
      }),
    ),
    about(
      ['get_person_crew', 'Get the jobs of a person'],
      'Returns up to ten movies in whose crew a person was: id, title and job.',
      ({ id }) => ({
        crew: archive
          .jobs(id)
          .slice(0, mostShown)
          .map(({ film, part }) => ({ id: film.id, title: film.title, job: part })),
      }),
    ),
    about(
      ['get_person_external_ids', 'Get the ids of a person elsewhere'],
      'Returns imdb_id, facebook_id, instagram_id and twitter_id of a person; null for one that is not known.',
      ({ accounts }) => ({ ...accounts }),
    ),
  ];
}

function named(archive: Archive, person: number): { readonly name: string } {
  return { name: archive.people.get(person)?.name ?? '' };
}

function idOf(text: string): number {
  return /^\d{1,12}$/.test(text.trim()) ? Number(text) : -1;
}
