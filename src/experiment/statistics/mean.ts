import { type Cluster, totalsOf } from './clusters.ts';
import { effectiveTrials } from './effective.ts';
import { z95 } from './normal.ts';
import { student95 } from './student.ts';
import { type Proportion, wilsonAt } from './wilson.ts';

/**
 * 95 % interval of a mean by Student's t, with the cluster-robust variance (Liang and Zeger 1986, with the
 * factor G / (G - 1)) and G - 1 degrees of freedom.
 * @returns `k` is the sum of the values; undefined for a single cluster, which tells nothing of others
 */
export function clusteredMean(clusters: readonly Cluster[]): Proportion | undefined {
  const { n, sum, mean, variance } = totalsOf(clusters);
  if (variance === undefined) return undefined;
  const half = student95(clusters.length - 1) * Math.sqrt(variance);
  return { estimate: mean, low: mean - half, high: mean + half, k: sum, n };
}

/**
 * 95 % interval of a share, or of a mean of values from 0 to 1: Wilson's interval with the effective number
 * of trials, n divided by the design effect (Kish 1965). With one value per cluster and values 0 or 1 this is
 * Wilson's interval itself.
 * @param z normal quantile of the two-sided level, 95 % unless given
 */
export function clusteredShare(clusters: readonly Cluster[], z = z95): Proportion {
  const { n, sum, mean } = totalsOf(clusters);
  return { ...wilsonAt(mean, effectiveTrials(clusters), z), k: sum, n };
}
