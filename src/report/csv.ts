import type { Cell, Metric, RunResult, TaskCounts } from '../contracts/cell.ts';
import { attackStages } from '../contracts/events.ts';
import { rateByTask } from './tally.ts';

const columns = [
  'run',
  'agent',
  'environment',
  'attack',
  'vector',
  'carrier',
  'goal',
  'defense',
  'episodes',
  'invalid',
  'metric',
  'estimate',
  'low',
  'high',
  'k',
  'n',
  'absent',
];

/** One line per cell and metric (tidy data), after RFC 4180. Clean cells have no attack. */
export function csvReport({ run, cells }: RunResult): string {
  const rows = cells.flatMap((cell) => {
    const { agent, environment, attack, defense, episodes, invalid } = cell;
    const place = [
      run.id,
      agent,
      environment,
      attack?.id,
      attack?.vector,
      attack?.carrier,
      attack?.goal,
      defense,
    ];
    return metricsOf(cell).map(([name, metric]) => [...place, episodes, invalid, name, ...figures(metric)]);
  });
  return csvLines([columns, ...rows]);
}

type Named = readonly [string, Metric];

function metricsOf(cell: Cell): Named[] {
  const { attack, metrics, detectors } = cell;
  const rate = (k: (task: TaskCounts) => number): Metric =>
    rateByTask([cell], (task) => [k(task), task.valid]);
  const stages = attack
    ? attackStages.flatMap((stage): Named[] =>
        stage === 'planned' ? [] : [[`funnel.${stage}`, rate(({ funnel }) => funnel[stage])]],
      )
    : [];
  const stopped = Object.keys(cell.stoppedBy).map(
    (defense): Named => [`stoppedBy.${defense}`, rate(({ stoppedBy }) => stoppedBy[defense] ?? 0)],
  );
  const detected = Object.entries(detectors).flatMap(([defense, { dr, fpr }]): Named[] => [
    [`dr.${defense}`, dr],
    [`fpr.${defense}`, fpr],
  ]);
  const judged = Object.entries<Metric>({ ...cell.judged });
  return [...stages, ...stopped, ...Object.entries<Metric>({ ...metrics }), ...detected, ...judged];
}

type Field = string | number | undefined;

function figures(metric: Metric): readonly Field[] {
  if ('absent' in metric) return ['', '', '', '', '', metric.absent];
  return [metric.estimate, metric.low, metric.high, metric.k, metric.n, ''];
}

/** Lines after RFC 4180. */
export function csvLines(rows: readonly (readonly Field[])[]): string {
  return rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

/** Quotes where needed; a text that a spreadsheet would take for a formula gets an apostrophe before it. */
function field(value: Field): string {
  if (typeof value !== 'string') return value === undefined ? '' : String(value);
  const inert = /^\s*[=+\-@|%]|^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
