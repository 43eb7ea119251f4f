import type { FilmList, Films, Job, Measure, PersonFact } from '../queries.ts';
import { filmNamed } from './names.ts';

export const personFacts: Readonly<Record<string, PersonFact>> = {
  biography: 'biography',
  birthday: 'birthday',
  birthdate: 'birthday',
  'date of birth': 'birthday',
  'place of birth': 'place_of_birth',
  birthplace: 'place_of_birth',
  'imdb id': 'imdb_id',
  'facebook id': 'facebook_id',
  'instagram id': 'instagram_id',
  'twitter id': 'twitter_id',
};

const measures: Readonly<Record<string, Measure>> = {
  budget: 'budget',
  revenue: 'revenue',
  earnings: 'revenue',
  'box office': 'revenue',
  rating: 'vote_average',
  'vote average': 'vote_average',
  'average vote': 'vote_average',
  'average vote score': 'vote_average',
  'release date': 'release_date',
};
export const measureWords =
  'budget|revenue|earnings|box office|rating|average vote score|average vote|vote average|release date';

const lists: Readonly<Record<string, FilmList>> = {
  genre: 'genres',
  'production company': 'companies',
  'production country': 'countries',
  country: 'countries',
  keyword: 'keywords',
  'alternative title': 'titles',
  translation: 'translations',
};
export const listWords =
  'genres?|production compan(?:y|ies)|production countr(?:y|ies)|countr(?:y|ies)|keywords?|alternative titles?|translations?';

export const peoples: Readonly<Record<string, string>> = {
  American: 'United States of America',
  Australian: 'Australia',
  British: 'United Kingdom',
  Canadian: 'Canada',
  Chinese: 'China',
  Danish: 'Denmark',
  Dutch: 'Netherlands',
  French: 'France',
  German: 'Germany',
  Indian: 'India',
  Irish: 'Ireland',
  Italian: 'Italy',
  Japanese: 'Japan',
  Korean: 'South Korea',
  Mexican: 'Mexico',
  Norwegian: 'Norway',
  Polish: 'Poland',
  Russian: 'Russia',
  Spanish: 'Spain',
  Swedish: 'Sweden',
};

export const verbs: Readonly<Record<string, Job>> = {
  directed: 'director',
  'wrote the screenplay for': 'writer',
  wrote: 'writer',
  'composed the music for': 'composer',
  'composed the soundtrack for': 'composer',
  produced: 'producer',
  written: 'writer',
  director: 'director',
  producer: 'producer',
  writer: 'writer',
  composer: 'composer',
};

const single = (word: string): string => word.toLowerCase().replace(/ies$/, 'y').replace(/s$/, '');
export const listNamed = (word: string): FilmList => lists[single(word)] ?? 'keywords';
export const measureNamed = (word: string): Measure => measures[word.toLowerCase()] ?? 'revenue';

/** Two films, when both are understood. */
export function two(one: string, other: string): Films | undefined {
  const films = [filmNamed(one), filmNamed(other)];
  return films[0] && films[1] ? [films[0], films[1]] : undefined;
}
