import type { Metric } from '../../contracts/cell.ts';
import { bootstrapBca, meanDifference, type PairSums } from '../statistics/bootstrap.ts';
import { differenceOfShares } from '../statistics/difference.ts';
import { mcnemarExact } from '../statistics/mcnemar.ts';
import type { Resamples } from '../statistics/resamples.ts';
import { unanimousInterval } from '../statistics/unanimous.ts';
import type { Fact } from './gather.ts';
import { type PooledMeasure, pooledMetric } from './measures.ts';

/** Two episodes that differ in what changed only. */
export interface FactPair {
  readonly before: Fact;
  readonly after: Fact;
}

/** after - before, and how it was found. */
export interface Difference {
  readonly before: Metric;
  readonly after: Metric;
  readonly difference: Metric;
  /** Pairs that it rests on; 0 where episodes could not be paired. */
  readonly pairs: number;
  /** Exact McNemar, each task once by the sign of its difference; absent without pairs. */
  readonly p?: number;
}

/** On pairs: bootstrap by task and exact McNemar. An attack counts where it was delivered in at least one of the two. */
export function pairedDifference(
  pairs: readonly FactPair[],
  measure: PooledMeasure,
  resamples: Resamples,
): Difference | undefined {
  const own = pairs.filter(
    ({ before, after }) =>
      measure.of(before) && measure.of(after) && (measure.counts(before) || measure.counts(after)),
  );
  if (own.length === 0) return undefined;
  const sums = sumsByTask(own, measure);
  const k = sums.reduce((total, task) => total + task.condition - task.reference, 0);
  const interval =
    bootstrapBca(sums, meanDifference, resamples) ??
    unanimousInterval(k / own.length, sums.length, { low: -1, high: 1 });
  const fewer = sums.filter((task) => task.condition < task.reference).length;
  const more = sums.filter((task) => task.condition > task.reference).length;
  const all = { ...measure, counts: () => true };
  return {
    before: pooledMetric(
      own.map((pair) => pair.before),
      all,
    ),
    after: pooledMetric(
      own.map((pair) => pair.after),
      all,
    ),
    difference: { ...interval, k, n: own.length },
    pairs: own.length,
    p: mcnemarExact(fewer, more),
  };
}

function sumsByTask(pairs: readonly FactPair[], { value }: PooledMeasure): PairSums[] {
  const byTask = new Map<string, { n: number; reference: number; condition: number }>();
  for (const { before, after } of pairs) {
    const sums = byTask.get(after.task) ?? { n: 0, reference: 0, condition: 0 };
    sums.n++;
    sums.reference += value(before);
    sums.condition += value(after);
    byTask.set(after.task, sums);
  }
  return [...byTask.values()];
}

/** Where tasks differ: an interval only, since nothing pairs the episodes. */
export function unpairedDifference(
  before: readonly Fact[],
  after: readonly Fact[],
  measure: PooledMeasure,
): Difference | undefined {
  const [one, other] = [pooledMetric(before, measure), pooledMetric(after, measure)];
  if ('absent' in one || 'absent' in other) return undefined;
  const interval = differenceOfShares(other, one);
  return {
    before: one,
    after: other,
    difference: { ...interval, k: other.k - one.k, n: other.n + one.n },
    pairs: 0,
  };
}
