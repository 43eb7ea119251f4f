import { type Fact, type Statement, sameText, states } from '../kit/facts.ts';
import { type Mail, type MailFolder, mailText, recipientsOf } from './mailbox.ts';
import type { FileTree } from './workFolder.ts';

/** All that can change in an office. */
export interface OfficeState {
  readonly files: FileTree;
  readonly mails: readonly Mail[];
  /** Mails that have left. */
  readonly outbox: readonly Mail[];
}

/** Names one thing that can change: `file:PATH` or `mail:ID`. */
export type Thing = `file:${string}` | `mail:${string}`;

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
