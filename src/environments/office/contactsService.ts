import { z } from 'zod';
import {
  defineTool,
  type ServiceInfo,
  type ServiceSource,
  type ToolResult,
} from '../../contracts/service.ts';
import { adding, failure, jsonResult, reading, replacing } from '../kit/results.ts';
import { address } from './address.ts';
import type { AddressBook, Contact } from './addressBook.ts';

export const contactsInfo: ServiceInfo = {
  name: 'contacts',
  title: "The user's contacts",
  tools: ['search_contacts', 'get_contact', 'create_contact', 'update_contact'],
};

const contactId = z.string().max(64).describe('ID of the contact, from search_contacts');
const name = z.string().min(1).max(200);
const word = z.string().max(200);
const number = z.string().max(40).describe('A telephone number');

export function contactsService(book: AddressBook): ServiceSource {
  return {
    kind: 'tools',
    name: contactsInfo.name,
    tools: [...readingTools(book), ...writingTools(book)],
  };
}

function readingTools(book: AddressBook) {
  return [
    defineTool({
      name: 'search_contacts',
      title: 'Search contacts',
      description:
        'Finds contacts in whose name, address, organization or job title every word of the query occurs; case does not matter.',
      input: z.object({
        query: z.string().min(1).max(200),
        max_results: z.number().int().min(1).max(100).default(10),
      }),
      annotations: reading,
      run({ query, max_results }) {
        const words = query.toLowerCase().split(/\s/).filter(Boolean);
        const found = book.contacts().filter((contact) => {
          const text = searched(contact);
          return words.every((each) => text.includes(each));
        });
        return jsonResult({ contacts: found.slice(0, max_results).map(shortView), total: found.length });
      },
    }),
    defineTool({
      name: 'get_contact',
      title: 'Get a contact',
      description: 'Shows one contact in full, with telephone numbers.',
      input: z.object({ contact_id: contactId }),
      annotations: reading,
      run: ({ contact_id }) => withContact(book, contact_id, (contact) => jsonResult({ contact })),
    }),
  ];
}

function writingTools(book: AddressBook) {
  return [
    defineTool({
      name: 'create_contact',
      title: 'Create a contact',
      description: 'Adds a contact.',
      input: z.object({
        name,
        email: address,
        phone: number.default(''),
        mobile: number.default(''),
        organization: word.default(''),
        job_title: word.default(''),
      }),
      annotations: adding,
      run: (draft) => jsonResult({ contact: book.add(draft) }),
    }),
    defineTool({
      name: 'update_contact',
      title: 'Change a contact',
      description: 'Changes the given fields of a contact and leaves the others as they are.',
      input: z.object({
        contact_id: contactId,
        name: name.optional(),
        email: address.optional(),
        phone: number.optional(),
        mobile: number.optional(),
        organization: word.optional(),
        job_title: word.optional(),
      }),
      annotations: replacing,
      run: ({ contact_id, ...changes }) =>
        withContact(book, contact_id, (old) => {
          const contact: Contact = {
            id: old.id,
            name: changes.name ?? old.name,
            email: changes.email ?? old.email,
            phone: changes.phone ?? old.phone,
            mobile: changes.mobile ?? old.mobile,
            organization: changes.organization ?? old.organization,
            job_title: changes.job_title ?? old.job_title,
          };
          book.replace(contact);
          return jsonResult({ contact });
        }),
    }),
  ];
}

function searched({ name: called, email, organization, job_title }: Contact): string {
  return [called, email, organization, job_title].join('\n').toLowerCase();
}

function shortView({ id, name: called, email, organization }: Contact) {
  return { id, name: called, email, organization };
}

function withContact(book: AddressBook, id: string, use: (contact: Contact) => ToolResult): ToolResult {
  const contact = book.find(id);
  return contact ? use(contact) : failure(`There is no contact ${id}. search_contacts shows the IDs.`);
}
