import { normalCdf, normalQuantile } from './normal.ts';

/**
 * 95 % bounds, bias-corrected and accelerated (Efron 1987).
 * @param replicates the statistic of each resample, ascending; at least two
 * @param leftOut the statistic with each cluster left out once
 */
export function bcaBounds(
  estimate: number,
  replicates: Float64Array,
  leftOut: readonly number[],
): { low: number; high: number } {
  const bias = normalQuantile(shareBelow(replicates, estimate));
  const acceleration = skewOf(leftOut);
  const bound = (probability: number): number => {
    const shifted = bias + normalQuantile(probability);
    return quantile(replicates, normalCdf(bias + shifted / (1 - acceleration * shifted)));
  };
  return { low: bound(0.025), high: bound(0.975) };
}

/** Efron's acceleration: a sixth of the skewness of the jackknife values. */
function skewOf(leftOut: readonly number[]): number {
  const mean = leftOut.reduce((sum, value) => sum + value, 0) / leftOut.length;
  let [squares, cubes] = [0, 0];
  for (const value of leftOut) {
    squares += (mean - value) ** 2;
    cubes += (mean - value) ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

/** Share of the replicates below `value`, equal ones by half; kept off 0 and 1 by half a replicate. */
function shareBelow(replicates: Float64Array, value: number): number {
  let below = 0;
  for (const replicate of replicates) below += replicate < value ? 1 : replicate === value ? 0.5 : 0;
  const margin = 0.5 / replicates.length;
  return Math.min(1 - margin, Math.max(margin, below / replicates.length));
}

/** Linear interpolation between order statistics (type 7 of Hyndman and Fan). */
function quantile(sorted: Float64Array, probability: number): number {
  const place = probability * (sorted.length - 1);
  const index = Math.min(Math.floor(place), sorted.length - 2);
  const lower = sorted[index] ?? 0;
  const upper = sorted[index + 1] ?? lower;
  return lower + (upper - lower) * (place - index);
}
