import { type Interval, wilsonAt } from './wilson.ts';

/**
 * 95 % interval of an effect that is the same in every task seen, where resampling has nothing to vary: up to
 * the share of tasks that Wilson's interval does not exclude may behave otherwise, as far as `range` allows.
 * This definition is ours.
 * @param tasks number of tasks seen, above 0
 */
export function unanimousInterval(
  effect: number,
  tasks: number,
  range: { readonly low: number; readonly high: number },
): Interval {
  const others = wilsonAt(0, tasks).high;
  const mixed = (other: number): number => effect * (1 - others) + other * others;
  return {
    estimate: effect,
    low: Math.min(effect, mixed(range.low)),
    high: Math.max(effect, mixed(range.high)),
  };
}
