/**
 * Exact McNemar test (two-sided): how surprising the split of the discordant pairs is if both directions are
 * equally likely.
 * @param onlyFirst pairs in which only the first condition has the event
 * @param onlySecond pairs in which only the second has it
 * @returns p, 1 when no pair is discordant
 */
export function mcnemarExact(onlyFirst: number, onlySecond: number): number {
  const n = onlyFirst + onlySecond;
  let logTerm = -n * Math.LN2;
  let tail = 0;
  for (let k = 0; k <= Math.min(onlyFirst, onlySecond); k++) {
    tail += Math.exp(logTerm);
    logTerm += Math.log((n - k) / (k + 1));
  }
  return Math.min(1, 2 * tail);
}
