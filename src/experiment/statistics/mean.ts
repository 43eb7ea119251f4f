import { type Cluster, totalsOf } from './clusters.ts';
import { designEffect } from './correlation.ts';
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

/** Independent trials that tell as much as the clusters' values; see {@link clusteredShare}. */
export function effectiveTrials(clusters: readonly Cluster[]): number {
  const { n } = totalsOf(clusters);
  const size = n / clusters.length;
  if (size === 1) return n;
  // Few clusters look alike by chance, and rare events never show how they cluster. With one more cluster of ones and one
  // of zeros, as far as clusters can agree at all, intervals hold what they promise.
  const cautious = designEffectOf([...clusters, { n: size, sum: size }, { n: size, sum: 0 }]);
  return n / Math.max(1, designEffectOf(clusters), Math.min(size, cautious));
}

/**
 * What {@link effectiveTrials} may be expected to be before the study.
 * @param trials of each task
 * @param correlation of two trials of one task
 */
export function expectedTrials(
  tasks: number,
  {
    rate,
    trials,
    correlation,
  }: { readonly rate: number; readonly trials: number; readonly correlation: number },
): number {
  const effect = designEffect(trials, correlation);
  const mean = (tasks * rate + 1) / (tasks + 2);
  const squares =
    tasks * ((rate - mean) ** 2 + (rate * (1 - rate) * effect) / trials) + (1 - mean) ** 2 + mean ** 2;
  const independent = (mean * (1 - mean)) / ((tasks + 2) * trials - 1);
  const cautious = squares / ((tasks + 1) * (tasks + 2)) / independent;
  return (tasks * trials) / Math.max(effect, Math.min(trials, cautious));
}

/** Variance of the mean over the variance that independent values would have; 1 where it cannot be seen. */
function designEffectOf(clusters: readonly Cluster[]): number {
  const { n, mean, variance } = totalsOf(clusters);
  const independent = (mean * (1 - mean)) / (n - 1);
  return variance === undefined || independent === 0 ? 1 : variance / independent;
}
