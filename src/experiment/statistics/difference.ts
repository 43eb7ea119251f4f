import type { Interval } from './wilson.ts';

/**
 * 95 % interval of `one` - `other`, two independent shares with their Wilson intervals (Newcombe 1998, method 10).
 */
export function differenceOfShares(one: Interval, other: Interval): Interval {
  const estimate = one.estimate - other.estimate;
  return {
    estimate,
    low: estimate - Math.hypot(one.estimate - one.low, other.high - other.estimate),
    high: estimate + Math.hypot(one.high - one.estimate, other.estimate - other.low),
  };
}
