import type { Cell, Metric, TaskCounts } from '../contracts/cell.ts';
import { type AttackStage, attackStages } from '../contracts/events.ts';
import { clusteredShare } from '../experiment/statistics/mean.ts';

/**
 * Several cells counted together. Shares are sums of counts, so that large cells weigh more. Their intervals are those
 * of gates and comparisons: what happens to one task under several attacks is not independent.
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

export function tally(cells: readonly Cell[]): Tally {
  const sum = (of: (cell: Cell) => number): number => cells.reduce((total, cell) => total + of(cell), 0);
  return {
    cells,
    episodes: sum(({ episodes }) => episodes),
    invalid: sum(({ invalid }) => invalid),
    asr: pooledRate(
      cells,
      ({ metrics }) => metrics.asr,
      ({ funnel }) => [funnel.achieved, funnel.delivered],
    ),
    hr: pooledRate(
      cells,
      ({ metrics }) => metrics.hr,
      ({ harmed, valid }) => [harmed, valid],
    ),
    dr: pooledRate(
      cells,
      ({ metrics }) => metrics.dr,
      ({ flagged, funnel }) => [flagged, funnel.delivered],
    ),
    fpr: pooledRate(
      cells.filter(isClean),
      ({ metrics }) => metrics.fpr,
      ({ flagged, valid }) => [flagged, valid],
    ),
    utility: pooledMean(cells, ({ metrics }) => metrics.utility),
    defenseMs: pooledMean(cells, ({ metrics }) => metrics.defenseMs),
    endedAt: endedAt(sum),
    stopped: sum(({ stoppedBy }) => Object.values(stoppedBy).reduce((total, each) => total + each, 0)),
    floored: cells.filter(({ floor }) => floor !== undefined),
  };
}

function isClean({ attack }: Cell): boolean {
  return attack === null;
}

/** The figure of a cell that is pooled. */
type MetricOf = (cell: Cell) => Metric | undefined;

/** Cells that have the figure, or why none has. */
function measured(cells: readonly Cell[], of: MetricOf): readonly Cell[] | string {
  let reason = 'no cells';
  const known = cells.filter((cell) => {
    const metric = of(cell);
    if (metric && 'absent' in metric) reason = metric.absent;
    return metric !== undefined && 'k' in metric;
  });
  return known.length === 0 ? reason : known;
}

/**
 * A rate over the cells that have the figure.
 * @param counts what counts of a task, and of how many
 */
export function pooledRate(cells: readonly Cell[], of: MetricOf, counts: CountsOf): Metric {
  const known = measured(cells, of);
  return typeof known === 'string' ? { absent: known } : rateByTask(known, counts);
}

type CountsOf = (task: TaskCounts) => readonly [k: number, n: number];

/** A rate over cells, with tasks as the independent units. */
export function rateByTask(cells: readonly Cell[], counts: CountsOf): Metric {
  const byTask = new Map<string, { n: number; sum: number }>();
  for (const { environment, tasks } of cells)
    for (const task of tasks) {
      const key = `${environment}/${task.task}`;
      const cluster = byTask.get(key) ?? { n: 0, sum: 0 };
      byTask.set(key, cluster);
      const [k, n] = counts(task);
      cluster.sum += k;
      cluster.n += n;
    }
  const clusters = [...byTask.values()].filter(({ n }) => n > 0);
  return clusters.length === 0 ? { absent: 'no valid episodes' } : clusteredShare(clusters);
}

function pooledMean(cells: readonly Cell[], of: MetricOf): number | undefined {
  const known = measured(cells, of);
  if (typeof known === 'string') return undefined;
  const total = (member: 'k' | 'n'): number =>
    known.reduce((sum, cell) => {
      const metric = of(cell);
      return sum + (metric && 'k' in metric ? metric[member] : 0);
    }, 0);
  return total('k') / total('n');
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
