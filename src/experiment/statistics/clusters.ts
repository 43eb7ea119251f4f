/** Sums over the repeats of one task, which are not independent of each other. */
export interface Cluster {
  /** Number of values. */
  readonly n: number;
  readonly sum: number;
}

/** Changes from one condition to another over the pairs of one task. */
export interface PairCluster {
  /** Number of pairs. */
  readonly n: number;
  /** By how much the second condition has more, summed over the pairs in which it has more; 1 at most for each. */
  readonly gained: number;
  /** The same where it has less. */
  readonly lost: number;
}

/** Groups values by cluster, in the order in which clusters first appear. */
export function clustered<T>(
  items: Iterable<T>,
  clusterOf: (item: T) => number | string,
  measure: (item: T) => number,
): Cluster[] {
  const clusters = new Map<number | string, { n: number; sum: number }>();
  for (const item of items) {
    const id = clusterOf(item);
    const cluster = clusters.get(id);
    if (cluster === undefined) clusters.set(id, { n: 1, sum: measure(item) });
    else {
      cluster.n++;
      cluster.sum += measure(item);
    }
  }
  return [...clusters.values()];
}

/** Groups pairs by cluster, in the order in which clusters first appear. */
export function clusteredPairs<T>(
  pairs: Iterable<T>,
  clusterOf: (pair: T) => number | string,
  changeOf: (pair: T) => number,
): PairCluster[] {
  const clusters = new Map<number | string, { n: number; gained: number; lost: number }>();
  for (const pair of pairs) {
    const cluster = clusters.get(clusterOf(pair)) ?? { n: 0, gained: 0, lost: 0 };
    clusters.set(clusterOf(pair), cluster);
    const change = changeOf(pair);
    cluster.n++;
    if (change > 0) cluster.gained += change;
    else cluster.lost -= change;
  }
  return [...clusters.values()];
}

export interface Totals {
  readonly n: number;
  readonly sum: number;
  readonly mean: number;
  /** Variance of the mean with clusters as the independent units; undefined for a single cluster. */
  readonly variance: number | undefined;
}

/** @throws RangeError when there is no value */
export function totalsOf(clusters: readonly Cluster[]): Totals {
  const n = clusters.reduce((total, cluster) => total + cluster.n, 0);
  if (n === 0) throw new RangeError('At least one value is needed');
  const sum = clusters.reduce((total, cluster) => total + cluster.sum, 0);
  const mean = sum / n;
  const groups = clusters.length;
  if (groups === 1) return { n, sum, mean, variance: undefined };
  const squares = clusters.reduce((total, cluster) => total + (cluster.sum - mean * cluster.n) ** 2, 0);
  return { n, sum, mean, variance: ((groups / (groups - 1)) * squares) / n ** 2 };
}
