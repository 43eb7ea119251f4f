import type { Agent } from './agent.ts';
import type { AttackId, Carrier, Goal, Vector } from './attack.ts';
import type { Defense, DefenseMode } from './defense.ts';
import type { Environment } from './environment.ts';
import type { EpisodeKey, EpisodeRecord } from './events.ts';
import type { JsonObject } from './json.ts';
import type { Judge, TextModel } from './model.ts';
import type { Era } from './wire.ts';

/** Everything an experiment can name: the built-in parts and the user's own. */
export interface Catalog {
  readonly environments: readonly Environment[];
  readonly vectors: readonly Vector[];
  readonly carriers: readonly Carrier[];
  readonly goals: readonly Goal[];
  readonly defenses: readonly Defense[];
  readonly agents: readonly Agent[];
  /** Models that carriers, goals and defenses may use. */
  readonly models: readonly TextModel[];
  readonly judges: readonly Judge[];
}

/** One defense of a set, with its mode and parameters. */
export interface DefenseChoice {
  readonly id: string;
  readonly mode: DefenseMode;
  readonly parameters: JsonObject;
}

/** Defenses that run together, in order from the host to the service. `none` has no members. */
export interface DefenseSet {
  readonly name: string;
  readonly members: readonly DefenseChoice[];
}

export interface EpisodeLimits {
  /** Tool calls the agent may issue. */
  readonly maxCalls: number;
  readonly callTimeoutMs: number;
  readonly episodeTimeoutMs: number;
}

/** A declared matrix, validated and with all ids resolved. */
export interface Experiment {
  readonly name: string;
  readonly seed: string;
  /** Absolute paths of files that declare environments of the user's own. */
  readonly environmentFiles?: readonly string[];
  /** Absolute paths of modules with parts of the user's own. */
  readonly partFiles?: readonly string[];
  /** Absolute path of a CSV file with behaviors for the goal `behavior-set`. */
  readonly behaviorFile?: string;
  /** Id of the judge that decides on behaviors. */
  readonly judge?: string;
  readonly environments: readonly {
    readonly id: string;
    readonly tasks: number;
    /** In place of the experiment's attacks, to make a costly environment smaller. */
    readonly attacks?: readonly (AttackId | null)[];
    /** A folder with tasks of the original, in place of generated ones. */
    readonly import?: string;
    /** Worlds also offer the original's free-text form. */
    readonly textTool?: boolean;
  }[];
  readonly agents: readonly string[];
  /** null: the clean condition. */
  readonly attacks: readonly (AttackId | null)[];
  /** Id of the model by which carriers take the form that the literature runs with one; the offline form if absent. */
  readonly attackModel?: string;
  readonly defenses: readonly DefenseSet[];
  readonly trials: number;
  readonly era: Era;
  readonly transport: 'memory' | 'http';
  readonly limits: EpisodeLimits;
}

export interface PlannedEpisode {
  /** Equal for equal seeds and keys, whatever else the experiment holds. */
  readonly id: string;
  readonly key: EpisodeKey;
}

/** Combinations of the matrix that cannot exist, all in one environment and for one reason. */
export interface SkippedCombinations {
  readonly environment: string;
  readonly reason: string;
  /** How many attacks this concerns. */
  readonly attacks: number;
  /** The first of them. */
  readonly example: AttackId;
}

/** The list of episodes an experiment expands to. */
export interface Plan {
  readonly experiment: Experiment;
  readonly episodes: readonly PlannedEpisode[];
  readonly skipped: readonly SkippedCombinations[];
}

/** An episode without its events: what lists and metrics read. */
export type EpisodeSummary = Omit<EpisodeRecord, 'events' | 'version'>;

export const runStates = ['running', 'finished', 'stopped'] as const;
/** `stopped`: ended before its plan was done; can be resumed. */
export type RunState = (typeof runStates)[number];

/** One execution of an experiment. */
export interface Run {
  readonly id: string;
  readonly name: string;
  readonly state: RunState;
  /** ISO 8601 times. */
  readonly startedAt: string;
  readonly planned: number;
  readonly stored: number;
  readonly experiment: Experiment;
  readonly skipped: readonly SkippedCombinations[];
}

/**
 * Keeps runs and episodes. Every implementation passes one contract test. A run has one writer at a time: the
 * first write takes it, the states `finished` and `stopped`, `close` and the end of the process give it back.
 * Writes to a run that somebody else has taken throw WORKSPACE_BUSY.
 */
export interface Store {
  createRun(plan: Plan, startedAt: Date): Promise<Run>;
  setRunState(runId: string, state: RunState): Promise<void>;
  /** Newest first. A run whose writer has died is `stopped`. */
  runs(): Promise<readonly Run[]>;
  /** `runId` may be a unique prefix. @throws RUN_NOT_FOUND */
  run(runId: string): Promise<Run>;
  /**
   * Stores a finished episode, all or nothing; resolves when it is kept. Storing the same id again changes nothing.
   * @throws EPISODE_NOT_FOUND when the run's plan has no such episode
   */
  saveEpisode(runId: string, record: EpisodeRecord): Promise<void>;
  episodeIds(runId: string): Promise<ReadonlySet<string>>;
  /** Streams in the order of the plan; never loads traces. */
  summaries(runId: string): AsyncIterable<EpisodeSummary>;
  /** The whole record with its trace. `episodeId` may be a unique prefix. @throws EPISODE_NOT_FOUND */
  episode(episodeId: string, runId?: string): Promise<EpisodeRecord>;
  close(): Promise<void>;
}
