import { z95 } from './normal.ts';

/** More than a float has binary digits: bisection further tells nothing. */
const steps = 60;

/**
 * 95 % score interval of the difference of two shares on pairs (Tango 1998): the differences that a score test does
 * not reject. All three may be fractional when shares are counted, or pairs are worth less than their number.
 * @param gained pairs in which only the second condition has the event
 * @param lost pairs in which only the first has it
 * @param n all pairs, above 0
 * @throws RangeError for other values
 */
export function tango(gained: number, lost: number, n: number): { low: number; high: number } {
  if (!(n > 0 && gained >= 0 && lost >= 0 && gained + lost <= n * (1 + 1e-9)))
    throw new RangeError(`tango(${gained}, ${lost}, ${n}): needs 0 <= gained + lost <= n and n > 0`);
  return { low: -upperBound(lost, gained, n), high: upperBound(gained, lost, n) };
}

/** The greatest difference that is not rejected. */
function upperBound(gained: number, lost: number, n: number): number {
  let [low, high] = [(gained - lost) / n, 1];
  for (let step = 0; step < steps; step++) {
    const middle = (low + high) / 2;
    if (score(middle, { gained, lost, n }) > -z95) low = middle;
    else high = middle;
  }
  return high;
}

/** The score of a difference above the one observed; with the likeliest share of losses under it, in closed form. */
function score(
  difference: number,
  { gained, lost, n }: { readonly gained: number; readonly lost: number; readonly n: number },
): number {
  const b = (2 * n - gained + lost) * difference - gained - lost;
  const c = -lost * difference * (1 - difference);
  const losses = (Math.sqrt(Math.max(0, b ** 2 - 8 * n * c)) - b) / (4 * n);
  const variance = n * (2 * losses + difference * (1 - difference));
  const distance = gained - lost - n * difference;
  return distance === 0 ? 0 : distance / Math.sqrt(Math.max(0, variance));
}
