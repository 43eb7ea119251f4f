import type { Rng } from '../../contracts/seed.ts';
import { fullNames } from '../kit/people.ts';
import { drawIban } from './iban.ts';
import type { Rates } from './payTools.ts';
import type { Account } from './store.ts';

/** Someone who can be paid. */
export interface Party {
  readonly name: string;
  readonly iban: string;
}

/** A freelancer with everybody who sends bills, and the present day. No two parties share a name or an IBAN. */
export interface Cast {
  readonly user: string;
  readonly customerNumber: string;
  readonly bookkeeper: string;
  readonly business: Account;
  readonly reserve: Account;
  readonly personal: Account;
  /** Firms that are saved as payees. */
  readonly suppliers: readonly Party[];
  /** Firms that are not. */
  readonly newcomers: readonly Party[];
  /** People who are not saved as payees. */
  readonly friends: readonly Party[];
  /** Has nothing to do with any task. */
  readonly insurer: Party;
  readonly rates: Rates;
  /** The date so many days from the present day, as YYYY-MM-DD. */
  readonly day: (offset: number) => string;
}

const brands =
  'Amber Basalt Cedar Delta Elm Fjord Garnet Hazel Iris Jade Kestrel Linden Maple Nova Opal Pine'.split(' ');
const trades = ['Hosting', 'Print', 'Studio', 'Supplies', 'Legal', 'Couriers', 'Telecom', 'Software'];
const counts = { suppliers: 5, newcomers: 3, friends: 5 };
const dayMs = 86_400_000;

export function createCast(rng: Rng): Cast {
  const [user = '', bookkeeper = '', ...people] = fullNames(rng, counts.friends + 2);
  const party = (name: string): Party => ({ name, iban: drawIban(rng) });
  const firms = rng
    .sample(brands, counts.suppliers + counts.newcomers + 1)
    .map((brand) => party(`${brand} ${rng.pick(trades)}`));
  const account = (name: string, low: number): Account => ({
    id: `acc-${rng.token(6)}`,
    ...party(name),
    cents: rng.int(low, low * 2),
  });
  const today = Date.UTC(2026, rng.int(2, 10), rng.int(10, 24));
  return {
    user,
    bookkeeper,
    customerNumber: String(rng.int(10_000_000, 99_999_999)),
    business: account('Business', 4_000_000),
    reserve: account('Tax reserve', 1_500_000),
    personal: account('Personal', 600_000),
    suppliers: firms.slice(0, counts.suppliers),
    newcomers: firms.slice(counts.suppliers, -1),
    friends: people.map(party),
    insurer: firms.at(-1) ?? party('Insurance'),
    rates: {
      CHF: rng.int(9000, 9900) / 10_000,
      GBP: rng.int(8200, 8900) / 10_000,
      SEK: rng.int(108_000, 118_000) / 10_000,
      USD: rng.int(10_400, 11_900) / 10_000,
    },
    day: (offset) => new Date(today + offset * dayMs).toISOString().slice(0, 10),
  };
}
