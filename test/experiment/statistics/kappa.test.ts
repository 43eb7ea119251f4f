import { describe, expect, test } from 'vitest';
import { type Agreement, cohensKappa } from '../../../src/experiment/statistics/kappa.ts';
import { fc } from '../../support/properties.ts';

/** Computed with statsmodels 0.15.0: `cohens_kappa([[bothYes, onlyFirst], [onlySecond, bothNo]])`. */
const references: [Agreement, { kappa: number; low: number; high: number }][] = [
  [
    { bothYes: 20, onlyFirst: 5, onlySecond: 10, bothNo: 15 },
    { kappa: 0.3999999999999999, low: 0.151092290476661, high: 0.6489077095233389 },
  ],
  [
    { bothYes: 40, onlyFirst: 3, onlySecond: 2, bothNo: 55 },
    { kappa: 0.8977086743044189, low: 0.8103469221700405, high: 0.9850704264387974 },
  ],
  [
    { bothYes: 9, onlyFirst: 1, onlySecond: 5, bothNo: 85 },
    { kappa: 0.7169811320754714, low: 0.5044354901368724, high: 0.9295267740140705 },
  ],
  [
    { bothYes: 1, onlyFirst: 2, onlySecond: 3, bothNo: 4 },
    { kappa: -0.08695652173913052, low: -0.6786033071391498, high: 0.5046902636608889 },
  ],
];

describe("Cohen's kappa", () => {
  test.each(references)('of %j agrees with statsmodels', (counts, { kappa, low, high }) => {
    const found = cohensKappa(counts);
    expect(found?.estimate).toBeCloseTo(kappa, 9);
    expect(found?.low).toBeCloseTo(low, 9);
    expect(found?.high).toBeCloseTo(high, 9);
  });

  const count = fc.integer({ min: 0, max: 500 });
  const counts = fc.record({ bothYes: count, onlyFirst: count, onlySecond: count, bothNo: count });

  test('does not depend on who is first, nor on which word is yes', () => {
    fc.assert(
      fc.property(counts, ({ bothYes, onlyFirst, onlySecond, bothNo }) => {
        const one = cohensKappa({ bothYes, onlyFirst, onlySecond, bothNo });
        const other = cohensKappa({
          bothYes: bothNo,
          onlyFirst: onlySecond,
          onlySecond: onlyFirst,
          bothNo: bothYes,
        });
        const swapped = cohensKappa({ bothYes, onlyFirst: onlySecond, onlySecond: onlyFirst, bothNo });
        for (const each of [other, swapped]) {
          expect(each === undefined).toBe(one === undefined);
          if (one && each) expect(each.estimate).toBeCloseTo(one.estimate, 9);
        }
      }),
    );
  });

  test('is 1 exactly where they agree on everything, and lies within its interval', () => {
    fc.assert(
      fc.property(counts, (of) => {
        const kappa = cohensKappa(of);
        if (!kappa) return;
        expect(kappa.estimate > 1 - 1e-12).toBe(of.onlyFirst + of.onlySecond === 0);
        expect(kappa.low).toBeLessThanOrEqual(kappa.estimate);
        expect(kappa.high).toBeGreaterThanOrEqual(kappa.estimate - 1e-12);
      }),
    );
  });

  test('is not defined where one word is said throughout', () => {
    expect(cohensKappa({ bothYes: 5, onlyFirst: 0, onlySecond: 0, bothNo: 0 })).toBeUndefined();
    expect(cohensKappa({ bothYes: 0, onlyFirst: 0, onlySecond: 0, bothNo: 0 })).toBeUndefined();
  });
});
