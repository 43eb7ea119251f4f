/** Sums over the repeats of one task, which are not independent of each other. */
export interface Cluster {
  /** Number of values. */
  readonly n: number;
  readonly sum: number;
}

/** Groups values by cluster, in the order in which clusters first appear. */
export function clustered<T>(
  items: Iterable<T>,
  clusterOf: (item: T) => number,
  measure: (item: T) => number,
): Cluster[] {
  const clusters = new Map<number, { n: number; sum: number }>();
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
