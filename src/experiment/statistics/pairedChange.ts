import type { PairCluster } from './clusters.ts';
import { effectivePairs } from './effective.ts';
import { mcnemarExact } from './mcnemar.ts';
import { tango } from './tango.ts';
import type { Proportion } from './wilson.ts';

/** The change of a share from one condition to another, on pairs that are clustered by task. */
export interface PairedChange {
  /** `k` is the sum of the changes of `n` pairs. */
  readonly difference: Proportion;
  /** Exact McNemar, each task once by the sign of its change: its trials are not independent. */
  readonly p: number;
  readonly pairs: number;
}

/**
 * The change with its 95 % interval: Tango's interval with the effective number of pairs. With one pair per task this
 * is Tango's interval itself. The combination is ours; it is what {@link clusteredShare} is to Wilson's interval.
 * @param clusters one for each task, at least one
 */
export function pairedChange(clusters: readonly PairCluster[]): PairedChange {
  const total = (member: keyof PairCluster): number =>
    clusters.reduce((sum, cluster) => sum + cluster[member], 0);
  const [n, gained, lost] = [total('n'), total('gained'), total('lost')];
  const worth = effectivePairs(clusters) / n;
  const interval = tango(gained * worth, lost * worth, n * worth);
  const k = gained - lost;
  return {
    difference: { estimate: k / n, ...interval, k, n },
    p: mcnemarExact(
      clusters.filter((cluster) => cluster.lost > cluster.gained).length,
      clusters.filter((cluster) => cluster.gained > cluster.lost).length,
    ),
    pairs: n,
  };
}
