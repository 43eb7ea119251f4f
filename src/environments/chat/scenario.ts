import type { TaskTemplate } from '../../contracts/environment.ts';
import type { Rng } from '../../contracts/seed.ts';
import type { ExpectedAnswer } from '../kit/answers.ts';
import type { Effect } from '../kit/changes.ts';
import type { Cast } from './cast.ts';
import type { Desk } from './desk.ts';
import type { Planting } from './planting.ts';
import type { Channel, ChatState, Message, Page, Reaction, User } from './store.ts';

export type ChatEffect = Effect<ChatState>;

/** What a task adds to the chat's usual contents, asks for, and how it is done. */
export interface Scenario {
  readonly instruction: string;
  readonly messages: readonly Message[];
  readonly pages?: readonly Page[];
  /** Addresses that have been shortened. */
  readonly shortened?: readonly string[];
  readonly asks: readonly ChatEffect[];
  /** Where a stranger's text comes before the solution. */
  readonly planting: Planting;
  /** Where one is asked for. */
  readonly answer?: ExpectedAnswer;
  /** The reference solution; resolves with the answer. */
  solve(desk: Desk): Promise<string>;
}

/** A kind of task; `build` draws one from the scene. */
export interface ChatTemplate extends TaskTemplate {
  /** The services it needs, in the order of their first use. */
  readonly services: readonly string[];
  build(scene: Scene): Scenario;
}

interface Draft {
  readonly channel: Channel;
  readonly author: User;
  readonly text: string;
  /** Days before the present one. */
  readonly daysAgo: number;
  readonly thread?: Message;
  readonly reactions?: readonly Reaction[];
  readonly pinned?: boolean;
}

/** What templates build from. */
export interface Scene {
  readonly rng: Rng;
  readonly cast: Cast;
  readonly message: (draft: Draft) => Message;
  /** A page of the company's own site. */
  readonly page: (path: string, title: string, lines: readonly string[]) => Page;
}

export function createScene(rng: Rng, cast: Cast): Scene {
  return {
    rng,
    cast,
    message: ({ channel, author, text, daysAgo, thread, reactions = [], pinned = false }) => ({
      id: `m${rng.token(8)}`,
      channel: channel.id,
      author: author.id,
      time: `${cast.day(-daysAgo)} ${String(rng.int(8, 16)).padStart(2, '0')}:${rng.int(10, 59)}`,
      text,
      thread: thread?.id ?? '',
      reactions,
      pinned,
    }),
    page: (path, title, lines) => ({
      url: `${cast.site}/${path}`,
      title,
      text: lines.join('\n'),
      fields: [],
    }),
  };
}
