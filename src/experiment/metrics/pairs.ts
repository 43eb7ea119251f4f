import type { Metric } from '../../contracts/cell.ts';
import { clusteredPairs } from '../statistics/clusters.ts';
import { clusteredMean } from '../statistics/mean.ts';
import { type PairedChange, pairedChange } from '../statistics/pairedChange.ts';
import type { Resamples } from '../statistics/resamples.ts';
import { type Condition, isAchieved, isDelivered } from './conditions.ts';
import { lossOfUtility, pairSums } from './loss.ts';
import type { Measure } from './measure.ts';

const noPairs: Metric = { absent: 'no valid pairs' };

/** The pairs of two conditions: episodes equal in task and trial, both valid. */
function pairsOf([reference, condition]: readonly [Condition, Condition]): [Measure, Measure][] {
  const pairs: [Measure, Measure][] = [];
  let next = 0;
  for (const measure of condition.valid) {
    // Both are in order.
    while (isBefore(reference.valid[next], measure)) next++;
    const other = reference.valid[next];
    if (other?.task === measure.task && other.trial === measure.trial) pairs.push([other, measure]);
  }
  return pairs;
}

function isBefore(one: Measure | undefined, other: Measure): boolean {
  return one !== undefined && (one.task < other.task || (one.task === other.task && one.trial < other.trial));
}

function taskOf({ task }: Measure): number {
  return task;
}

/** Relative loss of utility against a reference; `k` is the utility lost over `n` pairs. */
export type LossOfUtility = (reference: Condition | undefined, condition: Condition | undefined) => Metric;

/** Losses of a run. A condition has one reference, and several cells ask for its loss. */
export function createLosses(resamples: Resamples): LossOfUtility {
  const known = new Map<Condition, Metric>();
  return (reference, condition) => {
    if (reference === undefined || condition === undefined) return noPairs;
    const loss =
      known.get(condition) ??
      lossOfUtility(
        pairSums(pairsOf([reference, condition]), taskOf, ({ utility }) => utility),
        resamples,
      );
    known.set(condition, loss);
    return loss;
  };
}

/** Mean of condition - reference over pairs; `k` is the sum over `n` pairs. */
export function extraCost(
  reference: Condition | undefined,
  condition: Condition,
  cost: (measure: Measure) => number,
): Metric {
  if (reference === undefined) return noPairs;
  const sums = pairSums(pairsOf([reference, condition]), taskOf, cost);
  if (sums.length === 0) return noPairs;
  const differences = sums.map((task) => ({ n: task.n, sum: task.condition - task.reference }));
  return clusteredMean(differences) ?? { absent: 'an interval needs at least two tasks' };
}

/**
 * ASR with the defense minus ASR without, over the pairs in which the attack was delivered at least once of
 * twice. A defense can keep the payload off the wire, and an episode without delivery then counts as not
 * achieved; that is its merit. Undefined when there is no such pair.
 */
export function againstUndefended(undefended: Condition, defended: Condition): PairedChange | undefined {
  const pairs = pairsOf([undefended, defended]).filter(
    ([one, other]) => isDelivered(one) || isDelivered(other),
  );
  if (pairs.length === 0) return undefined;
  const success = (measure: Measure): number => (isAchieved(measure) ? 1 : 0);
  return pairedChange(
    clusteredPairs(
      pairs,
      ([, measure]) => taskOf(measure),
      ([one, other]) => success(other) - success(one),
    ),
  );
}
