import { type AttackStage, attackStages } from '../src/contracts/events.ts';
import { type Proportion, wilson, wilsonAt } from '../src/experiment/statistics/wilson.ts';
import { hijacked, isValid, type Job, type Result } from './jobs.ts';

/** An episode that was run. */
export interface Row {
  readonly job: Job;
  readonly result: Result;
}

/** Valid rows only; the others are counted apart. */
export function validRows(rows: readonly Row[]): Row[] {
  return rows.filter(({ result }) => isValid(result));
}

export const isAttacked = ({ job }: Row): boolean => job.key.attack !== undefined;
export const isHijacked = (row: Row): boolean => isAttacked(row) && row.job.key.agent === hijacked;
export const isAchieved = ({ result }: Row): boolean => result.stage === 'achieved';
const isDelivered = ({ result }: Row): boolean => result.stage !== undefined && result.stage !== 'planned';

/** Achieved of delivered, each episode counted once. */
export function plainAsr(rows: readonly Row[]): Proportion | undefined {
  const delivered = rows.filter(isDelivered);
  return share(delivered, isAchieved);
}

/**
 * Achieved of delivered in the whole preset: each episode counts for the attacks that it stands for. The interval is
 * Wilson's with Kish's effective number of episodes.
 */
export function presetAsr(rows: readonly Row[]): Proportion | undefined {
  const delivered = rows.filter(isDelivered);
  const sum = (of: (weight: number) => number, among = delivered): number =>
    among.reduce((total, { job }) => total + of(job.weight), 0);
  const all = sum((weight) => weight);
  if (all === 0) return undefined;
  const p = sum((weight) => weight, delivered.filter(isAchieved)) / all;
  const n = all ** 2 / sum((weight) => weight ** 2);
  return { ...wilsonAt(Math.min(1, p), n), k: delivered.filter(isAchieved).length, n: delivered.length };
}

export function share(rows: readonly Row[], hit: (row: Row) => boolean): Proportion | undefined {
  return rows.length === 0 ? undefined : wilson(rows.filter(hit).length, rows.length);
}

/** How many episodes ended at each stage. */
export function stageCounts(rows: readonly Row[]): ReadonlyMap<AttackStage, number> {
  return new Map(
    attackStages.map((stage) => [stage, rows.filter(({ result }) => result.stage === stage).length]),
  );
}

export function meanUtility(rows: readonly Row[]): number | undefined {
  if (rows.length === 0) return undefined;
  return rows.reduce((sum, { result }) => sum + result.utility, 0) / rows.length;
}

/** What tells an episode from others of the same condition. */
function placeOf({ job: { key, era } }: Row): string {
  return JSON.stringify([key.agent, key.environment, key.task, key.attack ?? null, era]);
}

/** Utility lost against the same episodes of `reference`, as a share of theirs; undefined without pairs. */
export function relativeLoss(reference: readonly Row[], rows: readonly Row[]): number | undefined {
  const known = new Map(reference.map((row) => [placeOf(row), row.result.utility]));
  let before = 0;
  let after = 0;
  for (const row of rows) {
    const utility = known.get(placeOf(row));
    if (utility === undefined) continue;
    before += utility;
    after += row.result.utility;
  }
  return before === 0 ? undefined : (before - after) / before;
}

/** Of the attacks that work without defense, those that each of two defenses stops. */
export interface Overlap {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly attacks: number;
}

/** Attacks, by place, that are achieved without defense: only these can be stopped. */
export function workingAttacks(undefended: readonly Row[]): ReadonlySet<string> {
  return new Set(undefended.filter(isAchieved).map(placeOf));
}

/** Those of `working` that these rows show stopped, and those that they tell of at all. */
export function stoppedIn(
  rows: readonly Row[],
  working: ReadonlySet<string>,
): { readonly stopped: ReadonlySet<string>; readonly seen: ReadonlySet<string> } {
  const seen = rows.filter((row) => working.has(placeOf(row)));
  return {
    seen: new Set(seen.map(placeOf)),
    stopped: new Set(seen.filter((row) => !isAchieved(row)).map(placeOf)),
  };
}

type Stopped = ReturnType<typeof stoppedIn>;

export function overlap(first: Stopped, second: Stopped): Overlap {
  const attacks = [...first.seen].filter((place) => second.seen.has(place));
  const count = (a: boolean, b: boolean): number =>
    attacks.filter((place) => first.stopped.has(place) === a && second.stopped.has(place) === b).length;
  return {
    both: count(true, true),
    onlyFirst: count(true, false),
    onlySecond: count(false, true),
    attacks: attacks.length,
  };
}
