import type { RunResult } from '../contracts/cell.ts';
import { reportVersion } from './schema.ts';

/** The run and its cells as JSON; every metric is `{estimate, low, high, k, n}` or `{absent: reason}`. */
export function jsonReport({ run, cells }: RunResult): string {
  // The counts of tasks serve pooling, and would double the size.
  const published = cells.map((cell) => {
    const { tasks: _, ...rest } = cell;
    return rest;
  });
  return `${JSON.stringify({ version: reportVersion, run, cells: published }, null, 2)}\n`;
}
