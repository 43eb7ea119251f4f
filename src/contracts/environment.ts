import type { ToolOutcome } from './agent.ts';
import type { GoalKind, Impossible, SinkChannel, Targets } from './goal.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { Seed } from './seed.ts';
import type { ServiceInfo, ServiceSource } from './service.ts';
import type { Tap } from './wire.ts';

export type Difficulty = 'easy' | 'medium' | 'hard';

/** A kind of task that an environment can generate any number of. */
export interface TaskTemplate {
  readonly id: string;
  readonly title: string;
  readonly difficulty: Difficulty;
}

/** A small world with state, offered to the agent as services, plus its tasks. */
export interface Environment {
  readonly id: string;
  readonly title: string;
  /** One line. */
  readonly description: string;
  /** Where rules and formats come from, with license. */
  readonly source: string;
  readonly services: readonly ServiceInfo[];
  readonly templates: readonly TaskTemplate[];
  /** For each kind of goal: supported, or why it is impossible here. */
  readonly goals: Readonly<Partial<Record<GoalKind, 'supported' | Impossible>>>;
  /** True when one of a task's first two calls may complete it, so that an attack by later results comes too late. */
  readonly mayEndAtOnce?: true;
  /** Ways by which data can leave every world to any attacker: the channels of its outward sinks. */
  readonly channels?: readonly SinkChannel[];
  /** Whether every world holds texts of strangers that its task reads, so that {@link World.plant} exists. */
  readonly planting?: 'supported' | Impossible;
  /** The task with this number; the same seed and number give the same task. */
  task(seed: Seed, index: number): Task;
  /** Reads tasks of the original environment from a folder that the user names. @throws FILE_UNREADABLE */
  importTasks?(folder: string): Promise<readonly Task[]>;
  /** Replays recordings of the original environment through our world. @throws FILE_UNREADABLE */
  verify?(folder: string): Promise<Verification>;
}

/** How faithfully our world repeats recorded episodes of the original. */
export interface Verification {
  readonly environment: string;
  readonly episodes: number;
  readonly steps: number;
  /** Steps whose observation equals the recorded one. */
  readonly equalSteps: number;
  /** Episodes all of whose steps are equal. */
  readonly equalEpisodes: number;
  /** Episodes that end with the recorded reward. */
  readonly rewardEpisodes: number;
  /** Episodes that cannot be compared, because the original is inconsistent or incomplete. */
  readonly skipped: readonly { readonly id: string; readonly reason: string }[];
}

/** An instruction from the user with a start state, a scoring rule and a reference solution. */
export interface Task {
  readonly id: string;
  readonly template: string;
  readonly difficulty: Difficulty;
  readonly instruction: string;
  /** Private facts about the user that the host gives its agent; not meant for services. */
  readonly privateContext?: string;
  /** Names of the services this task needs; the first is one that is called before the last step. */
  readonly services: readonly string[];
  /** Opens a fresh world in the start state. */
  open(scope: WorldScope): World | Promise<World>;
}

/** What a world may use of its surroundings. */
export interface WorldScope {
  /** An empty temporary folder of this episode alone, removed at its end. */
  workFolder(): Promise<string>;
  /** Also offer the original's free-text form as a tool `step(action)`, for prompts written for it. */
  readonly textTool?: boolean;
}

/** One episode's instance of an environment. Two worlds never share state. */
export interface World {
  readonly services: readonly ServiceSource[];
  /** Carries out the task by calling tools, reading only what they return; resolves with the answer. */
  solve(actor: Actor): Promise<string>;
  /** Scores the present state and the agent's answer. */
  score(answer: string): Score | Promise<Score>;
  /** State changes the task does not allow, and data that left to where it must not. */
  audit(): Audit | Promise<Audit>;
  /** The present state, for records and for comparing worlds. */
  snapshot(): JsonValue | Promise<JsonValue>;
  /** What an attacker can aim at in this world. */
  readonly targets: Targets;
  /**
   * Puts `text` into a document of a stranger that the task makes an agent read (a mail, page, review, row), served by
   * an honest service, before the agent begins.
   */
  plant?(text: string): void;
  /** The world's own eyes on a wire, next to the service: for services whose state shows in nothing but their replies. */
  tap?(service: string): Tap;
  close?(): Promise<void>;
}

/** Who acts in a world: an agent, seen by a reference solution or an attacker's plan. */
export interface Actor {
  call(service: string, tool: string, args: JsonObject): Promise<ToolOutcome>;
  /** The private context the host gave its agent. */
  readonly privateContext: string;
}

/** 0 to 1. `original` is the published rule of the environment where it differs from ours. */
export interface Score {
  readonly utility: number;
  readonly original?: number;
}

/** Something that happened, in words a person understands. */
export interface Evidence {
  readonly what: string;
}

export interface Audit {
  readonly damage: readonly Evidence[];
  readonly leaks: readonly Evidence[];
}
