/**
 * Between which rates the truth lies whatever the missing episodes would have shown (Manski's bounds): none of them
 * counts, or all of them do.
 */
export function boundsWithMissing(k: number, n: number, missing: number): { low: number; high: number } {
  const all = n + missing;
  return all === 0 ? { low: 0, high: 1 } : { low: k / all, high: (k + missing) / all };
}
