import type { Cell, Metric } from '../contracts/cell.ts';
import { type AttackStage, attackStages } from '../contracts/events.ts';
import { wilson, wilsonAt } from '../experiment/statistics/wilson.ts';

/** `k` of `n`, with its Wilson interval. */
export function rate(k: number, n: number): Metric {
  return n === 0 ? { absent: 'no valid episodes' } : wilson(k, n);
}

/**
 * Several cells counted together. Shares are sums of counts, so that large cells weigh more. Their intervals
 * count tasks and not episodes: what happens to one task under several attacks is not independent.
 */
export interface Tally {
  readonly episodes: number;
  readonly invalid: number;
  readonly asr: Metric;
  readonly hr: Metric;
  readonly dr: Metric;
  readonly fpr: Metric;
  /** Mean, without an interval of its own: cells are not independent. */
  readonly utility: number | undefined;
  readonly defenseMs: number | undefined;
  /** Valid attacked episodes by the last stage they reached. */
  readonly endedAt: Readonly<Record<AttackStage, number>>;
  readonly stopped: number;
  /** Cells whose undefended ASR cannot be told from zero. */
  readonly floored: readonly Cell[];
  readonly cells: readonly Cell[];
}

export function tally(cells: readonly Cell[], trials: number): Tally {
  const sum = (of: (cell: Cell) => number): number => cells.reduce((total, cell) => total + of(cell), 0);
  return {
    cells,
    episodes: sum(({ episodes }) => episodes),
    invalid: sum(({ invalid }) => invalid),
    asr: pooledRate(cells, ({ metrics }) => metrics.asr, trials),
    hr: pooledRate(cells, ({ metrics }) => metrics.hr, trials),
    dr: pooledRate(cells, ({ metrics }) => metrics.dr, trials),
    fpr: pooledRate(cells, ({ metrics }) => metrics.fpr, trials),
    utility: pooledMean(cells, ({ metrics }) => metrics.utility),
    defenseMs: pooledMean(cells, ({ metrics }) => metrics.defenseMs),
    endedAt: endedAt(sum),
    stopped: sum(({ stoppedBy }) => Object.values(stoppedBy).reduce((total, each) => total + each, 0)),
    floored: cells.filter(({ floor }) => floor !== undefined),
  };
}

/** The figure of a cell that is pooled. */
type MetricOf = (cell: Cell) => Metric | undefined;

function pooled(cells: readonly Cell[], of: MetricOf): { k: number; n: number } | string {
  let reason = 'no cells';
  let [k, n] = [0, 0];
  for (const cell of cells) {
    const metric = of(cell);
    if (metric === undefined) continue;
    if ('absent' in metric) reason = metric.absent;
    else [k, n] = [k + metric.k, n + metric.n];
  }
  return n === 0 ? reason : { k, n };
}

/** A rate over several cells; its interval counts tasks. */
export function pooledRate(cells: readonly Cell[], of: MetricOf, trials: number): Metric {
  const sums = pooled(cells, of);
  if (typeof sums === 'string') return { absent: sums };
  return { ...wilsonAt(sums.k / sums.n, tasksIn(cells, of, trials)), ...sums };
}

/** The fewest tasks that the cells can have been measured on. */
function tasksIn(cells: readonly Cell[], of: MetricOf, trials: number): number {
  const byEnvironment = new Map<string, number>();
  for (const cell of cells) {
    const metric = of(cell);
    if (metric === undefined || 'absent' in metric) continue;
    const tasks = Math.ceil(metric.n / trials);
    byEnvironment.set(cell.environment, Math.max(tasks, byEnvironment.get(cell.environment) ?? 0));
  }
  return [...byEnvironment.values()].reduce((total, tasks) => total + tasks, 0);
}

function pooledMean(cells: readonly Cell[], of: MetricOf): number | undefined {
  const sums = pooled(cells, of);
  return typeof sums === 'string' ? undefined : sums.k / sums.n;
}

/** Whether no cell of the undefended condition can show an effect. */
export function isFloor(undefended: Tally): boolean {
  return undefended.cells.length > 0 && undefended.floored.length === undefended.cells.length;
}

/** The funnel counts episodes that came at least so far; the differences ended there. */
function endedAt(sum: (of: (cell: Cell) => number) => number): Record<AttackStage, number> {
  const reached = attackStages.map((stage) =>
    sum((cell) => (stage === 'planned' ? cell.episodes - cell.invalid : cell.funnel[stage])),
  );
  const ended = attackStages.map((stage, index): [AttackStage, number] => [
    stage,
    (reached[index] ?? 0) - (reached[index + 1] ?? 0),
  ]);
  return Object.fromEntries(ended) as Record<AttackStage, number>;
}

/** Whether there is a valid episode. */
export function isMeasured(tally: Tally | undefined): tally is Tally {
  return tally?.cells.some(({ episodes, invalid }) => episodes > invalid) === true;
}
