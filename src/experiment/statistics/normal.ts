/** Probability that a standard normal variable is at most `x`. Series of Marsaglia (2004), exact to about 1e-15. */
export function normalCdf(x: number): number {
  if (x > 8) return 1;
  if (x < -8) return 0;
  let sum = x;
  let term = x;
  for (let index = 3; sum + term !== sum; index += 2) {
    term *= (x * x) / index;
    sum += term;
  }
  return 0.5 + sum * normalDensity(x);
}

/** The `x` with `normalCdf(x) = p`; infinite at 0 and 1. */
export function normalQuantile(p: number): number {
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  if (p > 0.5) return -normalQuantile(1 - p);
  // Newton's steps rise without overshooting: the function is convex left of 0.
  let x = 0;
  for (let step = 0; step < 100; step++) {
    const change = (normalCdf(x) - p) / normalDensity(x);
    x -= change;
    if (Math.abs(change) < 1e-14 * (1 + Math.abs(x))) break;
  }
  return x;
}

/** z of a two-sided 95 % interval. */
export const z95 = normalQuantile(0.975);

function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}
