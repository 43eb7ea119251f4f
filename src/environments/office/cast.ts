import type { Rng } from '../../contracts/seed.ts';

/** Someone who reads and writes mail. */
export interface Person {
  readonly name: string;
  readonly address: string;
}

export interface Colleague extends Person {
  readonly role: string;
  /** Number of the desk's telephone, four digits. */
  readonly extension: number;
}

/** A supplier or customer. */
interface Firm {
  readonly name: string;
  readonly contact: Person;
}

/** The people and firms of one office, and its present day. */
export interface Cast {
  readonly company: string;
  readonly user: Colleague;
  readonly manager: Colleague;
  /** Everybody else in the office; no two people share a name or an extension. */
  readonly colleagues: readonly Colleague[];
  /** No two firms share a name. */
  readonly firms: readonly Firm[];
  /** The date so many days from the present day, as YYYY-MM-DD. */
  readonly day: (offset: number) => string;
}

const firstNames =
  'Mara Jonas Priya Tomas Aisha Felix Noor Greta Diego Hanna Ivo Keiko Lena Marcus Nadia Oskar Paula Rafael Selma Viktor Yara Anton Bianca Cem'.split(
    ' ',
  );
const lastNames =
  'Lindqvist Okafor Brandt Castillo Haddad Novak Iyer Petrov Sorensen Tanaka Whitlock Moreau Keller Duarte Ferris Galvan Holt Jansen Kowalski Laurent Meyer Quist'.split(
    ' ',
  );
const firmNames =
  'Alder Birch Cobalt Dorset Ember Falcon Granite Harbor Indigo Juniper Larch Marble Nimbus Orchard Pewter Quarry'.split(
    ' ',
  );
const firmKinds = ['Works', 'Logistics', 'Supplies', 'Print', 'Foods', 'Tools', 'Textiles', 'Glass'];
const roles = ['accounts', 'sales', 'purchasing', 'legal', 'support', 'facilities'];

const colleagueCount = 7;
const firmCount = 6;
const dayMs = 86_400_000;

export function createCast(rng: Rng): Cast {
  const names = people(rng, colleagueCount + 2 + firmCount);
  const brands = rng.sample(firmNames, firmCount + 1).map((brand) => `${brand} ${rng.pick(firmKinds)}`);
  const company = brands[0] as string;
  const extensions = rng.sample(
    Array.from({ length: 90 }, (_, index) => 4105 + index * 7),
    names.length,
  );
  const staff = names.slice(0, colleagueCount + 2).map(
    (name, index): Colleague => ({
      name,
      address: addressOf(name, company),
      role: index === 1 ? 'head of department' : rng.pick(roles),
      extension: extensions[index] as number,
    }),
  );
  const [user, manager, ...colleagues] = staff as [Colleague, Colleague, ...Colleague[]];
  const firms = brands.slice(1).map((name, index): Firm => {
    const contact = names[staff.length + index] as string;
    return { name, contact: { name: contact, address: addressOf(contact, name) } };
  });
  const today = Date.UTC(2026, rng.int(1, 10), rng.int(10, 24));
  return {
    company,
    user,
    manager,
    colleagues,
    firms,
    day: (offset) => new Date(today + offset * dayMs).toISOString().slice(0, 10),
  };
}

/** Full names; no two share a first or a last name, so that either part names one person. */
function people(rng: Rng, count: number): string[] {
  const last = rng.sample(lastNames, count);
  return rng.sample(firstNames, count).map((first, index) => `${first} ${last[index] as string}`);
}

/** Addresses live under a reserved top-level domain (RFC 2606). */
export function addressOf(name: string, company: string): string {
  return `${name.replace(' ', '.')}@${company.replace(' ', '-')}.example`.toLowerCase();
}

/** A person as mail headers show them. */
export function mailName({ name, address }: Person): string {
  return `${name} <${address}>`;
}
