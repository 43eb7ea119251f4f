import type { Metric, PairedDifference } from '../../contracts/cell.ts';
import { bootstrapBca, meanDifference, type PairSums, relativeLoss } from '../statistics/bootstrap.ts';
import { mcnemarExact } from '../statistics/mcnemar.ts';
import { clusteredMean } from '../statistics/mean.ts';
import type { Resamples } from '../statistics/resamples.ts';
import { unanimousInterval } from '../statistics/unanimous.ts';
import { type Condition, isAchieved, isDelivered } from './conditions.ts';
import type { Measure } from './measure.ts';

const noPairs: Metric = { absent: 'no valid pairs' };

/** Sums per task over the pairs of two conditions: episodes equal in task and trial, both valid. */
function pairSums(
  [reference, condition]: readonly [Condition, Condition],
  value: (measure: Measure) => number,
  counts: (reference: Measure, condition: Measure) => boolean = () => true,
): PairSums[] {
  const byTask = new Map<number, { n: number; reference: number; condition: number }>();
  let next = 0;
  for (const measure of condition.valid) {
    // Both are in order.
    while (isBefore(reference.valid[next], measure)) next++;
    const other = reference.valid[next];
    if (other?.task !== measure.task || other.trial !== measure.trial || !counts(other, measure)) continue;
    const sums = byTask.get(measure.task) ?? { n: 0, reference: 0, condition: 0 };
    sums.n++;
    sums.reference += value(other);
    sums.condition += value(measure);
    byTask.set(measure.task, sums);
  }
  return [...byTask.values()];
}

function isBefore(one: Measure | undefined, other: Measure): boolean {
  return one !== undefined && (one.task < other.task || (one.task === other.task && one.trial < other.trial));
}

function total(sums: readonly PairSums[], member: keyof PairSums): number {
  return sums.reduce((sum, cluster) => sum + cluster[member], 0);
}

/** Relative loss of utility against a reference; `k` is the utility lost over `n` pairs. */
export type LossOfUtility = (reference: Condition | undefined, condition: Condition | undefined) => Metric;

/** Losses of a run. A condition has one reference, and several cells ask for its loss. */
export function createLosses(resamples: Resamples): LossOfUtility {
  const known = new Map<Condition, Metric>();
  return (reference, condition) => {
    if (reference === undefined || condition === undefined) return noPairs;
    const loss = known.get(condition) ?? lossOfUtility(reference, condition, resamples);
    known.set(condition, loss);
    return loss;
  };
}

function lossOfUtility(reference: Condition, condition: Condition, resamples: Resamples): Metric {
  const sums = pairSums([reference, condition], ({ utility }) => utility);
  if (sums.length === 0) return noPairs;
  const expected = total(sums, 'reference');
  if (expected === 0) return { absent: 'the reference utility is 0' };
  const lost = expected - total(sums, 'condition');
  const loss = lost / expected;
  const range = { low: Math.min(0, loss), high: 1 };
  const tasks = sums.filter((task) => task.reference > 0).length;
  const interval = bootstrapBca(sums, relativeLoss, resamples) ?? unanimousInterval(loss, tasks, range);
  return { ...interval, k: lost, n: total(sums, 'n') };
}

/** Mean of condition - reference over pairs; `k` is the sum over `n` pairs. */
export function extraCost(
  reference: Condition | undefined,
  condition: Condition,
  cost: (measure: Measure) => number,
): Metric {
  if (reference === undefined) return noPairs;
  const sums = pairSums([reference, condition], cost);
  if (sums.length === 0) return noPairs;
  const differences = sums.map((task) => ({ n: task.n, sum: task.condition - task.reference }));
  return clusteredMean(differences) ?? { absent: 'an interval needs at least two tasks' };
}

/**
 * ASR with the defense minus ASR without, over the pairs in which the attack was delivered at least once of
 * twice. A defense can keep the payload off the wire, and an episode without delivery then counts as not
 * achieved; that is its merit. McNemar's test takes each task once, by the sign of its difference, because
 * trials of a task are not independent. Undefined when there is no such pair.
 */
export function againstUndefended(
  undefended: Condition,
  defended: Condition,
  resamples: Resamples,
): Omit<PairedDifference, 'pHolm'> | undefined {
  const sums = pairSums(
    [undefended, defended],
    (measure) => (isAchieved(measure) ? 1 : 0),
    (one, other) => isDelivered(one) || isDelivered(other),
  );
  if (sums.length === 0) return undefined;
  const pairs = total(sums, 'n');
  const k = total(sums, 'condition') - total(sums, 'reference');
  const interval =
    bootstrapBca(sums, meanDifference, resamples) ??
    unanimousInterval(k / pairs, sums.length, { low: -1, high: 1 });
  const fewer = sums.filter((task) => task.condition < task.reference).length;
  const more = sums.filter((task) => task.condition > task.reference).length;
  return { difference: { ...interval, k, n: pairs }, p: mcnemarExact(fewer, more), pairs };
}
