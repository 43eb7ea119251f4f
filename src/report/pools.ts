import type { Cell, CellMetrics, Metric } from '../contracts/cell.ts';
import { noDefense } from '../experiment/metrics/measure.ts';
import type { AgentOverview } from './overview.ts';
import { pooledRate } from './tally.ts';

/** A mean over cells, each weighted by its n. It has no interval: cells share their tasks. */
export interface Pooled {
  readonly mean: number;
  readonly n: number;
  readonly cells: number;
}

/** The cells' estimates of a metric pooled; undefined where no cell has it. */
function pooledMetric(cells: readonly Cell[], name: keyof CellMetrics): Pooled | undefined {
  const known = cells.flatMap(({ metrics }) => ('absent' in metrics[name] ? [] : [metrics[name]]));
  const n = known.reduce((sum, metric) => sum + metric.n, 0);
  if (n === 0) return undefined;
  const sum = known.reduce((total, { estimate, n: weight }) => total + estimate * weight, 0);
  return { mean: sum / n, n, cells: known.length };
}

/** The three kinds of RAL of a defense set. */
export interface Losses {
  readonly attack: Pooled | undefined;
  readonly defense: Pooled | undefined;
  readonly both: Pooled | undefined;
}

export function lossesOf(agent: AgentOverview, defense: string): Losses {
  const attacked = agent.attacked.get(defense)?.cells ?? [];
  const clean = agent.clean.get(defense)?.cells ?? [];
  return {
    attack: pooledMetric(attacked, 'ralAttack'),
    defense: pooledMetric(clean, 'ralDefense') ?? pooledMetric(attacked, 'ralDefense'),
    both: pooledMetric(attacked, 'ralBoth'),
  };
}

/** What one member of a defense set flagged. */
export interface DetectorRates {
  readonly defense: string;
  readonly detector: string;
  readonly dr: Metric;
  readonly fpr: Metric;
}

export function detectorsOf(agent: AgentOverview): DetectorRates[] {
  return agent.defenses.flatMap((defense) => {
    const attacked = agent.attacked.get(defense);
    const clean = agent.clean.get(defense);
    const members = [...(attacked?.cells ?? []), ...(clean?.cells ?? [])].flatMap((cell) =>
      Object.keys(cell.detectors),
    );
    return [...new Set(members)].map((detector) => ({
      defense,
      detector,
      dr: pooledRate(
        attacked?.cells ?? [],
        ({ detectors }) => detectors[detector]?.dr,
        ({ flaggedBy, funnel }) => [flaggedBy[detector] ?? 0, funnel.delivered],
      ),
      fpr: pooledRate(
        clean?.cells ?? [],
        ({ detectors }) => detectors[detector]?.fpr,
        ({ flaggedBy, valid }) => [flaggedBy[detector] ?? 0, valid],
      ),
    }));
  });
}

/** What a defense set gives and takes, for the choice among several. */
export interface Trade {
  readonly defense: string;
  readonly asr: Extract<Metric, { estimate: number }>;
  /** Mean utility of attacked, and of clean episodes. */
  readonly utility: number | undefined;
  readonly cleanUtility: number | undefined;
  /** Milliseconds in defenses per clean episode, as in every other figure of time. */
  readonly ms: number | undefined;
  /** Further ones per attacked episode. */
  readonly tokens: number | undefined;
  readonly usd: number | undefined;
}

export function tradesOf(agent: AgentOverview): Trade[] {
  return [...agent.attacked].flatMap(([defense, tally]) => {
    if ('absent' in tally.asr) return [];
    const cost = (name: keyof CellMetrics): number | undefined =>
      defense === noDefense ? 0 : pooledMetric(tally.cells, name)?.mean;
    return [
      {
        defense,
        asr: tally.asr,
        utility: tally.utility,
        cleanUtility: agent.clean.get(defense)?.utility,
        ms: defense === noDefense ? 0 : agent.clean.get(defense)?.defenseMs,
        tokens: cost('extraTokens'),
        usd: cost('extraUsd'),
      },
    ];
  });
}

/** Those that no other beats in one figure without losing in the other; lower is better in both. */
export function frontOf<T>(
  items: readonly T[],
  figures: (item: T) => readonly [number, number],
): ReadonlySet<T> {
  const beats = ([a, b]: readonly [number, number], [c, d]: readonly [number, number]): boolean =>
    a <= c && b <= d && (a < c || b < d);
  return new Set(items.filter((item) => !items.some((other) => beats(figures(other), figures(item)))));
}
