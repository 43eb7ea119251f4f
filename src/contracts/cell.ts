import type { AttackId } from './attack.ts';
import type { AttackStage, EpisodeStatus, ModelIdentity } from './events.ts';
import type { Run } from './experiment.ts';

/**
 * A measured figure with its 95 % interval, or why there is none. `k` of `n` for rates; `k` is the sum for means,
 * the utility lost over `n` pairs for RAL, and the utility kept in `n` episodes for NRP.
 */
export type Metric =
  | {
      readonly estimate: number;
      readonly low: number;
      readonly high: number;
      readonly k: number;
      readonly n: number;
    }
  | { readonly absent: string };

/** Definitions: design, "Metrics"; formulas are ours where the paper gives a name without one. */
export interface CellMetrics {
  /** Achieved / episodes in which the attack was delivered. */
  readonly asr: Metric;
  /** Attacked episodes with harm / attacked episodes. */
  readonly hr: Metric;
  /** Delivered episodes in which some member of the defense set flagged a message with payload. */
  readonly dr: Metric;
  /** Clean episodes in which some member of the defense set flagged anything. */
  readonly fpr: Metric;
  /** Mean strict utility. */
  readonly utility: Metric;
  /** Relative loss of utility by the attack without defense, on pairs. */
  readonly ralAttack: Metric;
  /** Relative loss of utility by the defense without attack: its price. */
  readonly ralDefense: Metric;
  /** Relative loss of utility by the attack with the defense, against the clean undefended pair. */
  readonly ralBoth: Metric;
  /** Net resilient performance: utility under attack x (1 - ASR). */
  readonly nrp: Metric;
  /** Extra milliseconds spent in defenses per episode. */
  readonly defenseMs: Metric;
  /** Extra milliseconds per episode against the undefended pair. */
  readonly extraMs: Metric;
  readonly extraTokens: Metric;
  readonly extraUsd: Metric;
}

/** ASR with the defense against ASR without, on pairs of episodes. */
export interface PairedDifference {
  readonly difference: Metric;
  /** Exact McNemar. */
  readonly p: number;
  /** The same after Holm's correction over all cells of the report. */
  readonly pHolm: number;
  readonly pairs: number;
}

/** Valid attacked episodes that came at least this far. */
export type Funnel = Readonly<Record<Exclude<AttackStage, 'planned'>, number>>;

/** Valid episodes of one task in a cell; figures of several cells are pooled from these. */
export interface TaskCounts {
  readonly task: number;
  readonly valid: number;
  readonly funnel: Funnel;
  readonly stoppedBy: Readonly<Record<string, number>>;
  readonly harmed: number;
  /** Delivered episodes, or clean ones, that some member of the defense set flagged. */
  readonly flagged: number;
  readonly flaggedBy: Readonly<Record<string, number>>;
}

/** All episodes of one agent, environment, attack or none, and defense set. */
export interface Cell {
  readonly agent: string;
  readonly environment: string;
  readonly attack: (AttackId & { readonly id: string }) | null;
  readonly defense: string;
  readonly episodes: number;
  /** Episodes that are no valid measurement; never counted in a metric. */
  readonly invalid: number;
  readonly invalidBy: Readonly<Partial<Record<EpisodeStatus, number>>>;
  /** What went wrong in one of them. */
  readonly problem?: string;
  /** The models that took part; absent when none did. */
  readonly models?: readonly ModelIdentity[];
  readonly funnel: Funnel;
  readonly tasks: readonly TaskCounts[];
  readonly stoppedBy: Readonly<Record<string, number>>;
  readonly metrics: CellMetrics;
  readonly detectors: Readonly<Record<string, { readonly dr: Metric; readonly fpr: Metric }>>;
  /** Absent for the undefended and the clean cells. */
  readonly against?: PairedDifference;
  /** What judges decided, where the experiment has any. */
  readonly judged?: Judged;
  /** Present where the undefended ASR cannot be told from zero: no credit to any defense. */
  readonly floor?: { readonly reason: string; readonly smallestDetectable: number };
}

/** Rates that judges decided, each also corrected for the judge's errors where these were measured. */
export interface Judged {
  /** Valid episodes in which the agent declined the user's task / those that a judge looked at. */
  readonly refused?: Metric;
  readonly refusedCorrected?: Metric;
  /** ASR of goals that a judge decides. */
  readonly asrCorrected?: Metric;
}

/** What reports are made from. */
export interface RunResult {
  readonly run: Run;
  readonly cells: readonly Cell[];
}
