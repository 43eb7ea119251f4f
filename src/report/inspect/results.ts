import type { Cell, Metric } from '../../contracts/cell.ts';
import { attackStages } from '../../contracts/events.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { type Tally, tally } from '../tally.ts';
import { type ScorerName, scorers, scorersIn } from './scores.ts';

/** What the samples of a log came to. */
export interface SampleCounts {
  readonly total: number;
  /** Without an error. */
  readonly completed: number;
  readonly scored: ReadonlyMap<ScorerName, number>;
}

/** The figures of a log's cells as Inspect's results; how they are made is told on the page about metrics. */
export function inspectResults(cells: readonly Cell[], counts: SampleCounts): JsonObject {
  const attacked = cells.filter(({ attack }) => attack !== null);
  const figures = figuresOf({
    attacked: tally(attacked),
    clean: tally(cells.filter(({ attack }) => attack === null)),
  });
  return {
    total_samples: counts.total,
    completed_samples: counts.completed,
    scores: scorersIn(counts.scored).map((name) => ({
      name,
      scorer: name,
      scored_samples: counts.scored.get(name) ?? 0,
      unscored_samples: counts.total - (counts.scored.get(name) ?? 0),
      metrics: Object.fromEntries(figures[name]?.map((figure) => [keyOf(figure), figure]) ?? []),
      metadata: { definition: scorers[name] },
    })),
    metadata: {
      stopped_by: sumCounts(cells.map(({ stoppedBy }) => stoppedBy)),
      invalid_by_status: sumCounts(cells.map(({ invalidBy }) => invalidBy)),
    },
  };
}

type Figure = JsonObject & { readonly name: string; readonly group?: string };
type Pools = Readonly<Record<'attacked' | 'clean', Tally>>;

function figuresOf({ attacked, clean }: Pools): Partial<Record<ScorerName, Figure[]>> {
  return {
    attack_success: [...figure('asr', attacked.asr), ...byAttack(attacked, 'asr')],
    stage: attackStages.map((stage) => ({
      name: stage,
      group: 'ended at (episodes)',
      value: attacked.endedAt[stage],
    })),
    harm: [...figure('hr', attacked.hr), ...byAttack(attacked, 'hr')],
    detection: [...figure('dr', attacked.dr), ...byAttack(attacked, 'dr')],
    false_alarm: figure('fpr', clean.fpr),
    utility: [
      ...clean.cells.flatMap(({ metrics }) => [
        ...figure('utility_clean', metrics.utility),
        ...figure('ral_defense', metrics.ralDefense),
      ]),
      ...(attacked.utility === undefined ? [] : [{ name: 'utility_attacked', value: attacked.utility }]),
      ...byAttack(attacked, 'utility'),
      ...byAttack(attacked, 'ralAttack'),
      ...byAttack(attacked, 'ralBoth'),
      ...byAttack(attacked, 'nrp'),
    ],
  };
}

function byAttack({ cells }: Tally, metric: keyof Cell['metrics']): Figure[] {
  return cells.flatMap(({ attack, metrics }) =>
    figure(attack?.id ?? '', metrics[metric]).map((one) => ({ ...one, group: `${metric} by attack` })),
  );
}

/** A figure with its interval; none where there is none to tell. */
function figure(name: string, metric: Metric): Figure[] {
  if ('absent' in metric) return [];
  const { estimate, low, high, k, n } = metric;
  return [{ name, value: estimate, metadata: { low, high, k, n, interval: '95%' } }];
}

function keyOf({ group, name }: Figure): string {
  return group === undefined ? name : `${group}: ${name}`;
}

function sumCounts(all: readonly Readonly<Partial<Record<string, number>>>[]): JsonObject {
  const sums = new Map<string, number>();
  for (const counts of all)
    for (const [name, count = 0] of Object.entries(counts)) sums.set(name, (sums.get(name) ?? 0) + count);
  return Object.fromEntries(sums);
}
