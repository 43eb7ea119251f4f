import type { Difficulty } from '../../contracts/environment.ts';
import type { Rng } from '../../contracts/seed.ts';
import { Unclear } from '../kit/queries/program.ts';
import type { Question, QuestionTemplate } from '../kit/queries/task.ts';
import type { Archive, Film } from './archive.ts';
import { openMovies } from './functions.ts';
import { program } from './program.ts';
import type { FilmRef, Measure, PersonRef, Query } from './queries.ts';

/** A query with the words for it. */
interface Asked {
  readonly query: Query;
  readonly words: string;
}

/** The question that a query asks of an archive. */
export function questionOf(archive: Archive, { query, words }: Asked): Question {
  return {
    instruction: words,
    open: () => openMovies(archive),
    program: () => program(query),
    otherCall: (rng) =>
      rng.chance(0.5)
        ? { tool: 'get_search_movie', args: { movie_name: pickFilm(rng, archive).title } }
        : { tool: 'get_search_person', args: { person_name: rng.pick([...archive.people.values()]).name } },
  };
}

function template(
  [id, difficulty]: readonly [string, Difficulty],
  title: string,
  draw: (rng: Rng, archive: Archive) => Asked,
): QuestionTemplate<Archive> {
  return { id, title, difficulty, draw: (rng, archive) => questionOf(archive, draw(rng, archive)) };
}

const listed = 'Answer with a list in square brackets, each item in quotes.';
const yes = 'Answer Yes or No.';

const measureWords: Readonly<Record<Exclude<Measure, 'release_date'>, string>> = {
  budget: 'the larger budget',
  revenue: 'the larger revenue',
  vote_average: 'the higher vote average',
};
const bestWords: Readonly<Record<Exclude<Measure, 'release_date'>, string>> = {
  budget: 'cost the most',
  revenue: 'earned the most',
  vote_average: 'has the highest vote average',
};
const factWords = {
  birthday: 'birthday (YYYY-MM-DD)',
  place_of_birth: 'place of birth',
  imdb_id: 'IMDB id',
} as const;

export const templates: readonly QuestionTemplate<Archive>[] = [
  template(['release', 'easy'], 'When a film came out', (rng, archive) => {
    const film = titled(pickFilm(rng, archive));
    return {
      query: { kind: 'film-fact', film, fact: 'release_date' },
      words: `On which day was "${film.title}" released? Answer as YYYY-MM-DD.`,
    };
  }),
  template(['director', 'easy'], 'Who made a film', (rng, archive) => {
    const film = titled(pickFilm(rng, archive));
    const job = rng.pick(['director', 'composer'] as const);
    const did = job === 'director' ? 'directed' : 'wrote the music for';
    return { query: { kind: 'people', film, job, all: false }, words: `Who ${did} "${film.title}"?` };
  }),
  template(['keywords', 'easy'], 'What stands in a list about a film', (rng, archive) => {
    const film = titled(pickFilm(rng, archive));
    const list = rng.pick(['genres', 'keywords', 'companies'] as const);
    const what = list === 'companies' ? 'production companies' : list;
    return { query: { kind: 'list', film, list }, words: `List the ${what} of "${film.title}". ${listed}` };
  }),
  template(['more', 'easy'], 'Which of two films has more', (rng, archive) => {
    const films = pickFilms(rng, archive);
    const measure = rng.pick(['budget', 'revenue', 'vote_average'] as const);
    const [one, other] = quoted(films);
    return {
      query: { kind: 'more', films, measure },
      words: `Which film has ${measureWords[measure]}, ${one} or ${other}?`,
    };
  }),
  template(['profit', 'easy'], 'Whether a film earned more than it cost', (rng, archive) => {
    const film = titled(pickFilm(rng, archive));
    return {
      query: { kind: 'profit', film },
      words: `Did "${film.title}" bring in more than its budget? ${yes}`,
    };
  }),
  template(['character', 'medium'], 'Whom an actor plays in a film', (rng, archive) => {
    const film = pickFilm(rng, archive);
    const person = byName(archive, rng.pick(film.cast).person);
    return {
      query: { kind: 'character', person, film: titled(film) },
      words: `What is the name of the character that ${person.name} plays in "${film.title}"?`,
    };
  }),
  template(['shared', 'medium'], 'What two films have in common', (rng, archive) => {
    const films = pickFilms(rng, archive);
    const list = rng.pick(['countries', 'keywords', 'genres'] as const);
    const what = { countries: 'production country', keywords: 'keyword', genres: 'genre' }[list];
    const [one, other] = quoted(films);
    return {
      query: { kind: 'shared', films, list },
      words: `Which ${what} do ${one} and ${other} have in common? There is exactly one.`,
    };
  }),
  template(['director-life', 'medium'], 'Facts about the director of a film', (rng, archive) => {
    const film = titled(pickFilm(rng, archive));
    const fact = rng.pick(['birthday', 'place_of_birth', 'imdb_id'] as const);
    const person: PersonRef = { by: 'job', job: 'director', film };
    return {
      query: { kind: 'person-fact', person, fact },
      words: `What is the ${factWords[fact]} of the director of "${film.title}"?`,
    };
  }),
  template(['player-life', 'medium'], 'Facts about whoever plays a character', (rng, archive) => {
    const film = pickFilm(rng, archive);
    const fact = rng.pick(['birthday', 'place_of_birth', 'imdb_id'] as const);
    const { character } = rng.pick(film.cast);
    return {
      query: { kind: 'person-fact', person: { by: 'character', character, film: titled(film) }, fact },
      words: `What is the ${factWords[fact]} of the actor who plays ${character} in "${film.title}"?`,
    };
  }),
  template(['translation', 'medium'], 'The description in another language', (rng, archive) => {
    const film = titled(pickFilm(rng, archive));
    const language = rng.pick(['Dutch', 'German', 'Mandarin']);
    return {
      query: { kind: 'translation', film, language },
      words: `Give the ${language} overview of "${film.title}", word for word.`,
    };
  }),
  template(['other-role', 'hard'], 'Another role of whoever plays a character', (rng, archive) => {
    const { film, character, person } = pickRole(rng, archive);
    const other = rng.pick(archive.roles(person)).film;
    if (other.id === film.id) throw new Unclear('One film is no pair');
    return {
      query: {
        kind: 'character',
        person: { by: 'character', character, film: titled(film) },
        film: titled(other),
      },
      words: `One actor plays ${character} in "${film.title}". As which character does this actor appear in "${other.title}"?`,
    };
  }),
  template(['best-of', 'hard'], 'The most of a director', (rng, archive) => {
    const measure = rng.pick(['budget', 'revenue', 'vote_average'] as const);
    const film = titled(pickFilm(rng, archive));
    return {
      query: { kind: 'best-of', person: { by: 'job', job: 'director', film }, measure },
      words: `Among all films by the director of "${film.title}", which one ${bestWords[measure]}? Answer with its title.`,
    };
  }),
  template(['together', 'hard'], 'The film in which two people play', (rng, archive) => {
    const { cast } = pickFilm(rng, archive);
    const [one, other] = rng.sample(cast, 2).map(({ person }) => byName(archive, person));
    if (!one || !other) throw new Unclear('Too few play in this film');
    return {
      query: { kind: 'together', people: [one, other], named: true },
      words: `In which film do both ${one.name} and ${other.name} play?`,
    };
  }),
  template(['first-noticed', 'hard'], 'Who directed the film that made somebody known', (rng, archive) => {
    const person = byName(archive, pickRole(rng, archive).person);
    return {
      query: { kind: 'people', film: { by: 'first-noticed', person }, job: 'director', all: false },
      words: `Who directed the film that, by the biography, ${person.name} first gained attention in?`,
    };
  }),
  template(
    ['role-film', 'hard'],
    'A fact about the film in which somebody plays a character',
    (rng, archive) => {
      const { character, person } = pickRole(rng, archive);
      const who = byName(archive, person);
      const fact = rng.pick(['budget', 'revenue'] as const);
      return {
        query: { kind: 'film-fact', film: { by: 'role', person: who, character }, fact },
        words: `What was the ${fact}, in dollars, of the film in which ${who.name} plays ${character}? Answer with a number.`,
      };
    },
  ),
];

function pickFilm(rng: Rng, archive: Archive): Film {
  return rng.pick([...archive.films.values()]);
}

function pickFilms(rng: Rng, archive: Archive): readonly [Titled, Titled] {
  const [one, other] = [titled(pickFilm(rng, archive)), titled(pickFilm(rng, archive))];
  if (one.title === other.title) throw new Unclear('One film is no pair');
  return [one, other];
}

function pickRole(
  rng: Rng,
  archive: Archive,
): { readonly film: Film; readonly character: string; readonly person: number } {
  const film = pickFilm(rng, archive);
  return { film, ...rng.pick(film.cast) };
}

function quoted(films: readonly [Titled, Titled]): readonly string[] {
  return films.map(({ title }) => `"${title}"`);
}

type Titled = Extract<FilmRef, { by: 'title' }>;

function titled({ title }: Film): Titled {
  return { by: 'title', title };
}

function byName(archive: Archive, id: number): Extract<PersonRef, { by: 'name' }> {
  return { by: 'name', name: archive.people.get(id)?.name ?? '' };
}
