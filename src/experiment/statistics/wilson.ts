import { z95 } from './normal.ts';

/** An estimate with its two-sided 95 % interval. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** `k` of `n`, with an interval. */
export interface Proportion extends Interval {
  readonly k: number;
  readonly n: number;
}

/**
 * Wilson's score interval of a proportion (Wilson 1927), 95 %.
 * @param k successes, 0 to n; may be fractional when shares are counted
 * @param n independent trials, above 0
 * @throws RangeError for other values
 */
export function wilson(k: number, n: number): Proportion {
  if (!(n > 0 && k >= 0 && k <= n)) throw new RangeError(`wilson(${k}, ${n}): needs 0 <= k <= n and n > 0`);
  return { ...wilsonAt(k / n, n), k, n };
}

/**
 * Wilson's interval of the share `p` among `n` independent trials; `n` may be fractional.
 * @param z normal quantile of the two-sided level, 95 % unless given
 */
export function wilsonAt(p: number, n: number, z = z95): Interval {
  const z2n = z ** 2 / n;
  const center = (p + z2n / 2) / (1 + z2n);
  const half = (Math.sqrt(z2n) * Math.sqrt(p * (1 - p) + z2n / 4)) / (1 + z2n);
  // At the ends the formula gives 0 and 1 but for rounding.
  return {
    estimate: p,
    low: p === 0 ? 0 : Math.max(0, center - half),
    high: p === 1 ? 1 : Math.min(1, center + half),
  };
}
