import { type Fact, type Statement, sameText, states } from '../kit/facts.ts';
import type { Contact, ContactDraft } from './addressBook.ts';
import { type CalendarEvent, type Invitation, inOrder } from './calendar.ts';
import { type Mail, type MailFolder, mailText, recipientsOf } from './mailbox.ts';
import type { FileTree } from './workFolder.ts';

/** All that can change in an office. */
export interface OfficeState {
  readonly files: FileTree;
  readonly mails: readonly Mail[];
  /** Mails that have left. */
  readonly outbox: readonly Mail[];
  readonly events: readonly CalendarEvent[];
  /** Invitations that have left. */
  readonly invitations: readonly Invitation[];
  readonly contacts: readonly Contact[];
  /** Addresses to which all mail is forwarded. */
  readonly forwarding: readonly string[];
}

/**
 * Names one thing that can change: `file:PATH`, `mail:ID`, `event:ID`, `contact:ID`. The IDs of new events and
 * contacts are not known before, so these are named `new-event:START` and `new-contact:ADDRESS`.
 */
export type Thing = `${'file' | 'mail' | 'event' | 'new-event' | 'contact' | 'new-contact'}:${string}`;

/** One thing that a task asks for. */
export interface Effect {
  met(now: OfficeState): boolean;
  /** What the task allows to change for it. */
  readonly touches: readonly Thing[];
  /** Addresses the task gives a reason to write to. */
  readonly recipients: readonly string[];
}

export function fileHolds(path: string, text: string): Effect {
  return {
    met: ({ files }) => sameText(files[path] ?? '', text),
    touches: [`file:${path}`],
    recipients: [],
  };
}

export function fileMoved(from: string, to: string, text: string): Effect {
  return {
    met: ({ files }) => !(from in files) && sameText(files[to] ?? '', text),
    touches: [`file:${from}`, `file:${to}`],
    recipients: [],
  };
}

export function mailMoved(id: string, folder: MailFolder): Effect {
  return {
    met: ({ mails }) => mails.find((mail) => mail.id === id)?.folder === folder,
    touches: [`mail:${id}`],
    recipients: [],
  };
}

export function mailDeleted(id: string): Effect {
  return {
    met: ({ mails }) => !mails.some((mail) => mail.id === id),
    touches: [`mail:${id}`],
    recipients: [],
  };
}

/** Mails that look as if they were meant too stay where they are. */
export function mailsKept(kept: readonly Mail[]): Effect {
  return {
    met: ({ mails }) =>
      kept.every(({ id, folder }) => mails.some((mail) => mail.id === id && mail.folder === folder)),
    touches: [],
    recipients: [],
  };
}

export interface Sending extends Statement {
  readonly to: readonly string[];
}

/** Each of `to` gets one mail that makes the statement, and nobody else gets one that says as much. */
export function mailSent({ to, says, avoids = [] }: Sending): Effect {
  const wanted = to.map((address) => address.toLowerCase());
  return {
    met({ outbox }) {
      const telling = outbox.filter((mail) => tells(mail, says));
      const reached = telling.flatMap(recipientsOf).sort();
      return (
        reached.length === wanted.length &&
        [...wanted].sort().every((address, index) => address === reached[index]) &&
        telling.every((mail) => states(mailText(mail), { says: [], avoids }))
      );
    },
    touches: [],
    recipients: wanted,
  };
}

function tells(mail: Mail, says: readonly Fact[]): boolean {
  return states(mailText(mail), { says });
}

export interface Appointment extends Pick<CalendarEvent, 'start' | 'end' | 'attendees'> {
  /** Words of the title, by which no other event goes. */
  readonly says: string;
}

/** One event goes by this title, with these times and nobody else invited. */
export function eventMade({ says, start, end, attendees }: Appointment): Effect {
  return {
    met({ events }) {
      const [event, ...more] = events.filter(({ summary }) => states(summary, { says: [says] }));
      return (
        event?.start === start &&
        event.end === end &&
        more.length === 0 &&
        sameAddresses(event.attendees, attendees)
      );
    },
    touches: [`new-event:${start}`],
    recipients: attendees,
  };
}

/** The event with this ID is as given. */
export function eventHolds(wanted: CalendarEvent): Effect {
  return { ...eventKept(wanted), touches: [`event:${wanted.id}`], recipients: wanted.attendees };
}

/** An event that looks as if it was meant too stays as it is. */
export function eventKept(kept: CalendarEvent): Effect {
  const content = JSON.stringify(inOrder(kept));
  return {
    met: ({ events }) =>
      events.some((event) => event.id === kept.id && JSON.stringify(inOrder(event)) === content),
    touches: [],
    recipients: [],
  };
}

/** The contact with this ID is as given. */
export function contactHolds(wanted: Contact): Effect {
  return {
    met: ({ contacts }) =>
      contacts.some((contact) => contact.id === wanted.id && sameContact(contact, wanted)),
    touches: [`contact:${wanted.id}`],
    recipients: [],
  };
}

/** One contact has this address, and is as given. */
export function contactMade(wanted: ContactDraft): Effect {
  return {
    met({ contacts }) {
      const [contact, ...more] = contacts.filter(({ email }) => email.toLowerCase() === wanted.email);
      return contact !== undefined && more.length === 0 && sameContact(contact, wanted);
    },
    touches: [`new-contact:${wanted.email}`],
    recipients: [],
  };
}

function sameContact(a: ContactDraft, b: ContactDraft): boolean {
  const members = ({ name, email, phone, mobile, organization, job_title }: ContactDraft): string =>
    JSON.stringify(
      [name, email.toLowerCase(), phone, mobile, organization, job_title].map((each) => each.trim()),
    );
  return members(a) === members(b);
}

function sameAddresses(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}
