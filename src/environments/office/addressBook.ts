import type { Rng } from '../../contracts/seed.ts';
import type { Cast, Person } from './cast.ts';

export type Contact = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Number of the desk; empty when it is not known, as is every other member below. */
  readonly phone: string;
  readonly mobile: string;
  readonly organization: string;
  readonly job_title: string;
};

export type ContactDraft = Omit<Contact, 'id'>;

/** The user's contacts. */
export interface AddressBook {
  /** In the order of their names. */
  contacts(): readonly Contact[];
  find(id: string): Contact | undefined;
  add(draft: ContactDraft): Contact;
  /** Puts `contact` in the place of the one with its ID. */
  replace(contact: Contact): void;
}

export function createAddressBook(start: readonly Contact[]): AddressBook {
  let contacts = [...start].sort(byName);
  let added = 0;
  return {
    contacts: () => contacts,
    find: (id) => contacts.find((contact) => contact.id === id),
    add(draft) {
      const contact = { id: `contact-${++added}`, ...draft };
      contacts = [...contacts, contact].sort(byName);
      return contact;
    },
    replace(contact) {
      contacts = contacts.map((each) => (each.id === contact.id ? contact : each)).sort(byName);
    },
  };
}

function byName(a: Contact, b: Contact): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

const firmTitles = ['account manager', 'buyer', 'dispatcher', 'managing director', 'sales representative'];

/** Everybody the user has to do with, with numbers of their own. */
export function drawContacts(rng: Rng, { company, manager, colleagues, firms }: Cast): Contact[] {
  const people = [
    ...[manager, ...colleagues].map((person) => entry(person, company, person.role)),
    ...firms.map(({ name, contact }) => entry(contact, name, rng.pick(firmTitles))),
  ];
  const numbers = rng.sample(
    Array.from({ length: 800 }, (_, index) => index + 150),
    people.length * 2,
  );
  return people.map((person, index) => ({
    ...person,
    id: `c${rng.token(9)}`,
    phone: deskNumber(numbers[index * 2] ?? 0),
    mobile: mobileNumber(numbers[index * 2 + 1] ?? 0),
  }));
}

function entry({ name, address }: Person, organization: string, jobTitle: string) {
  return { name, email: address, organization, job_title: jobTitle };
}

/** Numbers come from the ranges that Ofcom keeps free for fiction; `last` has three digits. */
function deskNumber(last: number): string {
  return `+44 1632 960${last}`;
}

export function mobileNumber(last: number): string {
  return `+44 7700 900${last}`;
}
