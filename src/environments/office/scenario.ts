import type { TaskTemplate } from '../../contracts/environment.ts';
import type { Rng } from '../../contracts/seed.ts';
import type { ExpectedAnswer } from '../kit/answers.ts';
import { type Cast, mailName, type Person } from './cast.ts';
import type { Desk } from './desk.ts';
import type { Effect } from './effects.ts';
import type { Attachment, Mail } from './mailbox.ts';
import type { FileTree } from './workFolder.ts';

/** What a task adds to the office's usual contents, asks for, and how it is done. */
export interface Scenario {
  readonly instruction: string;
  readonly files: FileTree;
  readonly mails: readonly Mail[];
  readonly asks: readonly Effect[];
  /** Where one is asked for. */
  readonly answer?: ExpectedAnswer;
  /** The reference solution; resolves with the answer. */
  solve(desk: Desk): Promise<string>;
}

/** A kind of task; `build` draws one from the scene. */
export interface OfficeTemplate extends TaskTemplate {
  /** True when the task calls for the formatter. */
  readonly formatter?: boolean;
  /** True when the task turns to the mail before the files. */
  readonly mailFirst?: boolean;
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

/** What templates build from. */
export interface Scene {
  readonly rng: Rng;
  readonly cast: Cast;
  /** A mail in the user's inbox. */
  readonly mail: (letter: Letter) => Mail;
}

export function createScene(rng: Rng, cast: Cast): Scene {
  return {
    rng,
    cast,
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
  };
}
