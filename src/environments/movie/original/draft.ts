import type { Rng } from '../../../contracts/seed.ts';
import { personName, placeName } from '../../kit/queries/names.ts';
import { type Archive, createArchive, type Film, type Person, plainName } from '../archive.ts';
import { firstNoticed, makeFilmTitle } from '../makeArchive.ts';
import { type FilmRef, type Job, jobs, type PersonRef } from '../queries.ts';

/** What can still be changed. */
export type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
export type DraftFilm = Writable<Film>;
export type DraftPerson = Writable<Person>;

/** A film world in the making, in which everything is filled in that nothing is said about. */
export interface Draft {
  /** The film that a question means, made when there is none yet; `title` names one that the question does not. */
  film(ref: FilmRef, title?: string): DraftFilm;
  /** The person that a question means, made when there is none yet; `name` names one that the question does not. */
  person(ref: PersonRef, name?: string): DraftPerson;
  stranger(): DraftPerson;
  archive(): Archive;
}

export function play(film: DraftFilm, { id }: DraftPerson, character: string): void {
  film.cast = [...film.cast, { person: id, character }];
}

export function hire(film: DraftFilm, { id }: DraftPerson, job: Job): void {
  film.crew = [...film.crew, { person: id, job: jobs[job][0] }];
}

export function createDraft(rng: Rng): Draft {
  const films = new Map<string, DraftFilm>();
  const people = new Map<string, DraftPerson>();
  const titled = (title: string): DraftFilm =>
    known(films, title, () => blankFilm(rng, { id: 900 + films.size, title }));
  const called = (name: string): DraftPerson =>
    known(people, name, () => {
      // A family name alone, as of the brothers of that name, belongs to somebody with a full name.
      const full = name.includes(' ') ? name : `${personName(rng).split(' ', 1).join()} ${name}`;
      return blankPerson(rng, { id: 70 + people.size, name: full });
    });
  const newFilm = (title?: string): DraftFilm => titled(title ?? unused(films, () => makeFilmTitle(rng)));
  const stranger = (name?: string): DraftPerson => called(name ?? unused(people, () => personName(rng)));
  const draft: Draft = {
    film(ref, title) {
      if (ref.by === 'title') return titled(ref.title);
      const who = draft.person(ref.person);
      // The other film is a wrong way to go, and comes first.
      const [other, film] = [newFilm(), newFilm(title)];
      if (ref.by === 'role') {
        play(other, who, personName(rng));
        play(film, who, ref.character);
      } else if (ref.by === 'director') {
        if (ref.themes.length > 0) hire(other, who, 'director');
        other.keywords = [...other.keywords, ...ref.themes.slice(1)];
        hire(film, who, 'director');
        film.keywords = [...film.keywords, ...ref.themes];
      } else {
        play(other, who, personName(rng));
        play(film, who, personName(rng));
        who.biography = `${who.biography} ${firstNoticed(film.title)}`;
      }
      return film;
    },
    person(ref, name) {
      if (ref.by === 'name') return called(ref.name);
      const film = draft.film(ref.film);
      const who = stranger(name);
      if (ref.by === 'job') hire(film, who, ref.job);
      else {
        const isLead = ref.character === 'lead';
        if (!isLead) play(film, stranger(), personName(rng));
        play(film, who, isLead ? personName(rng) : ref.character);
      }
      return who;
    },
    stranger,
    archive: () => createArchive([...films.values()], [...people.values()]),
  };
  return draft;
}

function known<Item>(items: Map<string, Item>, name: string, make: () => Item): Item {
  const key = plainName(name);
  const item = items.get(key) ?? make();
  items.set(key, item);
  return item;
}

function unused(items: ReadonlyMap<string, unknown>, make: () => string): string {
  const name = make();
  return items.has(plainName(name)) ? unused(items, make) : name;
}

function blankFilm(rng: Rng, { id, title }: Pick<Film, 'id' | 'title'>): DraftFilm {
  const place = placeName(rng);
  return {
    id,
    title,
    overview: `A story from ${place}.`,
    budget: rng.int(10, 90) * 1_000_000,
    revenue: rng.int(10, 90) * 1_000_000,
    voteAverage: rng.int(4_000, 6_000) / 1_000,
    releaseDate: `20${rng.int(10, 20)}-0${rng.int(1, 9)}-15`,
    genres: ['Drama'],
    companies: [`${place} Pictures`],
    countries: ['Ireland'],
    keywords: [`${place} by night`.toLowerCase()],
    cast: [],
    crew: [],
    otherTitles: [{ country: 'Norway', title: `${title} (${place})` }],
    translations: [{ language: 'English', overview: `A story from ${place}.` }],
  };
}

function blankPerson(rng: Rng, { id, name }: Pick<Person, 'id' | 'name'>): DraftPerson {
  const birthplace = `${placeName(rng)}, Norway`;
  return {
    id,
    name,
    biography: `${name} was born in ${birthplace}.`,
    birthday: `19${rng.int(50, 90)}-0${rng.int(1, 9)}-11`,
    birthplace,
    accounts: {
      imdb_id: `nm${rng.int(1_000_000, 9_999_999)}`,
      facebook_id: null,
      instagram_id: null,
      twitter_id: null,
    },
  };
}
