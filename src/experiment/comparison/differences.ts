import type { Metric } from '../../contracts/cell.ts';
import { clusteredPairs } from '../statistics/clusters.ts';
import { differenceOfShares } from '../statistics/difference.ts';
import { pairedChange } from '../statistics/pairedChange.ts';
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
  /** Present where some episodes of the second run have no twin in the first. */
  readonly partial?: PartialOverlap;
}

/** Episodes without a twin, and what they can mean for the difference. */
export interface PartialOverlap {
  /** Episodes that only the second run has and that count in the figure, or would with some twins. */
  readonly unpaired: number;
  /** The interval over all its episodes, whatever the first run would have shown on those (Manski's bounds). */
  readonly low: number;
  readonly high: number;
}

/**
 * On pairs: Tango's interval by task and exact McNemar. An attack counts where it was delivered in at least one of the
 * two.
 * @param alone episodes of the second run that have no twin
 */
export function pairedDifference(
  pairs: readonly FactPair[],
  alone: readonly Fact[],
  measure: PooledMeasure,
): Difference | undefined {
  const own = pairs.filter(
    ({ before, after }) =>
      measure.of(before) && measure.of(after) && (measure.counts(before) || measure.counts(after)),
  );
  if (own.length === 0) return undefined;
  const change = pairedChange(
    clusteredPairs(
      own,
      ({ after }) => after.task,
      ({ before, after }) => measure.value(after) - measure.value(before),
    ),
  );
  const partial = partialOverlap(change.difference, alone.filter(measure.of), measure);
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
    ...change,
    ...(partial && { partial }),
  };
}

/**
 * What unpaired episodes allow: each of them may have been 0, and may have been 1, before. One that does not count by
 * itself, as without delivery, would have counted where its twin does, and then it could only have fallen.
 */
function partialOverlap(
  { low, high, n }: { readonly low: number; readonly high: number; readonly n: number },
  alone: readonly Fact[],
  measure: PooledMeasure,
): PartialOverlap | undefined {
  const unpaired = alone.length;
  if (unpaired === 0) return undefined;
  const counted = alone.filter(measure.counts);
  const total = (facts: readonly Fact[]): number => facts.reduce((sum, fact) => sum + measure.value(fact), 0);
  const [least, most] = [low * n + total(alone) - unpaired, high * n + total(counted)];
  const [all, sure] = [n + unpaired, n + counted.length];
  // Unchanged episodes bring a fall nearer to zero, and a rise too; a rise is largest without them.
  return { unpaired, low: least / all, high: most / (most > 0 ? sure : all) };
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
