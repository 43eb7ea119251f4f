import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/contracts/json.ts';
import { createSeed } from '../../../src/contracts/seed.ts';
import {
  type Contact,
  createAddressBook,
  drawContacts,
} from '../../../src/environments/office/addressBook.ts';
import { createCast } from '../../../src/environments/office/cast.ts';
import { contactsInfo, contactsService } from '../../../src/environments/office/contactsService.ts';
import { callOurs } from './support.ts';

function contact(id: string, change: Partial<Contact> = {}): Contact {
  return {
    id,
    name: `Person ${id}`,
    email: `${id}@larch-works.example`,
    phone: '1',
    mobile: '2',
    organization: 'Larch Works',
    job_title: 'sales',
    ...change,
  };
}

function open(...contacts: Contact[]) {
  const book = createAddressBook(contacts);
  const source = contactsService(book);
  if (source.kind !== 'tools') throw new Error('the contacts are a service of our own');
  return { book, source, call: (tool: string, args: JsonObject) => callOurs(source, tool, args) };
}

describe('reading', () => {
  test.each<[JsonObject, string[]]>([
    [{ query: 'person' }, ['a', 'b']],
    [{ query: 'PERSON buyer' }, ['b']],
    [{ query: 'a@larch' }, ['a']],
    [{ query: 'person', max_results: 1 }, ['a']],
    [{ query: 'nobody' }, []],
  ])('%j finds %j', async (args, expected) => {
    const { text } = await open(contact('b', { job_title: 'buyer' }), contact('a')).call(
      'search_contacts',
      args,
    );
    const { contacts } = JSON.parse(text) as { contacts: { id: string }[] };
    expect(contacts.map(({ id }) => id)).toEqual(expected);
  });

  test('only one entry in full shows numbers', async () => {
    const { call } = open(contact('a'));
    expect((await call('search_contacts', { query: 'a' })).text).not.toContain('mobile');
    expect(JSON.parse((await call('get_contact', { contact_id: 'a' })).text)).toEqual({
      contact: contact('a'),
    });
  });
});

describe('writing', () => {
  test('adds an entry under an ID of its own', async () => {
    const { call, book } = open(contact('a'));
    await call('create_contact', { name: 'New', email: 'new@x.example', mobile: '3' });
    expect(book.contacts()).toMatchObject([{ name: 'New', mobile: '3', phone: '' }, { id: 'a' }]);
  });

  test('a change leaves the rest as it is', async () => {
    const { call, book } = open(contact('a'), contact('b'));
    await call('update_contact', { contact_id: 'a', mobile: '9', organization: '' });
    expect(book.contacts()).toEqual([contact('a', { mobile: '9', organization: '' }), contact('b')]);
  });

  test.each<JsonObject>([{ email: 'nobody' }, { name: '' }, { phone: 7 }])('refuses %j', async (wrong) => {
    const { call, book } = open();
    const outcome = await call('create_contact', { name: 'New', email: 'new@x.example', ...wrong });
    expect(outcome.kind).toBe('tool-error');
    expect(book.contacts()).toEqual([]);
  });

  test.each(['get_contact', 'update_contact'])('%s says which contact is unknown', async (tool) => {
    const outcome = await open(contact('a')).call(tool, { contact_id: 'none' });
    expect(outcome.kind).toBe('tool-error');
    expect(outcome.text).toContain('none');
  });
});

test('the service offers the tools it is said to have', () => {
  expect(open().source.tools.map(({ name }) => name)).toEqual(contactsInfo.tools);
});

test('everybody but the user is there, with numbers of their own', () => {
  for (let seed = 0; seed < 20; seed++) {
    const cast = createCast(createSeed(seed).child('cast').rng());
    const contacts = drawContacts(createSeed(seed).child('contacts').rng(), cast);
    const numbers = contacts.flatMap(({ phone, mobile }) => [phone, mobile]);
    expect(contacts).toHaveLength(1 + cast.colleagues.length + cast.firms.length);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(contacts.map(({ email }) => email)).not.toContain(cast.user.address);
  }
});
