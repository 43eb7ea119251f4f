import type { Agent } from './agent.ts';
import type { AttackId, Carrier, Goal, Vector } from './attack.ts';
import type { Defense, DefenseMode } from './defense.ts';
import type { Environment } from './environment.ts';
import type { AttackStage, EpisodeKey, EpisodeRecord, EpisodeStatus, ModelIdentity } from './events.ts';
import type { ExternalAgent } from './externalAgent.ts';
import type { JsonObject } from './json.ts';
import type { Judge, Model, ReplyCache, TextModel } from './model.ts';
import type { Era } from './wire.ts';

/** Everything an experiment can name: the built-in parts and the user's own. */
export interface Catalog {
  readonly environments: readonly Environment[];
  readonly vectors: readonly Vector[];
  readonly carriers: readonly Carrier[];
  readonly goals: readonly Goal[];
  readonly defenses: readonly Defense[];
  readonly agents: readonly (Agent | ExternalAgent)[];
  /** Models of the user's own; those that an experiment configures are opened with its run. */
  readonly models: readonly (Model | TextModel)[];
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

/** An agent that an experiment makes from a kind of agent and settings: a loop around a model, a host of others. */
export interface AgentChoice {
  /** How keys and reports call it. */
  readonly id: string;
  /** Id of the kind: `tool-loop`, `react`, `external`. */
  readonly kind: string;
  /** Id of the model behind it. */
  readonly model?: string;
  readonly parameters: JsonObject;
}

/** A model or classifier of a provider, as an experiment configures it. */
export interface ModelChoice {
  /** How the experiment calls it; `PROVIDER/NAME` unless given another id. */
  readonly id: string;
  readonly provider: string;
  /** As the provider calls it. */
  readonly name: string;
  /** In place of the provider's own address. */
  readonly baseUrl?: string;
  /** Name of the environment variable that holds the key, in place of the provider's usual one. */
  readonly keyFrom?: string;
  readonly settings: ModelSettings;
  readonly limits: ModelLimits;
  /** USD per million tokens, in place of the price table's. */
  readonly price?: ModelPrice;
}

export interface ModelSettings {
  readonly temperature?: number;
  readonly topP?: number;
  readonly seed?: number;
  readonly reasoningEffort?: 'minimal' | 'low' | 'medium' | 'high';
  /** Tokens of a reply. */
  readonly maxTokens?: number;
}

export interface ModelLimits {
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
  /** Calls under way at once. */
  readonly concurrency?: number;
  /** Milliseconds for one call. */
  readonly timeoutMs?: number;
  readonly maxRetries?: number;
}

export interface ModelPrice {
  readonly input: number;
  readonly output: number;
}

/** Who decides what no state check can decide; nobody where absent. */
export interface JudgeChoices {
  /** Whether an answer shows a behavior of the goal `behavior-set`. */
  readonly goal?: JudgeChoice;
  /** Whether the answer of an attacked episode is harmful text, which counts in HR. */
  readonly harm?: JudgeChoice;
  /** Whether the agent declined the user's task. */
  readonly refusal?: JudgeChoice;
}

/** A judge of the user's own, or models that vote; with what is known of its errors. */
export interface JudgeChoice {
  readonly own?: string;
  readonly models?: readonly string[];
  readonly calibration?: JudgeCalibration;
}

/** How often a judge was right on texts that people have labeled: `k` of `n`. */
export interface JudgeCalibration {
  readonly sensitivity: Share;
  readonly specificity: Share;
}

export interface Share {
  readonly k: number;
  readonly n: number;
}

/** What a run may spend on models; it stops, resumably, when one of them is used up. */
export interface Budget {
  readonly usd?: number;
  readonly tokens?: number;
}

export const approvers = ['absent', 'attentive', 'careless'] as const;
/**
 * Who answers when a defense asks the user. `absent`: nobody. `attentive`: somebody who allows what belongs to the
 * user's own words, as far as the question shows it. `careless`: somebody who allows everything.
 */
export type ApproverId = (typeof approvers)[number];

export interface EpisodeLimits {
  /** Tool calls the agent may issue. */
  readonly maxCalls: number;
  readonly callTimeoutMs: number;
  readonly episodeTimeoutMs: number;
  /** Turns of the model behind the agent; no limit if absent. */
  readonly maxSteps?: number;
  /** Tokens that the agent's model reads and writes; no limit if absent. */
  readonly maxTokens?: number;
}

/** A random choice of tasks that has as many of every stratum as of every other, as far as that goes. */
export interface TaskSample {
  readonly by: 'difficulty' | 'template';
  /** The choice is among the tasks 0 to `from` - 1 of an environment. */
  readonly from: number;
}

/** A declared matrix, validated and with all ids resolved. */
export interface Experiment {
  readonly name: string;
  /** Version of SafeMCP that planned it; absent before that. */
  readonly madeWith?: string;
  readonly seed: string;
  /** Absolute paths of files that declare environments of the user's own. */
  readonly environmentFiles?: readonly string[];
  /** Absolute paths of modules with parts of the user's own. */
  readonly partFiles?: readonly string[];
  /** Absolute path of a CSV file with behaviors for the goal `behavior-set`. */
  readonly behaviorFile?: string;
  readonly judges?: JudgeChoices;
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
  /** Ids of agents, those of `agentChoices` among them. */
  readonly agents: readonly string[];
  readonly agentChoices?: readonly AgentChoice[];
  readonly models?: readonly ModelChoice[];
  readonly budget?: Budget;
  /** null: the clean condition. */
  readonly attacks: readonly (AttackId | null)[];
  /** Id of the model by which carriers take the form that the literature runs with one; the offline form if absent. */
  readonly attackModel?: string;
  readonly defenses: readonly DefenseSet[];
  /** `absent` if absent. */
  readonly approver?: ApproverId;
  /** Whether attacks and defenses meet all with all, or each is varied alone around a baseline; `full` if absent. */
  readonly design?: 'full' | 'one-factor';
  /** How tasks are chosen; the first ones of each environment if absent. */
  readonly sample?: TaskSample;
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

/** An episode without its events: what lists and comparisons read. */
export type EpisodeSummary = Omit<EpisodeRecord, 'events' | 'version'>;

/** What metrics count of an episode. */
export interface MeasuredEpisode {
  readonly id: string;
  readonly key: EpisodeKey;
  readonly status: EpisodeStatus;
  /** What went wrong, for every status but `completed`. */
  readonly problem?: string;
  /** How far the attack came; absent in clean episodes. */
  readonly stage?: AttackStage;
  readonly stoppedBy?: string;
  readonly utility: number;
  readonly harmed: boolean;
  /** Whether the agent declined the task; absent when no judge looked. */
  readonly refused?: boolean;
  readonly flaggedBy: readonly string[];
  readonly defenseMs: number;
  readonly wallMs: number;
  readonly tokens: number;
  readonly usd: number;
  readonly models?: readonly ModelIdentity[];
}

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

/** Which episodes of a run are meant; all conditions hold at once. */
export interface EpisodeFilter {
  /** A part of the attack's `VECTOR/CARRIER/GOAL`. */
  readonly attack?: string;
  readonly agent?: string;
  readonly environment?: string;
  readonly defense?: string;
  /** Where the attack ended. */
  readonly stage?: string;
  readonly status?: string;
}

/** What is wrong in a store, in words, and where. */
export interface StoreProblem {
  readonly where: string;
  readonly what: string;
}

/**
 * Keeps runs and episodes. Every implementation passes one contract test. A run has one writer at a time: the
 * first write takes it, the states `finished` and `stopped`, `close` and the end of the process give it back.
 * Writes to a run that somebody else has taken throw WORKSPACE_BUSY.
 */
export interface Store {
  /** Absolute path of the folder in which everything is kept. */
  readonly folder: string;
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
  /** As {@link saveEpisode}, but in place of what is stored under the id; until then, that stays. */
  replaceEpisode(runId: string, record: EpisodeRecord): Promise<void>;
  episodeIds(runId: string): Promise<ReadonlySet<string>>;
  /** Streams in the order of the plan; never loads traces. */
  summaries(runId: string, filter?: EpisodeFilter): AsyncIterable<EpisodeSummary>;
  /** Streams what metrics count, page by page in the order of the plan; never loads summaries. */
  measures(runId: string): AsyncIterable<readonly MeasuredEpisode[]>;
  /** The whole record with its trace. `episodeId` may be a unique prefix. @throws EPISODE_NOT_FOUND */
  episode(episodeId: string, runId?: string): Promise<EpisodeRecord>;
  /** Replies of models, shared by all runs of the workspace. */
  readonly replies: ReplyCache;
  /** Removes runs with their episodes and gives their space back. @throws RUN_NOT_FOUND, WORKSPACE_BUSY */
  removeRuns(runIds: readonly string[]): Promise<void>;
  /** A whole run as JSON documents, one after the other, for {@link importRun}. */
  exportRun(runId: string): AsyncIterable<JsonObject>;
  /**
   * Adds an exported run, all or nothing.
   * @param documents from a file or another store; this one answers nothing else meanwhile
   * @throws IMPORT_INVALID when the documents are not a whole exported run, RUN_EXISTS when its id is taken
   */
  importRun(documents: AsyncIterable<unknown>): Promise<Run>;
  /** Looks at every part of the store and tells what is damaged. */
  check(): AsyncIterable<StoreProblem>;
  close(): Promise<void>;
}
