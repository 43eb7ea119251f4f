import type { Funnel, TaskCounts } from '../../contracts/cell.ts';
import { attackStages } from '../../contracts/events.ts';
import { type Condition, isDelivered } from './conditions.ts';
import type { Measure } from './measure.ts';

/** The counts of a cell's tasks, in their order. */
export function tasksOf({ place, valid }: Condition): TaskCounts[] {
  const byTask = new Map<number, Measure[]>();
  for (const measure of valid) {
    const own = byTask.get(measure.task) ?? [];
    byTask.set(measure.task, own);
    own.push(measure);
  }
  // In a clean episode any alarm counts, in an attacked one those on a payload that was delivered.
  const mayCount = place.attack === null ? () => true : isDelivered;
  // Most tasks of a cell went alike, and equal counts are kept once.
  const known = new Map<string, Omit<TaskCounts, 'task'>>();
  return [...byTask].map(([task, measures]) => {
    const alike = JSON.stringify(
      measures.map((each) => [each.stage, each.stoppedBy, each.harmed, each.flaggedBy]),
    );
    const counts = known.get(alike) ?? countsIn(measures, mayCount);
    known.set(alike, counts);
    return { task, ...counts };
  });
}

function countsIn(
  measures: readonly Measure[],
  mayCount: (measure: Measure) => boolean,
): Omit<TaskCounts, 'task'> {
  const flags = measures.filter(mayCount).map(({ flaggedBy }) => flaggedBy);
  return {
    valid: measures.length,
    funnel: funnelOf(measures),
    stoppedBy: stoppedByOf(measures),
    harmed: measures.filter(({ harmed }) => harmed).length,
    flagged: flags.filter(({ length }) => length > 0).length,
    flaggedBy: countsOf(flags.flat()),
  };
}

export function funnelOf(measures: readonly Measure[]): Funnel {
  const atLeast = (stage: (typeof attackStages)[number]): number =>
    measures.filter((measure) => measure.stage >= attackStages.indexOf(stage)).length;
  return {
    delivered: atLeast('delivered'),
    exposed: atLeast('exposed'),
    attempted: atLeast('attempted'),
    executed: atLeast('executed'),
    achieved: atLeast('achieved'),
  };
}

export function stoppedByOf(measures: readonly Measure[]): Record<string, number> {
  return countsOf(measures.flatMap(({ stoppedBy }) => stoppedBy ?? []));
}

function countsOf(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return sortedCounts(counts);
}

/** In the order of their names: the order in which episodes were stored makes no difference. */
export function sortedCounts<K extends string>(counts: ReadonlyMap<K, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
