import type { JudgeCalibration, Share } from '../../contracts/experiment.ts';
import { z95 } from './normal.ts';
import type { Interval } from './wilson.ts';

/**
 * A rate that a judge counted, corrected for the judge's measured errors: the estimate of Rogan and Gladen (1978)
 * with the interval of Lang and Reiczigel (2014), which holds the uncertainty of all three figures. 95 %, kept
 * within 0 to 1.
 * @param counted share and number of independent trials; the effective number where trials are clustered
 * @returns undefined for a judge that is no better than chance, which says nothing
 */
export function correctedForJudge(
  counted: { readonly share: number; readonly n: number },
  { sensitivity, specificity }: JudgeCalibration,
): Interval | undefined {
  const [se, sp] = [sensitivity.k / sensitivity.n, specificity.k / specificity.n];
  if (!(se + sp > 1)) return undefined;
  const estimate = bounded((counted.share + sp - 1) / (se + sp - 1));
  // Pseudo-counts: z squared trials for the rate, two for each of the judge's figures.
  const n = counted.n + z95 ** 2;
  const share = (counted.share * counted.n + z95 ** 2 / 2) / n;
  const [hit, pass] = [smoothed(sensitivity), smoothed(specificity)];
  const youden = hit.share + pass.share - 1;
  if (youden <= 0) return { estimate, low: 0, high: 1 };
  const center = (share + pass.share - 1) / youden;
  const [hitVariance, passVariance] = [hit, pass].map((each) => variance(each.share, each.n));
  const [ofHit, ofPass] = [hitVariance ?? 0, passVariance ?? 0];
  const deviation = Math.sqrt(variance(share, n) + center ** 2 * ofHit + (1 - center) ** 2 * ofPass) / youden;
  const shift = 2 * z95 ** 2 * (center * ofHit - (1 - center) * ofPass);
  return {
    estimate,
    low: Math.min(estimate, bounded(center + shift - z95 * deviation)),
    high: Math.max(estimate, bounded(center + shift + z95 * deviation)),
  };
}

function smoothed({ k, n }: Share): { share: number; n: number } {
  return { share: (k + 1) / (n + 2), n: n + 2 };
}

function variance(share: number, n: number): number {
  return (share * (1 - share)) / n;
}

function bounded(value: number): number {
  return Math.min(1, Math.max(0, value));
}
