/** A film, as a question names it. */
export type FilmRef =
  | { readonly by: 'title'; readonly title: string }
  /** The film in which somebody plays a character. */
  | { readonly by: 'role'; readonly person: PersonRef; readonly character: string }
  /** A film by a director, about all of these themes. */
  | { readonly by: 'director'; readonly person: PersonRef; readonly themes: readonly string[] }
  /** The film by which somebody first became known, as the biography says. */
  | { readonly by: 'first-noticed'; readonly person: PersonRef };

/** A person, as a question names it. */
export type PersonRef =
  | { readonly by: 'name'; readonly name: string }
  /** Who plays a character; the leading one when the character is `lead`. */
  | { readonly by: 'character'; readonly character: string; readonly film: FilmRef }
  | { readonly by: 'job'; readonly job: Job; readonly film: FilmRef };

export const jobs = {
  director: ['Director'],
  producer: ['Producer'],
  writer: ['Screenplay', 'Writer'],
  composer: ['Original Music Composer', 'Music'],
} as const;
export type Job = keyof typeof jobs;

/** Facts that films can be compared by. */
export type Measure = 'budget' | 'revenue' | 'vote_average' | 'release_date';
export type FilmList = 'genres' | 'companies' | 'countries' | 'keywords' | 'titles' | 'translations';
export type PersonFact =
  | 'name'
  | 'biography'
  | 'birthday'
  | 'place_of_birth'
  | 'imdb_id'
  | 'facebook_id'
  | 'instagram_id'
  | 'twitter_id';

export type Films = readonly [FilmRef, FilmRef];
export type People = readonly [PersonRef, PersonRef];

/** A question about a film world. */
export type Query =
  | { readonly kind: 'film-fact'; readonly film: FilmRef; readonly fact: Measure | 'title' }
  | { readonly kind: 'list' | 'any-listed'; readonly film: FilmRef; readonly list: FilmList }
  | { readonly kind: 'listed'; readonly film: FilmRef; readonly list: FilmList; readonly item: string }
  | { readonly kind: 'produced-by'; readonly film: FilmRef; readonly name: string }
  | { readonly kind: 'profit' | 'earned'; readonly film: FilmRef }
  /** The film with more of it (less of a release date). */
  | { readonly kind: 'more'; readonly films: Films; readonly measure: Measure }
  | { readonly kind: 'more-listed'; readonly films: Films; readonly list: FilmList }
  /** Whether the first has more than the second. */
  | { readonly kind: 'is-more'; readonly films: Films; readonly measure: Measure }
  /** Whether the lists share an item, are the same, and the one item they share. */
  | { readonly kind: 'sharing' | 'same-list' | 'shared'; readonly films: Films; readonly list: FilmList }
  | { readonly kind: 'actor-in-both'; readonly films: Films }
  | { readonly kind: 'person-fact'; readonly person: PersonRef; readonly fact: PersonFact }
  | { readonly kind: 'people'; readonly film: FilmRef; readonly job: Job; readonly all: boolean }
  | { readonly kind: 'is-job'; readonly film: FilmRef; readonly job: Job; readonly name: string }
  | { readonly kind: 'same-person'; readonly people: People }
  | { readonly kind: 'character' | 'appears'; readonly person: PersonRef; readonly film: FilmRef }
  | { readonly kind: 'appears-under'; readonly person: PersonRef; readonly director: PersonRef }
  /** Whether, or where, two people play together; `besides` names a film that does not count. */
  | { readonly kind: 'together'; readonly people: People; readonly besides?: string; readonly named: boolean }
  | { readonly kind: 'best-of'; readonly person: PersonRef; readonly measure: Measure }
  | { readonly kind: 'mean-vote'; readonly person: PersonRef }
  | { readonly kind: 'translation'; readonly film: FilmRef; readonly language: string }
  | { readonly kind: 'title-in'; readonly film: FilmRef; readonly country: string };
