import type { Rng } from '../../contracts/seed.ts';

const firstNames =
  'Adele Basil Carla Dario Edda Fabio Gwen Henk Irina Jorge Kaja Lorenz Mina Nico Olga Petra Quinn Rosa Stefan Tilda Ugo Vera Wanda Xaver Ylva Zeno'.split(
    ' ',
  );
const lastNames =
  'Abbott Bernal Carver Dietz Engel Foster Gruber Hansen Ibarra Jolie Kemp Larsen Mercer Nowak Olsen Pereira Quint Reyes Stahl Tamm Ulrich Vance Weber Xenos Yilmaz Zander'.split(
    ' ',
  );

/** Full names, at most 26; no two share a first or a last name, so that either part names one person. */
export function fullNames(rng: Rng, count: number): string[] {
  const last = rng.sample(lastNames, count);
  return rng.sample(firstNames, count).map((first, index) => `${first} ${last[index] ?? ''}`);
}
