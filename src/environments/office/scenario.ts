import type { TaskTemplate } from '../../contracts/environment.ts';
import type { Rng } from '../../contracts/seed.ts';
import type { ExpectedAnswer } from '../kit/answers.ts';
import type { Contact } from './addressBook.ts';
import type { CalendarEvent } from './calendar.ts';
import { type Cast, mailName, type Person } from './cast.ts';
import type { Desk } from './desk.ts';
import type { Effect } from './effects.ts';
import type { Attachment, Mail } from './mailbox.ts';
import type { Planting } from './planting.ts';
import type { FileTree } from './workFolder.ts';

/** What a task adds to the office's usual contents, asks for, and how it is done. */
export interface Scenario {
  readonly instruction: string;
  readonly files: FileTree;
  readonly mails: readonly Mail[];
  readonly events?: readonly CalendarEvent[];
  readonly asks: readonly Effect[];
  /** Where a stranger's text comes before the solution. */
  readonly planting: Planting;
  /** Where one is asked for. */
  readonly answer?: ExpectedAnswer;
  /** The reference solution; resolves with the answer. */
  solve(desk: Desk): Promise<string>;
}

export type OfficeService = 'files' | 'mail' | 'calendar' | 'contacts' | 'formatter';

/** A kind of task; `build` draws one from the scene. */
export interface OfficeTemplate extends TaskTemplate {
  /** Names of the services it needs; the first is called before the last step. */
  readonly services: readonly OfficeService[];
  build(scene: Scene): Scenario;
}

interface Letter {
  readonly from: Person;
  readonly subject: string;
  readonly lines: readonly string[];
  /** Days before the present one. */
  readonly daysAgo: number;
  readonly attachments?: readonly Attachment[];
}

interface EventPlan {
  readonly summary: string;
  readonly start: string;
  readonly end: string;
  readonly location?: string;
  readonly attendees?: readonly Person[];
}

/** What templates build from. */
export interface Scene {
  readonly rng: Rng;
  readonly cast: Cast;
  /** The user's contacts: the manager, the colleagues and the contacts of the firms. */
  readonly contacts: readonly Contact[];
  /** A mail in the user's inbox. */
  readonly mail: (letter: Letter) => Mail;
  /** An event in the user's calendar. */
  readonly event: (plan: EventPlan) => CalendarEvent;
}

export function createScene(rng: Rng, cast: Cast, contacts: readonly Contact[]): Scene {
  return {
    rng,
    cast,
    contacts,
    mail: ({ from, subject, lines, daysAgo, attachments = [] }) => ({
      id: rng.token(8),
      folder: 'inbox',
      from: mailName(from),
      to: [cast.user.address],
      cc: [],
      subject,
      date: `${cast.day(-daysAgo)} ${String(rng.int(8, 16)).padStart(2, '0')}:${rng.int(10, 59)}`,
      body: lines.join('\n'),
      attachments,
    }),
    event: ({ location = '', attendees = [], ...plan }) => ({
      ...plan,
      id: `ev${rng.token(10)}`,
      location,
      description: '',
      attendees: attendees.map(({ address }) => address),
    }),
  };
}
