import { z95 } from './normal.ts';
import type { Interval } from './wilson.ts';

/** Texts by what two raters said of them. */
export interface Agreement {
  readonly bothYes: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly bothNo: number;
}

/**
 * Cohen's kappa of two raters (Cohen 1960) with the large-sample 95 % interval of Fleiss, Cohen and Everitt (1969).
 * @returns undefined when one word was said throughout, so that nothing but chance agrees
 */
export function cohensKappa(counts: Agreement): Interval | undefined {
  const n = counts.bothYes + counts.onlyFirst + counts.onlySecond + counts.bothNo;
  const [yes, first, second, no] = [
    counts.bothYes / n,
    counts.onlyFirst / n,
    counts.onlySecond / n,
    counts.bothNo / n,
  ];
  const [firstYes, secondYes] = [yes + first, yes + second];
  const [firstNo, secondNo] = [1 - firstYes, 1 - secondYes];
  const chance = firstYes * secondYes + firstNo * secondNo;
  if (!(chance < 1)) return undefined;
  const kappa = (yes + no - chance) / (1 - chance);
  const kept = 1 - kappa;
  const agreed = yes * (1 - (firstYes + secondYes) * kept) ** 2 + no * (1 - (firstNo + secondNo) * kept) ** 2;
  const disagreed = kept ** 2 * (first * (secondYes + firstNo) ** 2 + second * (secondNo + firstYes) ** 2);
  const variance = (agreed + disagreed - (kappa - chance * kept) ** 2) / (n * (1 - chance) ** 2);
  const half = z95 * Math.sqrt(Math.max(0, variance));
  return { estimate: kappa, low: Math.max(-1, kappa - half), high: Math.min(1, kappa + half) };
}
