import { betaBinomial, binomialCdf, binomialPmf } from './binomial.ts';
import { normalQuantile, z95 } from './normal.ts';

/** A comparison of two conditions on the same tasks, by the exact McNemar test with each task taken once. */
export interface PairedDesign {
  /** Rate in one condition, 0 to 1, and in the other. */
  readonly before: number;
  readonly after: number;
  /** Trials of each task in each condition, 1 to 100. */
  readonly trials: number;
  /** Correlation of two trials of one task, 0 to 1. */
  readonly correlation: number;
  /** Chance of a false alarm, 0.05 unless many comparisons share it. */
  readonly alpha: number;
}

/** A plan that needs more tasks than this is no plan. */
export const mostTasks = 100_000;

/**
 * The probability with which the test shows the difference. The conditions are taken as independent given their rates;
 * pairs that are alike by nature show more, so this errs on the safe side. This model is ours.
 */
export function pairedPower(tasks: number, design: PairedDesign): number {
  const { fewer, more } = taskChanges(design);
  const changed = Math.min(1, fewer + more);
  if (changed === 0) return 0;
  // The constant is for counts near 0 or all, whose tails are longer than their deviation says.
  const spread = 9 * Math.sqrt(tasks * changed * (1 - changed)) + 20;
  const from = Math.max(0, Math.floor(tasks * changed - spread));
  const to = Math.min(tasks, Math.ceil(tasks * changed + spread));
  let power = 0;
  for (let discordant = from; discordant <= to; discordant++)
    power +=
      binomialPmf(discordant, tasks, changed) * rejection(discordant, fewer / (fewer + more), design.alpha);
  return Math.min(1, power);
}

/** How likely the other condition has fewer, and how likely more, successes in the trials of one task. */
function taskChanges({ before, after, trials, correlation }: PairedDesign): { fewer: number; more: number } {
  const [one, other] = [before, after].map((rate) => betaBinomial(trials, rate, correlation));
  let [fewer, more] = [0, 0];
  for (const [k, p] of (one ?? []).entries())
    for (const [l, q] of (other ?? []).entries())
      if (l < k) fewer += p * q;
      else if (l > k) more += p * q;
  return { fewer, more };
}

/** The probability that the split of `n` discordant tasks is significant when one direction has probability `share`. */
function rejection(n: number, share: number, alpha: number): number {
  const most = greatestRejected(n, alpha);
  if (most < 0) return 0;
  return binomialCdf(most, n, share) + binomialCdf(most, n, 1 - share);
}

/** The greatest smaller count of `n` that is significant; -1 when none is. */
function greatestRejected(n: number, alpha: number): number {
  let [low, high] = [-1, Math.floor((n - 1) / 2)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (2 * binomialCdf(middle, n, 0.5) <= alpha) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The number of tasks at which the power reaches `power`; undefined when 100,000 are too few. */
export function tasksForDifference(design: PairedDesign, power: number): number | undefined {
  if (design.before === design.after) return undefined;
  let high = 1;
  while (pairedPower(high, design) < power) {
    high *= 2;
    if (high > mostTasks) return undefined;
  }
  let low = high >> 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (pairedPower(middle, design) < power) low = middle;
    else high = middle;
  }
  return high;
}

/** The smallest drop of the rate that `tasks` tasks show with probability `power`; undefined when not even a drop to 0. */
export function smallestDetectableDrop(
  tasks: number,
  design: Omit<PairedDesign, 'after'>,
  power = 0.8,
): number | undefined {
  const powerAt = (after: number): number => pairedPower(tasks, { ...design, after });
  if (powerAt(0) < power) return undefined;
  let [low, high] = [0, design.before];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (powerAt(middle) < power) high = middle;
    else low = middle;
  }
  return design.before - low;
}

/**
 * Independent trials after which Wilson's 95 % interval of an observed `rate` leaves `limit` outside: the score test
 * solved for n. Infinite where they are equal.
 * @param power chance that the observed rate is good enough if the true one is `rate`; 0.5 unless given
 */
export function trialsToDecide(rate: number, limit: number, power = 0.5): number {
  const spread = z95 * Math.sqrt(limit * (1 - limit)) + normalQuantile(power) * Math.sqrt(rate * (1 - rate));
  // A limit of 0 or 1 is never left behind: the interval always reaches it.
  if (rate === limit || limit <= 0 || limit >= 1) return Number.POSITIVE_INFINITY;
  return Math.max(1, Math.ceil((spread / (rate - limit)) ** 2));
}
