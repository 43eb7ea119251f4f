import type { Metric } from '../../contracts/cell.ts';
import { bootstrapBca, type PairSums } from '../statistics/bootstrap.ts';
import type { PairCluster } from '../statistics/clusters.ts';
import { pairedChange } from '../statistics/pairedChange.ts';
import type { Resamples } from '../statistics/resamples.ts';

/** Sums of one task over its pairs: the values of both conditions, and what single pairs gained and lost. */
export interface TaskSums extends PairSums, PairCluster {}

/** Sums per task over pairs, in the order in which tasks first appear. */
export function pairSums<T>(
  pairs: readonly (readonly [T, T])[],
  taskOf: (condition: T) => number | string,
  value: (each: T) => number,
): TaskSums[] {
  const byTask = new Map<number | string, { -readonly [member in keyof TaskSums]: TaskSums[member] }>();
  for (const [one, other] of pairs) {
    const sums = byTask.get(taskOf(other)) ?? { n: 0, reference: 0, condition: 0, gained: 0, lost: 0 };
    byTask.set(taskOf(other), sums);
    const [reference, condition] = [value(one), value(other)];
    sums.n++;
    sums.reference += reference;
    sums.condition += condition;
    sums.gained += Math.max(0, condition - reference);
    sums.lost += Math.max(0, reference - condition);
  }
  return [...byTask.values()];
}

/**
 * RAL: the utility lost over the pairs' reference utility; `k` is the utility lost over `n` pairs. Its interval is that
 * of the change of utility, pair by pair, over the mean reference, and reaches as far as the bootstrap's where that is
 * wider: the one takes the reference as given, the other trusts few tasks too much. The combination is ours.
 */
export function lossOfUtility(sums: readonly TaskSums[], resamples: Resamples): Metric {
  const total = (member: keyof TaskSums): number => sums.reduce((sum, task) => sum + task[member], 0);
  const [n, expected] = [total('n'), total('reference')];
  if (n === 0) return { absent: 'no valid pairs' };
  if (expected === 0) return { absent: 'the reference utility is 0' };
  const { difference } = pairedChange(sums);
  const scale = n / expected;
  const drawn = bootstrapBca(sums, resamples);
  const lost = expected - total('condition');
  return {
    estimate: lost / expected,
    low: Math.min(-difference.high * scale, drawn?.low ?? 1),
    high: Math.min(1, Math.max(-difference.low * scale, drawn?.high ?? 0)),
    k: lost,
    n,
  };
}
