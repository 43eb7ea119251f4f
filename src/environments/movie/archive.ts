export interface Person {
  readonly id: number;
  readonly name: string;
  readonly biography: string;
  /** YYYY-MM-DD. */
  readonly birthday: string;
  readonly birthplace: string;
  readonly accounts: Accounts;
}

/** Ids of a person elsewhere; null when there is none. */
export interface Accounts {
  readonly imdb_id: string | null;
  readonly facebook_id: string | null;
  readonly instagram_id: string | null;
  readonly twitter_id: string | null;
}

export interface Film {
  readonly id: number;
  readonly title: string;
  readonly overview: string;
  /** US dollars. */
  readonly budget: number;
  /** US dollars. */
  readonly revenue: number;
  /** 0 to 10. */
  readonly voteAverage: number;
  /** YYYY-MM-DD. */
  readonly releaseDate: string;
  readonly genres: readonly string[];
  readonly companies: readonly string[];
  /** Names of countries. */
  readonly countries: readonly string[];
  readonly keywords: readonly string[];
  /** The most important first. */
  readonly cast: readonly { readonly person: number; readonly character: string }[];
  readonly crew: readonly { readonly person: number; readonly job: string }[];
  readonly otherTitles: readonly { readonly country: string; readonly title: string }[];
  readonly translations: readonly { readonly language: string; readonly overview: string }[];
}

/** Something that a person had a part in. */
export interface Credit {
  readonly film: Film;
  /** The character played, or the job done. */
  readonly part: string;
}

/** Films and people; never changed. */
export interface Archive {
  readonly films: ReadonlyMap<number, Film>;
  readonly people: ReadonlyMap<number, Person>;
  /** The film that a search for this name finds. */
  findFilm(name: string): Film | undefined;
  findPerson(name: string): Person | undefined;
  roles(person: number): readonly Credit[];
  jobs(person: number): readonly Credit[];
}

/** Films and people stand in the order in which a search prefers them. */
export function createArchive(films: readonly Film[], people: readonly Person[]): Archive {
  const roles = new Map<number, Credit[]>();
  const jobs = new Map<number, Credit[]>();
  for (const film of films) {
    for (const { person, character } of film.cast) addTo(roles, person, { film, part: character });
    for (const { person, job } of film.crew) addTo(jobs, person, { film, part: job });
  }
  const findFilm = createSearch(films, (film) => [film.title, ...film.otherTitles.map(({ title }) => title)]);
  return {
    films: new Map(films.map((film) => [film.id, film])),
    people: new Map(people.map((person) => [person.id, person])),
    findFilm,
    findPerson: createSearch(people, ({ name }) => [name]),
    roles: (person) => roles.get(person) ?? [],
    jobs: (person) => jobs.get(person) ?? [],
  };
}

function addTo(credits: Map<number, Credit[]>, person: number, credit: Credit): void {
  const known = credits.get(person);
  if (known) known.push(credit);
  else credits.set(person, [credit]);
}

/** Finds an item by its first name, else by another name, else the first whose first name has all the words. */
function createSearch<Item>(
  items: readonly Item[],
  namesOf: (item: Item) => readonly string[],
): (name: string) => Item | undefined {
  const exact = new Map<string, Item>();
  const others = new Map<string, Item>();
  for (const item of items) {
    const [first = '', ...more] = namesOf(item).map(plainName);
    if (!exact.has(first)) exact.set(first, item);
    for (const name of more) if (!others.has(name)) others.set(name, item);
  }
  return (name) => {
    const wanted = plainName(name);
    if (wanted === '') return undefined;
    return exact.get(wanted) ?? others.get(wanted) ?? withAllWords(exact, wanted);
  };
}

function withAllWords<Item>(items: ReadonlyMap<string, Item>, wanted: string): Item | undefined {
  const words = wanted.split(' ');
  for (const [name, item] of items) {
    const own = name.split(' ');
    if (words.every((word) => own.includes(word))) return item;
  }
  return undefined;
}

/** Letters and digits in lower case, with single blanks between words. */
export function plainName(name: string): string {
  return name
    .slice(0, 300)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
