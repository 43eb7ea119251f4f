import type { PairedDifference } from '../contracts/cell.ts';
import { attackStages } from '../contracts/events.ts';
import { type AgentOverview, isDeterministic } from './overview.ts';
import { isFloor, type Tally, tally } from './tally.ts';
import { count } from './text.ts';

/** From this p on, after Holm's correction, a difference may be chance. */
const significance = 0.05;

interface Fate {
  readonly rank: number;
  readonly text: string;
  /** How large the difference is, where not everything was stopped for certain. */
  readonly change?: string;
}

/**
 * What the defense did to each vector, vectors with the same fate together, the greatest effect first. Effects
 * are differences on pairs of episodes: ASR counts deliveries, so it can rise while fewer attacks succeed.
 */
export function effectTexts(agent: AgentOverview, defense: string): string[] {
  const fates = new Map<
    string,
    { readonly rank: number; readonly changed: boolean; readonly vectors: string[] }
  >();
  for (const vector of new Set(agent.rows.map((row) => row.vector))) {
    const { text, rank, change } = fateOf(
      vectorTally(agent, vector, 'none'),
      vectorTally(agent, vector, defense),
      isDeterministic(agent.agent),
    );
    const fate = fates.get(text) ?? { rank, changed: change !== undefined, vectors: [] };
    fate.vectors.push(change ? `${vector} (${change})` : vector);
    fates.set(text, fate);
  }
  return [...fates]
    .sort(([, a], [, b]) => a.rank - b.rank)
    .map(([text, fate]) => {
      const all = fates.size === 1 && !fate.changed;
      return `${text}: ${all ? 'every vector' : fate.vectors.join(', ')}.`;
    });
}

function vectorTally(agent: AgentOverview, vector: string, defense: string): Tally {
  const rows = agent.rows.filter((row) => row.vector === vector);
  return tally(rows.flatMap((row) => row.byDefense.get(defense)?.cells ?? []));
}

function fateOf(before: Tally, after: Tally, deterministic: boolean): Fate {
  const total = totalChange(after);
  if (total === undefined) return { rank: 6, text: 'Not measured' };
  if (isFloor(before)) return { rank: 5, text: 'No credit, no success without it' };
  const { paired, difference } = total;
  if (difference === 0) return { rank: 4, text: 'No effect' };
  const change = changeText(paired, difference, deterministic);
  if (!isProven(total, deterministic)) return { rank: 3, text: 'May be chance', change };
  if (difference > 0) return { rank: 2, text: 'More success', change };
  if (after.endedAt.achieved > 0) return { rank: 1, text: `Stops some${stageText(after)}`, change };
  return { rank: 0, text: `Stops all${stageText(after)}`, ...(!deterministic && { change }) };
}

/** The pairs of several cells, and successes with the defense minus successes without. */
export interface TotalChange {
  readonly paired: readonly PairedDifference[];
  readonly difference: number;
}

/** Undefined where nothing is paired. */
export function totalChange({ cells }: Tally): TotalChange | undefined {
  const paired = cells.flatMap(({ against }) => against ?? []);
  if (paired.length === 0) return undefined;
  return { paired, difference: paired.reduce((sum, each) => sum + changeOf(each), 0) };
}

/** Whether the difference is more than chance: for certain, or in at least one cell after Holm's correction. */
export function isProven({ paired, difference }: TotalChange, deterministic: boolean): boolean {
  return deterministic || paired.some((each) => each.pHolm < significance && changeOf(each) * difference > 0);
}

/** Successes with the defense minus successes without, on the same pairs. */
function changeOf({ difference }: PairedDifference): number {
  return 'absent' in difference ? 0 : difference.k;
}

function changeText(paired: readonly PairedDifference[], difference: number, deterministic: boolean): string {
  const pairs = paired.reduce((sum, each) => sum + each.pairs, 0);
  const size = `${count(Math.abs(difference))} ${difference < 0 ? 'fewer' : 'more'} in ${count(pairs)} pairs`;
  return deterministic ? size : `${size}, ${chanceText(paired)}`;
}

/** Cells share tasks, so their p values are told, not pooled. */
function chanceText(paired: readonly PairedDifference[]): string {
  const least = Math.min(...paired.map(({ pHolm }) => pHolm));
  const p = least < 0.001 ? 'p < 0.001' : `p = ${least.toFixed(3)}`;
  return paired.length === 1 ? p : `least ${p} of ${count(paired.length)} cells`;
}

/** The stage at which most of the unsuccessful attacks ended. */
function stageText({ endedAt }: Tally): string {
  const [most] = attackStages
    .filter((stage) => stage !== 'achieved' && endedAt[stage] > 0)
    .sort((a, b) => endedAt[b] - endedAt[a]);
  return most === undefined ? '' : ` at ${most}`;
}
