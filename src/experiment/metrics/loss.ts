import type { Metric } from '../../contracts/cell.ts';
import { bootstrapBca, type PairSums } from '../statistics/bootstrap.ts';
import type { PairCluster } from '../statistics/clusters.ts';
import { pairedChange } from '../statistics/pairedChange.ts';
import type { Resamples } from '../statistics/resamples.ts';

/** Sums per task over pairs, in the order in which tasks first appear. */
export function pairSums<T>(
  pairs: readonly (readonly [T, T])[],
  taskOf: (condition: T) => number | string,
  value: (each: T) => number,
): PairSums[] {
  const byTask = new Map<number | string, { n: number; reference: number; condition: number }>();
  for (const [reference, condition] of pairs) {
    const sums = byTask.get(taskOf(condition)) ?? { n: 0, reference: 0, condition: 0 };
    byTask.set(taskOf(condition), sums);
    sums.n++;
    sums.reference += value(reference);
    sums.condition += value(condition);
  }
  return [...byTask.values()];
}

/**
 * RAL: the utility lost over the pairs' reference utility; `k` is the utility lost over `n` pairs. Its interval is that
 * of the change of utility, over the mean reference, and reaches as far as the bootstrap's where that is wider: the one
 * takes the reference as given, the other trusts few tasks too much. The combination is ours.
 */
export function lossOfUtility(sums: readonly PairSums[], resamples: Resamples): Metric {
  const total = (member: keyof PairSums): number => sums.reduce((sum, task) => sum + task[member], 0);
  const [n, expected] = [total('n'), total('reference')];
  if (n === 0) return { absent: 'no valid pairs' };
  if (expected === 0) return { absent: 'the reference utility is 0' };
  const { difference } = pairedChange(sums.map(changeOf));
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

function changeOf({ n, reference, condition }: PairSums): PairCluster {
  return { n, gained: Math.max(0, condition - reference), lost: Math.max(0, reference - condition) };
}
