import { describe, expect, test } from 'vitest';
import { createArchive, type Film, type Person } from '../../../src/environments/movie/archive.ts';
import { openMovies } from '../../../src/environments/movie/functions.ts';
import { said, saidOriginally } from '../kit/queries/support.ts';

function person(id: number, name: string): Person {
  const accounts = { imdb_id: `nm${id}`, facebook_id: null, instagram_id: 'i', twitter_id: null };
  return {
    id,
    name,
    biography: `About ${name}`,
    birthday: '1970-01-02',
    birthplace: 'Holm, Norway',
    accounts,
  };
}

function film(id: number, title: string, more: Partial<Film> = {}): Film {
  return {
    id,
    title,
    overview: `About ${title}`,
    budget: 10,
    revenue: 20,
    voteAverage: 7,
    releaseDate: '2020-05-06',
    genres: ['Comedy', 'War'],
    companies: ['Holm Films'],
    countries: ['Norway', 'Elsewhere'],
    keywords: ['ice'],
    cast: [],
    crew: [],
    otherTitles: [{ country: 'Norway', title: 'Isen II' }],
    translations: [{ language: 'German', overview: 'Eis' }],
    ...more,
  };
}

const many = [...Array(12).keys()];
const people = [
  ...many.map((place) => person(100 + place, `Actor ${place}`)),
  person(1, 'Edda Holm'),
  person(2, 'Jan Moor'),
];
const films = [
  film(11, 'The Ice', {
    cast: many.map((place) => ({ person: 100 + place, character: `Part ${place}` })),
    crew: [
      ...many.map((place) => ({ person: 100 + place, job: 'Stunts' })),
      { person: 1, job: 'Director' },
      { person: 1, job: 'Editor' },
      { person: 2, job: 'Producer' },
    ],
  }),
  ...many.map((place) =>
    film(20 + place, `Ice ${place}`, { cast: [{ person: 1, character: `Role ${place}` }] }),
  ),
];
const session = openMovies(createArchive(films, people));
const list = (name: string, id: number | string): Record<string, unknown> => {
  const argument = name.startsWith('get_person') ? 'person_id' : 'movie_id';
  return said(session, name, { [argument]: String(id) }) as Record<string, unknown>;
};

describe('searching', () => {
  test.each([
    ['the ice', 11],
    ['ISEN II', 11],
    ['The, Ice!', 11],
    ['ice 3', 23],
    ['ice', 11],
  ])('%s finds %i', (movie_name, id) => {
    expect(said(session, 'get_search_movie', { movie_name })).toMatchObject({ id });
  });

  test('gives one hit, or an error', () => {
    expect(said(session, 'get_search_movie', { movie_name: 'The Ice' })).toEqual({
      id: 11,
      overview: 'About The Ice',
      title: 'The Ice',
    });
    expect(said(session, 'get_search_person', { person_name: 'holm' })).toEqual({ id: 1, name: 'Edda Holm' });
    expect(said(session, 'get_search_movie', { movie_name: 'Fire' })).toBe(
      'error: There is no movie like Fire.',
    );
    expect(said(session, 'get_search_person', { person_name: '!' })).toBe(
      'error: There is no person like !.',
    );
  });

  test('gives lists in the original form', () => {
    expect(saidOriginally(session, 'get_search_movie', { movie_name: 'ice 3' })).toMatchObject([{ id: 23 }]);
    expect(saidOriginally(session, 'get_search_movie', { movie_name: 'Fire' })).toBe(
      'error: ERROR | IndexError(list index out of range)',
    );
    expect(saidOriginally(session, 'get_search_person', { person_name: 'nobody' })).toEqual([]);
  });
});

describe('the facts', () => {
  test('about a film', () => {
    expect(list('get_movie_details', 11)).toEqual({
      title: 'The Ice',
      budget: 10,
      genres: [
        { id: 4, name: 'Comedy' },
        { id: 17, name: 'War' },
      ],
      revenue: 20,
      vote_average: 7,
      release_date: '2020-05-06',
    });
    expect(list('get_movie_production_companies', 11)).toEqual({
      production_companies: [{ name: 'Holm Films' }],
    });
    expect(list('get_movie_production_countries', 11)).toEqual({
      production_countries: [
        { iso_3166_1: 'NO', name: 'Norway' },
        { iso_3166_1: 'XX', name: 'Elsewhere' },
      ],
    });
    expect(list('get_movie_keywords', 11)).toEqual({ keywords: ['ice'] });
    expect(list('get_movie_alternative_titles', 11)).toEqual({
      id: 11,
      titles: [{ iso_3166_1: 'NO', title: 'Isen II', type: '' }],
    });
    expect(list('get_movie_translation', 11)).toMatchObject({
      id: 11,
      translations: [{ iso_639_1: 'de', english_name: 'German', data: { overview: 'Eis' } }],
    });
  });

  test('about a person', () => {
    expect(list('get_person_details', 1)).toEqual({
      name: 'Edda Holm',
      biography: 'About Edda Holm',
      birthday: '1970-01-02',
      place_of_birth: 'Holm, Norway',
    });
    expect(list('get_person_external_ids', 1)).toEqual({
      imdb_id: 'nm1',
      facebook_id: null,
      instagram_id: 'i',
      twitter_id: null,
    });
  });

  test('show ten credits; those who lead a crew come first and once', () => {
    expect(list('get_movie_cast', 11)['cast']).toHaveLength(10);
    const crew = list('get_movie_crew', 11)['crew'] as { name: string; job: string }[];
    expect(crew.slice(0, 2).map(({ name, job }) => `${name}: ${job}`)).toEqual([
      'Edda Holm: Director',
      'Jan Moor: Producer',
    ]);
    expect(crew).toHaveLength(10);
    expect(crew.map(({ job }) => job)).not.toContain('Editor');
    expect(list('get_person_cast', 1)['cast']).toHaveLength(10);
    expect(list('get_person_crew', 1)['crew']).toEqual([
      { id: 11, title: 'The Ice', job: 'Director' },
      { id: 11, title: 'The Ice', job: 'Editor' },
    ]);
  });

  test.each(['12', '1e1', 'The Ice', '-11'])('refuse the id %s', (id) => {
    expect(list('get_movie_details', id)).toBe(`error: There is no movie with the id ${id}.`);
    expect(list('get_person_cast', id)).toBe(`error: There is no person with the id ${id}.`);
  });
});
