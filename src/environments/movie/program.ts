import type { JsonValue } from '../../contracts/json.ts';
import { greatest, least, mean, type Program, Unclear, yesNo } from '../kit/queries/program.ts';
import { plainName } from './archive.ts';
import { codeOf } from './lands.ts';
import {
  accountsOf,
  castOf,
  crewOf,
  type Details,
  detailsOf,
  directedBy,
  type FilmHit,
  findFilm,
  findPerson,
  firstOf,
  lifeOf,
  listOf,
  overviewsOf,
  rolesOf,
  titlesOf,
} from './lookups.ts';
import type { FilmRef, Films, Measure, PersonFact, PersonRef, Query } from './queries.ts';

/** How the answer is found through the tools. */
export function* program(query: Query): Program<JsonValue> {
  if ('films' in query) return yield* aboutFilms(query);
  if ('people' in query) return yield* aboutPeople(query);
  if ('person' in query) return yield* aboutPerson(query);
  return yield* aboutFilm(query, yield* findFilm(query.film));
}

function* aboutFilm(
  query: Exclude<Extract<Query, { film: FilmRef }>, { person: PersonRef }>,
  film: FilmHit,
): Program<JsonValue> {
  switch (query.kind) {
    case 'film-fact':
      return query.fact === 'title' ? film.title : (yield* detailsOf(film))[query.fact];
    case 'profit': {
      const { revenue, budget } = yield* detailsOf(film);
      return yesNo(revenue > budget);
    }
    case 'earned':
      return yesNo((yield* detailsOf(film)).revenue > 0);
    case 'list':
      return yield* listOf(film, query.list);
    case 'any-listed':
      return yesNo((yield* listOf(film, query.list)).length > 0);
    case 'listed':
      return yesNo(includes(yield* listOf(film, query.list), query.item));
    case 'produced-by': {
      const producers = (yield* crewOf(film, 'producer')).map(({ name }) => name);
      return yesNo(includes([...producers, ...(yield* listOf(film, 'companies'))], query.name));
    }
    case 'people': {
      const names = (yield* crewOf(film, query.job)).map(({ name }) => name);
      return query.all ? [...new Set(names)] : firstOf(names);
    }
    case 'is-job':
      return yesNo(
        includes(
          (yield* crewOf(film, query.job)).map(({ name }) => name),
          query.name,
        ),
      );
    case 'translation': {
      const text = (yield* overviewsOf(film)).get(query.language);
      if (text === undefined) throw new Unclear(`There is no translation into ${query.language}`);
      return text;
    }
    case 'title-in': {
      const titles = yield* titlesOf(film);
      return firstOf(titles.filter(({ iso_3166_1 }) => iso_3166_1 === codeOf(query.country))).title;
    }
  }
}

function includes(names: readonly string[], name: string): boolean {
  return names.some((each) => plainName(each) === plainName(name));
}

function* aboutFilms(query: Extract<Query, { films: Films }>): Program<JsonValue> {
  const films = [yield* findFilm(query.films[0]), yield* findFilm(query.films[1])] as const;
  switch (query.kind) {
    case 'more':
    case 'is-more':
      return yield* compare(query.kind, films, query.measure);
    case 'actor-in-both': {
      const known = new Set((yield* castOf(films[0])).map(({ id }) => id));
      const both = (yield* castOf(films[1])).filter(({ id }) => known.has(id));
      if (both.length > 1) throw new Unclear('Several play in both');
      return firstOf(both).name;
    }
    case 'sharing':
    case 'same-list':
    case 'shared':
    case 'more-listed':
      return yield* compareLists(query.kind, films, query.list);
  }
}

type TwoFilms = readonly [FilmHit, FilmHit];

function* compare(kind: 'more' | 'is-more', films: TwoFilms, measure: Measure): Program<JsonValue> {
  const [one, other] = [yield* detailsOf(films[0]), yield* detailsOf(films[1])];
  const [first, second] = [weight(one, measure), weight(other, measure)];
  if (kind === 'is-more') return yesNo(first > second);
  const choose = measure === 'release_date' ? least : greatest;
  return choose([one, other], (film) => (film === one ? first : second)).title;
}

function weight(details: Details, measure: Measure): number {
  return measure === 'release_date' ? Date.parse(details.release_date) : details[measure];
}

function* compareLists(
  kind: 'sharing' | 'same-list' | 'shared' | 'more-listed',
  films: TwoFilms,
  list: Parameters<typeof listOf>[1],
): Program<JsonValue> {
  const [one, other] = [yield* listOf(films[0], list), yield* listOf(films[1], list)];
  if (kind === 'more-listed')
    return greatest(films, (film) => (film === films[0] ? one : other).length).title;
  const common = one.filter((item) => includes(other, item));
  if (kind === 'sharing') return yesNo(common.length > 0);
  if (kind === 'same-list') return yesNo(common.length === one.length && one.length === other.length);
  if (common.length > 1) throw new Unclear('They share several');
  return firstOf(common);
}

function* aboutPeople(query: Extract<Query, { people: readonly PersonRef[] }>): Program<JsonValue> {
  const [one, other] = [yield* findPerson(query.people[0]), yield* findPerson(query.people[1])];
  if (query.kind === 'same-person') return yesNo(one.id === other.id);
  const known = new Set((yield* rolesOf(one)).map(({ id }) => id));
  const common = (yield* rolesOf(other)).filter(
    ({ id, title }) =>
      known.has(id) && (query.besides === undefined || plainName(title) !== plainName(query.besides)),
  );
  if (!query.named) return yesNo(common.length > 0);
  if (common.length > 1) throw new Unclear('There are several such films');
  return firstOf(common).title;
}

function* aboutPerson(query: Extract<Query, { person: PersonRef }>): Program<JsonValue> {
  const person = yield* findPerson(query.person);
  switch (query.kind) {
    case 'person-fact':
      return yield* personFact(person, query.fact);
    case 'character':
    case 'appears': {
      const film = yield* findFilm(query.film);
      const roles = (yield* castOf(film)).filter(({ id }) => id === person.id);
      return query.kind === 'appears' ? yesNo(roles.length > 0) : firstOf(roles).character;
    }
    case 'appears-under': {
      const own = new Set((yield* rolesOf(person)).map(({ id }) => id));
      const directed = yield* directedBy(yield* findPerson(query.director));
      return yesNo(directed.some(({ id }) => own.has(id)));
    }
    case 'mean-vote':
    case 'best-of': {
      const films: Details[] = [];
      for (const film of yield* directedBy(person)) films.push(yield* detailsOf(film));
      if (query.kind === 'mean-vote') return mean(films.map((film) => film.vote_average));
      return greatest(films, (film) => weight(film, query.measure)).title;
    }
  }
}

function* personFact(person: { id: number; name: string }, fact: PersonFact): Program<JsonValue> {
  if (fact === 'name') return person.name;
  const isLife = fact === 'biography' || fact === 'birthday' || fact === 'place_of_birth';
  const value = isLife ? (yield* lifeOf(person))[fact] : (yield* accountsOf(person))[fact];
  if (value === null) throw new Unclear('It is not known');
  return value;
}
