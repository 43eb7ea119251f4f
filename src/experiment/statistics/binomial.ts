/** ln of the gamma function for `x` > 0, Lanczos' approximation (g = 7), exact to about 1e-15. */
function logGamma(x: number): number {
  const [first = 0, ...rest] = lanczos;
  const shifted = x + 6.5;
  const sum = rest.reduce((total, factor, index) => total + factor / (x + index), first);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(shifted) - shifted + Math.log(sum);
}

const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Regularized incomplete beta function for `a`, `b` > 0; continued fraction by Lentz's method. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast on this side only.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  const tiny = 1e-300;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1), tiny);
  let c = 1;
  let fraction = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let change = 1;
    for (const term of [even, odd]) {
      d = 1 / nonZero(1 + term * d, tiny);
      c = nonZero(1 + term / c, tiny);
      change *= d * c;
    }
    fraction *= change;
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return (front * fraction) / a;
}

function nonZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

/** Probability of at most `k` successes in `n` independent trials. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  return k >= n ? 1 : incompleteBeta(1 - p, n - k, k + 1);
}

/** Probability of exactly `k` successes in `n` independent trials. */
export function binomialPmf(k: number, n: number, p: number): number {
  if (p <= 0) return k === 0 ? 1 : 0;
  if (p >= 1) return k === n ? 1 : 0;
  const logWays = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  return Math.exp(logWays + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

/**
 * Probabilities of 0 to `n` successes in `n` trials whose pairwise correlation is `correlation` (beta-binomial):
 * the repeats of one task.
 * @param n at most 100, so that no factor overflows
 * @param correlation from 0 (independent) to 1 (all the same)
 */
export function betaBinomial(n: number, p: number, correlation: number): number[] {
  if (correlation >= 1) return Array.from({ length: n + 1 }, (_, k) => (k === n ? p : k === 0 ? 1 - p : 0));
  const [yes, no, all] = [p, 1 - p, 1].map((share) => share * (1 - correlation));
  return Array.from({ length: n + 1 }, (_, k) => {
    let probability = 1;
    // One factor of each product at a time keeps every partial result within bounds.
    for (let trial = 0; trial < n; trial++) {
      const rising = trial < k ? (yes ?? 0) + trial * correlation : (no ?? 0) + (trial - k) * correlation;
      const ways = trial < k ? (n - trial) / (k - trial) : 1;
      probability *= (ways * rising) / ((all ?? 1) + trial * correlation);
    }
    return probability;
  });
}
