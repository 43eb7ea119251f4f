import type { JsonValue } from '../../../contracts/json.ts';
import type { Rng } from '../../../contracts/seed.ts';
import {
  Unforceable,
  wantNumber,
  wantOneOf,
  wantText,
  wantTexts,
  wantYes,
} from '../../kit/queries/forcing.ts';
import type { Archive } from '../archive.ts';
import type { FilmList, Films, Measure, People, PersonFact, PersonRef, Query } from '../queries.ts';
import { createDraft, type Draft, type DraftFilm, type DraftPerson, hire, play } from './draft.ts';

/** A small film world in which `answer` is the answer, with others besides that are not. @throws Unforceable */
export function makeFixture(query: Query, answer: JsonValue, rng: Rng): Archive {
  const draft = createDraft(rng);
  for (let count = 0; count < 4; count++)
    hire(draft.film({ by: 'title', title: `Bystanders ${count + 1}` }), draft.stranger(), 'director');
  if ('films' in query) forceFilms(draft, query, answer);
  else if ('people' in query) forcePeople(draft, query, answer);
  else if ('person' in query) forcePerson(draft, query, answer);
  else forceFilm(draft, query, answer);
  return draft.archive();
}

type FilmQuery = Exclude<Extract<Query, { film: unknown }>, { person: unknown }>;

function forceFilm(draft: Draft, query: FilmQuery, answer: JsonValue): void {
  if (query.kind === 'film-fact' && query.fact === 'title') {
    draft.film(query.film, wantText(answer));
    return;
  }
  const film = draft.film(query.film);
  switch (query.kind) {
    case 'film-fact':
      if (query.fact !== 'title') setMeasure(film, query.fact, answer);
      return;
    case 'profit':
      film.budget = 60_000_000;
      film.revenue = wantYes(answer) ? 170_000_000 : 20_000_000;
      return;
    case 'earned':
      film.revenue = wantYes(answer) ? 170_000_000 : 0;
      return;
    case 'list':
      setList(film, query.list, typeof answer === 'string' ? [wantText(answer)] : wantTexts(answer));
      return;
    case 'any-listed':
      if (!wantYes(answer)) setList(film, query.list, []);
      return;
    case 'listed':
      setList(film, query.list, wantYes(answer) ? ['Comedy', capital(query.item)] : ['Comedy']);
      return;
    case 'produced-by':
      forceProducer(draft, film, { name: query.name, isTrue: wantYes(answer) });
      return;
    case 'people': {
      const names = query.all && Array.isArray(answer) ? wantTexts(answer) : [wantName(answer)];
      hire(film, draft.stranger(), query.job === 'director' ? 'producer' : 'director');
      for (const name of names) hire(film, draft.person({ by: 'name', name }), query.job);
      return;
    }
    case 'is-job':
      hire(
        film,
        wantYes(answer) ? draft.person({ by: 'name', name: query.name }) : draft.stranger(),
        query.job,
      );
      return;
    case 'translation':
      film.translations = [...film.translations, { language: query.language, overview: wantText(answer) }];
      return;
    case 'title-in':
      film.otherTitles = [...film.otherTitles, { country: query.country, title: wantText(answer) }];
  }
}

const companyWords =
  /\b(?:studios?|pictures?|films?|entertainment|productions?|animation|bros|company|media)\b/i;

function forceProducer(
  draft: Draft,
  film: DraftFilm,
  { name, isTrue }: { readonly name: string; readonly isTrue: boolean },
): void {
  hire(film, draft.stranger(), 'producer');
  if (!isTrue) return;
  if (companyWords.test(name)) film.companies = [...film.companies, name];
  else hire(film, draft.person({ by: 'name', name }), 'producer');
}

function setMeasure(film: DraftFilm, measure: Measure, value: JsonValue): void {
  if (measure === 'release_date') film.releaseDate = wantDate(value);
  else if (measure === 'vote_average') film.voteAverage = wantNumber(value);
  else film[measure] = wantNumber(value);
}

/** A sentence is no name. */
function wantName(value: JsonValue): string {
  const name = wantText(value);
  if (name.endsWith('.') && name.split(' ').length > 4)
    throw new Unforceable('The recorded answer is no name');
  return name;
}

function wantDate(value: JsonValue): string {
  const date = wantText(value);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new Unforceable('The recorded answer is no date');
  return date;
}

function setList(film: DraftFilm, list: FilmList, items: readonly string[]): void {
  if (list === 'titles') film.otherTitles = items.map((title) => ({ country: 'Norway', title }));
  else if (list === 'translations')
    film.translations = items.map((language) => ({ language, overview: film.overview }));
  else film[list] = items;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function titlesOf(films: Films): readonly [string, string] {
  const [one, other] = films;
  if (one.by !== 'title' || other.by !== 'title')
    throw new Unforceable('The films have no titles to choose from');
  return [one.title, other.title];
}

function forceFilms(draft: Draft, query: Extract<Query, { films: Films }>, answer: JsonValue): void {
  const [one, other] = [draft.film(query.films[0]), draft.film(query.films[1])];
  switch (query.kind) {
    case 'more': {
      const isFirst = wantOneOf(answer, titlesOf(query.films)) === titlesOf(query.films)[0];
      rank(isFirst ? [one, other] : [other, one], query.measure);
      return;
    }
    case 'is-more':
      rank(wantYes(answer) ? [one, other] : [other, one], query.measure);
      return;
    case 'more-listed': {
      const isFirst = wantOneOf(answer, titlesOf(query.films)) === titlesOf(query.films)[0];
      setList(isFirst ? one : other, query.list, ['first', 'second', 'third']);
      setList(isFirst ? other : one, query.list, ['first']);
      return;
    }
    case 'actor-in-both': {
      const who = draft.person({ by: 'name', name: wantName(answer) });
      for (const film of [one, other]) {
        play(film, draft.stranger(), 'A Stranger');
        play(film, who, 'The Guest');
      }
      return;
    }
    case 'shared':
      setList(one, query.list, [wantText(answer), 'Only Here']);
      setList(other, query.list, ['Only There', wantText(answer)]);
      return;
    case 'sharing':
      setList(one, query.list, ['Common Ground', 'Only Here']);
      setList(other, query.list, wantYes(answer) ? ['Only There', 'Common Ground'] : ['Only There']);
      return;
    case 'same-list':
      setList(one, query.list, ['Common Ground', 'Also Common']);
      setList(other, query.list, wantYes(answer) ? ['Also Common', 'Common Ground'] : ['Common Ground']);
  }
}

/** The first has more; of release dates, the earlier one. */
function rank([high, low]: readonly [DraftFilm, DraftFilm], measure: Measure): void {
  if (measure === 'release_date') {
    high.releaseDate = '1994-06-15';
    low.releaseDate = '1999-02-01';
  } else if (measure === 'vote_average') {
    high.voteAverage = 8.71;
    low.voteAverage = 7.25;
  } else {
    high[measure] = 200_000_000;
    low[measure] = 90_000_000;
  }
}

function forcePeople(draft: Draft, query: Extract<Query, { people: People }>, answer: JsonValue): void {
  const [first, second] = query.people;
  if (query.kind === 'same-person') {
    const one = draft.person(first);
    draft.person(second, wantYes(answer) ? one.name : undefined);
    return;
  }
  const both = [draft.person(first), draft.person(second)];
  const join = (title: string): void => {
    for (const who of both) play(draft.film({ by: 'title', title }), who, `Guest of ${who.name}`);
  };
  for (const who of both) play(draft.film({ by: 'title', title: `Alone with ${who.name}` }), who, 'A Hermit');
  if (query.besides !== undefined) join(query.besides);
  if (query.named) join(wantText(answer));
  else if (wantYes(answer)) join('A Second Time');
}

function forcePerson(draft: Draft, query: Extract<Query, { person: PersonRef }>, answer: JsonValue): void {
  if (query.kind === 'person-fact') {
    if (query.fact === 'name') draft.person(query.person, wantName(answer));
    else setLife(draft.person(query.person), query.fact, wantText(answer));
    return;
  }
  const who = draft.person(query.person);
  switch (query.kind) {
    case 'character':
    case 'appears': {
      const film = draft.film(query.film);
      play(film, draft.stranger(), 'Somebody Else');
      if (query.kind === 'character') play(film, who, wantName(answer));
      else if (wantYes(answer)) play(film, who, 'A Visitor');
      return;
    }
    case 'appears-under':
      forceUnder(draft, [who, draft.person(query.director)], wantYes(answer));
      return;
    case 'mean-vote':
      for (const [place, step] of [-0.4, 0.4, -0.1, 0.1].entries())
        directed(draft, who, `Work ${place + 1}`).voteAverage = wantNumber(answer) + step;
      return;
    case 'best-of': {
      const best = directed(draft, who, wantText(answer));
      for (const title of ['An Early Work', 'A Late Work'])
        rank([best, directed(draft, who, title)], query.measure);
    }
  }
}

function forceUnder(
  draft: Draft,
  [who, director]: readonly [DraftPerson, DraftPerson],
  isTrue: boolean,
): void {
  const [one, other] = [
    directed(draft, director, 'With a Guest'),
    directed(draft, director, 'Without a Guest'),
  ];
  for (const film of [one, other]) play(film, draft.stranger(), 'A Regular');
  play(draft.film({ by: 'title', title: 'Elsewhere' }), who, 'A Wanderer');
  if (isTrue) play(one, who, 'The Guest');
}

function directed(draft: Draft, director: DraftPerson, title: string): DraftFilm {
  const film = draft.film({ by: 'title', title });
  hire(film, director, 'director');
  return film;
}

function setLife(person: DraftPerson, fact: Exclude<PersonFact, 'name'>, value: string): void {
  if (fact === 'biography') person.biography = value;
  else if (fact === 'birthday') person.birthday = value;
  else if (fact === 'place_of_birth') person.birthplace = value;
  else person.accounts = { ...person.accounts, [fact]: value };
}
