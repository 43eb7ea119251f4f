import type { Cluster } from './clusters.ts';

/**
 * Correlation of two trials of one task, by the analysis of variance (Donner 1986): 0 when trials are
 * independent, 1 when all trials of a task end alike. Estimates below 0 are taken as 0.
 * @param groups the tasks of each cell, with values 0 or 1; cells have levels of their own and are pooled
 * @returns undefined where no task has two trials, or nothing varies
 */
export function intraTaskCorrelation(groups: readonly (readonly Cluster[])[]): number | undefined {
  let [between, within, tasks, values, squaredSizes] = [0, 0, 0, 0, 0];
  let cells = 0;
  for (const clusters of groups) {
    const n = clusters.reduce((sum, cluster) => sum + cluster.n, 0);
    if (clusters.length < 2 || n === clusters.length) continue;
    const mean = clusters.reduce((sum, cluster) => sum + cluster.sum, 0) / n;
    for (const cluster of clusters) {
      between += cluster.n * (cluster.sum / cluster.n - mean) ** 2;
      // Values are 0 or 1, so the sum of squares is the sum.
      within += cluster.sum - cluster.sum ** 2 / cluster.n;
    }
    squaredSizes += clusters.reduce((sum, cluster) => sum + cluster.n ** 2, 0) / n;
    tasks += clusters.length;
    values += n;
    cells++;
  }
  if (cells === 0) return undefined;
  const meanBetween = between / (tasks - cells);
  const meanWithin = within / (values - tasks);
  const size = (values - squaredSizes) / (tasks - cells);
  const total = meanBetween + (size - 1) * meanWithin;
  return total === 0 ? undefined : Math.max(0, (meanBetween - meanWithin) / total);
}

/** By how much repeats of tasks are worth less than tasks (Kish 1965): 1 + (trials - 1) x correlation. */
export function designEffect(trials: number, correlation: number): number {
  return 1 + (trials - 1) * correlation;
}
