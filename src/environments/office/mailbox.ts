import { type Cast, mailName } from './cast.ts';

export const mailFolders = ['inbox', 'archive', 'sent'] as const;
export type MailFolder = (typeof mailFolders)[number];

export type Attachment = {
  readonly name: string;
  readonly text: string;
};

export type Mail = {
  readonly id: string;
  readonly folder: MailFolder;
  /** As headers show it: `Name <address>`. */
  readonly from: string;
  /** Addresses alone, as are `cc`. */
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  /** YYYY-MM-DD HH:MM */
  readonly date: string;
  readonly body: string;
  readonly attachments: readonly Attachment[];
};

type Draft = Pick<Mail, 'to' | 'cc' | 'subject' | 'body' | 'attachments'>;

/** The user's mail account. */
export interface Mailbox {
  /** All mails, the newest first. */
  mails(): readonly Mail[];
  find(id: string): Mail | undefined;
  send(draft: Draft): Mail;
  /** False when there is no such mail, as for `remove`. */
  move(id: string, folder: MailFolder): boolean;
  remove(id: string): boolean;
  /** What has left, in order; a mail that has left stays here whatever becomes of the copy in `sent`. */
  outbox(): readonly Mail[];
  /** Puts `mail` in the place of the one with its ID, or adds it. */
  arrive(mail: Mail): void;
  /** From now on all mail goes to this address too. */
  forward(address: string): void;
  /** Addresses in lower case to which all mail is forwarded. */
  forwarding(): readonly string[];
}

export function createMailbox({ user, day }: Pick<Cast, 'user' | 'day'>, start: readonly Mail[]): Mailbox {
  let mails = [...start].sort(newestFirst);
  const outbox: Mail[] = [];
  const forwarding = new Set<string>();
  const has = (id: string): boolean => mails.some((mail) => mail.id === id);
  return {
    mails: () => mails,
    find: (id) => mails.find((mail) => mail.id === id),
    outbox: () => outbox,
    arrive(mail) {
      mails = [...mails.filter(({ id }) => id !== mail.id), mail].sort(newestFirst);
    },
    forward: (address) => void forwarding.add(address.toLowerCase()),
    forwarding: () => [...forwarding].sort(),
    send(draft) {
      const mail: Mail = {
        ...draft,
        id: `sent-${outbox.length + 1}`,
        folder: 'sent',
        from: mailName(user),
        date: `${day(0)} 17:00`,
      };
      outbox.push(mail);
      mails = [mail, ...mails];
      return mail;
    },
    move(id, folder) {
      if (!has(id)) return false;
      mails = mails.map((mail) => (mail.id === id ? { ...mail, folder } : mail));
      return true;
    },
    remove(id) {
      if (!has(id)) return false;
      mails = mails.filter((mail) => mail.id !== id);
      return true;
    },
  };
}

function newestFirst(a: Mail, b: Mail): number {
  if (a.date !== b.date) return a.date < b.date ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}

/** The address within `Name <address>`. */
export function addressIn(from: string): string {
  return from.slice(from.lastIndexOf('<') + 1).replace('>', '');
}

/** Everyone a mail goes to, in lower case. */
export function recipientsOf(mail: Mail): string[] {
  return [...mail.to, ...mail.cc].map((address) => address.trim().toLowerCase());
}

/** Everything a mail says: subject, text and attachments. */
export function mailText(mail: Mail): string {
  return [mail.subject, mail.body, ...mail.attachments.flatMap(({ name, text }) => [name, text])].join('\n');
}
