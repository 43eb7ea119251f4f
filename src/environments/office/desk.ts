import { z } from 'zod';
import { SolutionStuck, textOf } from '../../contracts/agent.ts';
import type { Actor } from '../../contracts/environment.ts';
import type { ToolCall } from '../../contracts/goal.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { labeled } from '../kit/finding.ts';
import { readJson } from '../kit/reading.ts';
import { calendarInfo } from './calendarService.ts';
import { contactsInfo } from './contactsService.ts';
import { filesInfo } from './filesService.ts';
import { formatterInfo } from './formatter.ts';
import { addressIn } from './mailbox.ts';
import { mailInfo } from './mailService.ts';

interface MailHead {
  readonly id: string;
  /** The sender's address. */
  readonly from: string;
  readonly subject: string;
  readonly date: string;
}

const shownEvent = z.object({
  id: z.string(),
  summary: z.string(),
  start: z.object({ dateTime: z.string() }),
  end: z.object({ dateTime: z.string() }),
  attendees: z.array(z.object({ email: z.string() })),
});
const eventList = z.object({ events: z.array(shownEvent) });
const contactList = z.object({
  contacts: z.array(z.object({ id: z.string(), name: z.string(), email: z.string() })),
});
const oneContact = z.object({ contact: z.object({ phone: z.string(), mobile: z.string() }) });

type EventView = z.infer<typeof shownEvent>;
type ContactHead = z.infer<typeof contactList>['contacts'][number];

/** How reference solutions work: every step is one tool call, and only its text is read. */
export interface Desk {
  list(folder: string): Promise<string[]>;
  read(path: string): Promise<string>;
  write(path: string, content: string): Promise<void>;
  move(source: string, destination: string): Promise<void>;
  inbox(): Promise<MailHead[]>;
  search(query: string): Promise<MailHead[]>;
  mail(id: string): Promise<string>;
  attachment(mail: string, name: string): Promise<string>;
  send(to: readonly string[], subject: string, body: string): Promise<void>;
  reply(id: string, body: string): Promise<void>;
  archive(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** The events of a day, given as YYYY-MM-DD. */
  events(day: string): Promise<EventView[]>;
  createEvent(args: JsonObject): Promise<void>;
  updateEvent(args: JsonObject): Promise<void>;
  contacts(query: string): Promise<ContactHead[]>;
  contact(id: string): Promise<z.infer<typeof oneContact>['contact']>;
  createContact(args: JsonObject): Promise<void>;
  updateContact(args: JsonObject): Promise<void>;
  format(tool: string, args: JsonObject): Promise<string>;
}

export function createDesk(actor: Actor): Desk {
  const call = async (service: string, tool: string, args: JsonObject): Promise<string> =>
    textOf(await actor.call(service, tool, args));
  const files = (tool: string, args: JsonObject) => call(filesInfo.name, tool, args);
  const mail = (tool: string, args: JsonObject) => call(mailInfo.name, tool, args);
  const calendar = (tool: string, args: JsonObject) => call(calendarInfo.name, tool, args);
  const contacts = (tool: string, args: JsonObject) => call(contactsInfo.name, tool, args);
  const act = async (acting: Promise<string>): Promise<void> => void (await acting);
  return {
    list: async (path) => fileNames(await files('list_directory', { path })),
    read: (path) => files('read_text_file', { path }),
    write: (path, content) => act(files('write_file', { path, content })),
    move: (source, destination) => act(files('move_file', { source, destination })),
    inbox: async () => mailHeads(await mail('list_mails', { folder: 'inbox', limit: 100 })),
    search: async (query) => mailHeads(await mail('search_mails', { query })),
    mail: (id) => mail('read_mail', { id }),
    attachment: (id, name) => mail('read_attachment', { mail_id: id, name }),
    send: (to, subject, body) => act(mail('send_mail', { to, subject, body })),
    reply: (id, body) => act(mail('reply_mail', { id, body })),
    archive: (id) => act(mail('move_mail', { id, folder: 'archive' })),
    remove: (id) => act(mail('delete_mail', { id })),
    events: async (day) => (await readJson(actor, eventsOf(day), eventList)).events,
    createEvent: (args) => act(calendar('create_event', args)),
    updateEvent: (args) => act(calendar('update_event', args)),
    contacts: async (query) => (await readJson(actor, contactsWith(query), contactList)).contacts,
    contact: async (id) => (await readJson(actor, contactWith(id), oneContact)).contact,
    createContact: (args) => act(contacts('create_contact', args)),
    updateContact: (args) => act(contacts('update_contact', args)),
    format: (tool, args) => call(formatterInfo.name, tool, args),
  };
}

function eventsOf(day: string): ToolCall {
  const times = { time_min: `${day}T00:00:00`, time_max: `${day}T23:59:00` };
  return { service: calendarInfo.name, tool: 'list_events', arguments: times };
}

function contactsWith(query: string): ToolCall {
  return { service: contactsInfo.name, tool: 'search_contacts', arguments: { query, max_results: 100 } };
}

function contactWith(id: string): ToolCall {
  return { service: contactsInfo.name, tool: 'get_contact', arguments: { contact_id: id } };
}

function fileNames(listing: string): string[] {
  return listing
    .split('\n')
    .filter((line) => line.startsWith('[FILE] '))
    .map((line) => line.slice('[FILE] '.length));
}

function mailHeads(listing: string): MailHead[] {
  return listing
    .split('\n\n')
    .filter((block) => block.startsWith('ID: '))
    .map((block) => ({
      id: labeled(block, 'ID'),
      from: addressIn(labeled(block, 'From')),
      subject: labeled(block, 'Subject'),
      date: labeled(block, 'Date').slice(0, 10),
    }));
}

/** The lines from the one that begins with `first` to the next that begins with `last`, both included. */
export function passage(text: string, first: string, last: string): string {
  const lines = text.split('\n');
  const begin = lines.findIndex((line) => line.startsWith(first));
  const length = lines.slice(Math.max(begin, 0)).findIndex((line) => line.startsWith(last));
  if (begin < 0 || length < 0) throw new SolutionStuck(`There is no passage from "${first}" to "${last}"`);
  return lines.slice(begin, begin + length + 1).join('\n');
}

/** The rows of a CSV text under the line equal to `header`, each by column. */
export function csvRows<Column extends string>(
  text: string,
  header: readonly Column[],
): Record<Column, string>[] {
  const lines = text.split('\n');
  const begin = lines.indexOf(header.join(',')) + 1;
  if (begin === 0) throw new SolutionStuck(`There is no table with the columns ${header.join(', ')}`);
  const rows: Record<Column, string>[] = [];
  for (const line of lines.slice(begin)) {
    const cells = line.split(',');
    if (cells.length !== header.length) break;
    rows.push(
      Object.fromEntries(header.map((name, index) => [name, cells[index]])) as Record<Column, string>,
    );
  }
  return rows;
}

/** The rows as CSV text with a header line. */
export function csvText(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return `${[header, ...rows].map((row) => row.join(',')).join('\n')}\n`;
}
