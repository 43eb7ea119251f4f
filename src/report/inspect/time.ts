/** The end of the year 9999: Python has no later time, and an imported record may have any. */
const latest = 253_402_300_799_999;

/** The time so many milliseconds after a start, which counts from 1970, in Inspect's form. */
export function clockTime(start: number, ms: number): string {
  return new Date(Math.min(latest, Math.max(0, start + ms))).toISOString();
}
