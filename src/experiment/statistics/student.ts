/** Probability that a Student t variable with `df` (whole) degrees of freedom lies between -t and t. */
function studentMiddle(t: number, df: number): number {
  const angle = Math.atan(t / Math.sqrt(df));
  const cos2 = Math.cos(angle) ** 2;
  // Abramowitz and Stegun 26.7.3 (odd) and 26.7.4 (even).
  const odd = df % 2 === 1;
  let term = odd ? Math.cos(angle) : 1;
  let sum = df === 1 ? 0 : term;
  for (let index = odd ? 3 : 2; index < df; index += 2) {
    term *= (cos2 * (index - 1)) / index;
    sum += term;
  }
  const series = Math.sin(angle) * sum;
  return odd ? (2 / Math.PI) * (angle + series) : series;
}

const quantiles = new Map<number, number>();

/** t of a two-sided 95 % interval. @param df degrees of freedom, a whole number from 1 */
export function student95(df: number): number {
  const known = quantiles.get(df);
  if (known !== undefined) return known;
  let low = 0;
  let high = 13;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (studentMiddle(middle, df) < 0.95) low = middle;
    else high = middle;
  }
  quantiles.set(df, high);
  return high;
}
