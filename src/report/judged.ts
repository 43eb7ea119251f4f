import type { Cell, Judged, Metric, RunResult } from '../contracts/cell.ts';
import { count, percent, safe } from './text.ts';

/** How many cells are told one by one; the rest stands in JSON and CSV. */
const mostTold = 12;

const names: Readonly<Record<keyof Judged, string>> = {
  refused: 'declined the task',
  refusedCorrected: "declined the task, corrected for the judge's errors",
  asrCorrected: "ASR, corrected for the judge's errors",
};

/** What judges decided, a line each; nothing where no judge looked. */
export function judgedNotes({ cells }: RunResult): string[] {
  const told = cells.flatMap((cell) =>
    Object.entries<Metric>({ ...cell.judged }).map(
      ([name, metric]) => `judge: ${placeOf(cell)}: ${names[name as keyof Judged]} ${figureOf(metric)}`,
    ),
  );
  const more = told.length - mostTold;
  return more > 0
    ? [...told.slice(0, mostTold), `${count(more)} further figures of judges: safemcp report --format csv`]
    : told;
}

function placeOf({ agent, environment, attack, defense }: Cell): string {
  return [agent, environment, attack?.id ?? 'clean', defense].map((each) => safe(each)).join(', ');
}

function figureOf(metric: Metric): string {
  if ('absent' in metric) return `(${metric.absent})`;
  const { estimate, low, high, k, n } = metric;
  return `${percent(estimate)} (counted ${count(k)}/${count(n)}), ${percent(low)} to ${percent(high)}`;
}
