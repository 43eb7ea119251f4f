import { bcaBounds } from './bca.ts';
import type { Resamples } from './resamples.ts';
import type { Interval } from './wilson.ts';

/** Sums of one cluster (one task) in the reference and in the other condition, over the same pairs. */
export interface PairSums {
  readonly n: number;
  readonly reference: number;
  readonly condition: number;
}

/** Below this, values differ by rounding only. */
const rounding = 1e-12;

/** (reference - condition) / reference: the ratio of sums, so that a task counts as much as it can lose. */
function relativeLoss({ reference, condition }: Pick<PairSums, 'reference' | 'condition'>): number {
  return (reference - condition) / reference;
}

/**
 * Relative loss with its 95 % bootstrap interval over whole clusters, bias-corrected and accelerated (BCa, Efron 1987).
 * @returns undefined where all clusters agree, so that resamples cannot vary
 */
export function bootstrapBca(clusters: readonly PairSums[], resamples: Resamples): Interval | undefined {
  const estimate = relativeLoss(sumOf(clusters));
  if (clusters.every((cluster) => agrees(relativeLoss(cluster), estimate))) return undefined;
  const replicates = replicatesOf(clusters, resamples(clusters.length));
  return { estimate, ...bcaBounds(estimate, replicates, jackknife(clusters)) };
}

/** A cluster without a loss of its own (0 / 0) adds nothing to either sum. */
function agrees(own: number, estimate: number): boolean {
  return Number.isNaN(own) || Math.abs(own - estimate) < rounding;
}

function sumOf(clusters: readonly PairSums[]): { reference: number; condition: number } {
  let [reference, condition] = [0, 0];
  for (const cluster of clusters) {
    reference += cluster.reference;
    condition += cluster.condition;
  }
  return { reference, condition };
}

/** Finite replicates in ascending order; a resample whose reference is 0 has no relative loss. */
function replicatesOf(clusters: readonly PairSums[], resamples: Iterable<Uint32Array>): Float64Array {
  const references = Float64Array.from(clusters, ({ reference }) => reference);
  const conditions = Float64Array.from(clusters, ({ condition }) => condition);
  const replicates: number[] = [];
  for (const picks of resamples) {
    let [reference, condition] = [0, 0];
    for (let index = 0; index < picks.length; index++) {
      const pick = picks[index] ?? 0;
      reference += references[pick] ?? 0;
      condition += conditions[pick] ?? 0;
    }
    const value = relativeLoss({ reference, condition });
    if (Number.isFinite(value)) replicates.push(value);
  }
  return Float64Array.from(replicates).sort();
}

/** The loss with each cluster left out once; undefined values are passed over. */
function jackknife(clusters: readonly PairSums[]): number[] {
  const total = sumOf(clusters);
  return clusters
    .map((cluster) =>
      relativeLoss({
        reference: total.reference - cluster.reference,
        condition: total.condition - cluster.condition,
      }),
    )
    .filter(Number.isFinite);
}
