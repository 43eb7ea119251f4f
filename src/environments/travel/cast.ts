import type { Rng } from '../../contracts/seed.ts';
import { fullNames } from '../kit/people.ts';

/** Someone who travels, the places that matter, and the present day. */
export interface Cast {
  readonly user: { readonly name: string; readonly email: string };
  /** People who write reviews; no two share a name. */
  readonly guests: readonly string[];
  /** Where the user lives. */
  readonly home: string;
  /** Where tasks lead. */
  readonly cities: readonly string[];
  /** A city that no task has to do with. */
  readonly elsewhere: string;
  /** The date so many days from the present day, as YYYY-MM-DD. */
  readonly day: (offset: number) => string;
}

/** The cities that the platform serves, with the codes of their airports. */
export const airports: Readonly<Record<string, string>> = {
  Antwerp: 'ANR',
  Bergen: 'BGO',
  Bilbao: 'BIO',
  Bologna: 'BLQ',
  Bordeaux: 'BOD',
  Cork: 'ORK',
  Dresden: 'DRS',
  Gdansk: 'GDN',
  Ghent: 'GNE',
  Graz: 'GRZ',
  Linz: 'LNZ',
  Nantes: 'NTE',
  Porto: 'OPO',
  Riga: 'RIX',
  Tampere: 'TMP',
  Tartu: 'TAY',
  Trieste: 'TRS',
  Turin: 'TRN',
};

const guestCount = 12;
const cityCount = 4;
const dayMs = 86_400_000;

export function createCast(rng: Rng): Cast {
  const [name = '', ...guests] = fullNames(rng, guestCount + 1);
  const [home = '', elsewhere = '', ...cities] = rng.sample(Object.keys(airports), cityCount + 2);
  const today = Date.UTC(2026, rng.int(1, 10), rng.int(3, 26));
  return {
    user: { name, email: `${name.replace(' ', '.').toLowerCase()}@mail.example` },
    guests,
    home,
    cities,
    elsewhere,
    day: (offset) => new Date(today + offset * dayMs).toISOString().slice(0, 10),
  };
}
