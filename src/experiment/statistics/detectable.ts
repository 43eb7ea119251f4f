/**
 * The smallest true rate that `n` independent trials show with probability `power`. A rate shows as soon as
 * one trial succeeds, because only then Wilson's lower bound leaves 0. This definition is ours.
 */
export function smallestDetectableRate(n: number, power = 0.8): number {
  return n === 0 ? 1 : 1 - (1 - power) ** (1 / n);
}
