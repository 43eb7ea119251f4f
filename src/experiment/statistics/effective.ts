import { type Cluster, type PairCluster, totalsOf } from './clusters.ts';
import { designEffect } from './correlation.ts';

/** A cluster with the sum of its squared values; for values in 0 to 1 their sum stands in, which is no less. */
interface Spread extends Cluster {
  readonly squares: number;
}

/** Independent trials that tell as much as the clusters' values from 0 to 1: their number over the design effect (Kish 1965). */
export function effectiveTrials(clusters: readonly Cluster[]): number {
  // The usual case, in every cell of a large run.
  if (clusters.every(({ n }) => n === 1)) return clusters.length;
  const spread = clusters.map(({ n, sum }) => ({ n, sum, squares: sum }));
  return effectiveNumber(spread, { low: 0, high: 1 });
}

/** The same of pairs, whose values are the differences, from -1 to 1. */
export function effectivePairs(clusters: readonly PairCluster[]): number {
  const spread = clusters.map(({ n, gained, lost }) => ({ n, sum: gained - lost, squares: gained + lost }));
  return effectiveNumber(spread, { low: -1, high: 1 });
}

function effectiveNumber(
  clusters: readonly Spread[],
  { low, high }: { readonly low: number; readonly high: number },
): number {
  const { n } = totalsOf(clusters);
  // The size of the cluster that a value stands in, on average: values of large clusters that agree are worth least.
  const size = clusters.reduce((sum, cluster) => sum + cluster.n ** 2, 0) / n;
  if (size === 1) return n;
  // Few clusters look alike by chance, and rare events never show how they cluster. With two more clusters, one at each end
  // of the range, as far as clusters can agree at all, intervals hold what they promise.
  const extreme = (value: number): Spread => ({ n: size, sum: size * value, squares: size * value ** 2 });
  const cautious = designEffectOf([...clusters, extreme(low), extreme(high)]);
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
function designEffectOf(clusters: readonly Spread[]): number {
  const { n, mean, variance } = totalsOf(clusters);
  const squares = clusters.reduce((sum, cluster) => sum + cluster.squares, 0);
  const independent = (squares / n - mean ** 2) / (n - 1);
  return variance === undefined || independent <= 0 ? 1 : variance / independent;
}
