import { describe, expect, test } from 'vitest';
import { bcaBounds } from '../../../src/experiment/statistics/bca.ts';
import { betaBinomial, binomialCdf, binomialPmf } from '../../../src/experiment/statistics/binomial.ts';
import { clusteredPairs } from '../../../src/experiment/statistics/clusters.ts';
import { intraTaskCorrelation } from '../../../src/experiment/statistics/correlation.ts';
import { smallestDetectableRate } from '../../../src/experiment/statistics/detectable.ts';
import { differenceOfShares } from '../../../src/experiment/statistics/difference.ts';
import { holm } from '../../../src/experiment/statistics/holm.ts';
import { correctedForJudge } from '../../../src/experiment/statistics/judge.ts';
import { mcnemarExact } from '../../../src/experiment/statistics/mcnemar.ts';
import { clusteredMean } from '../../../src/experiment/statistics/mean.ts';
import { normalCdf, normalQuantile } from '../../../src/experiment/statistics/normal.ts';
import { pairedChange } from '../../../src/experiment/statistics/pairedChange.ts';
import { pairedPower } from '../../../src/experiment/statistics/power.ts';
import { student95 } from '../../../src/experiment/statistics/student.ts';
import { tango } from '../../../src/experiment/statistics/tango.ts';
import { wilson } from '../../../src/experiment/statistics/wilson.ts';
import { fixture } from './fixture.ts';

/** Equal to nine digits. */
function expectClose(actual: number | undefined, expected: number): void {
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(
    1e-9 * Math.max(1, Math.abs(expected)),
  );
}

describe('agrees with SciPy and statsmodels', () => {
  test.each(fixture.normalCdf)('normal distribution at %d', (x, p) => expectClose(normalCdf(x), p));
  test.each(fixture.normalQuantile)('normal quantile of %d', (p, x) => expectClose(normalQuantile(p), x));
  test.each(fixture.student95)('Student quantile with %d degrees of freedom', (df, t) =>
    expectClose(student95(df), t),
  );
  test.each(fixture.wilson)('Wilson interval of $k in $n', ({ k, n, low, high }) => {
    const interval = wilson(k, n);
    expectClose(interval.low, low);
    expectClose(interval.high, high);
    expect(interval).toMatchObject({ estimate: k / n, k, n });
  });
  test.each(fixture.mcnemar)('McNemar with $first and $second', ({ first, second, p }) => {
    expectClose(mcnemarExact(first, second), p);
  });
  test.each(fixture.holm)('Holm of $p', ({ p, adjusted }) => {
    const values = holm(p);
    expect(values).toHaveLength(p.length);
    for (const [index, value] of values.entries()) expectClose(value, adjusted[index] ?? Number.NaN);
  });
  test.each(fixture.clusteredMean)('mean by clusters', ({ groups, estimate, low, high }) => {
    const clusters = groups.map((group) => ({ n: group.length, sum: group.reduce((a, b) => a + b, 0) }));
    const interval = clusteredMean(clusters);
    expectClose(interval?.estimate, estimate);
    expectClose(interval?.low, low);
    expectClose(interval?.high, high);
  });
  test.each(fixture.smallestDetectable)('smallest rate seen in $n trials', ({ n, rate }) => {
    expectClose(smallestDetectableRate(n), rate);
  });
  test.each(fixture.binomialCdf)('binomial distribution: $k of $n at $p', ({ k, n, p, cdf, pmf }) => {
    expectClose(binomialCdf(k, n, p), cdf);
    expectClose(binomialPmf(k, n, p), pmf);
  });
  test.each(fixture.betaBinomial)('beta-binomial of $n trials', ({ n, p, correlation, pmf }) => {
    const values = betaBinomial(n, p, correlation);
    expect(values).toHaveLength(n + 1);
    for (const [k, value] of values.entries()) expectClose(value, pmf[k] ?? Number.NaN);
  });
  test.each(fixture.newcombe)('difference of $k1/$n1 and $k2/$n2', ({ k1, n1, k2, n2, low, high }) => {
    const difference = differenceOfShares(wilson(k1, n1), wilson(k2, n2));
    expectClose(difference.low, low);
    expectClose(difference.high, high);
  });
  test.each(fixture.tango)(
    'paired difference of $gained and $lost in $n',
    ({ gained, lost, n, low, high }) => {
      const bounds = tango(gained, lost, n);
      expectClose(bounds.low, low);
      expectClose(bounds.high, high);
    },
  );
  test.each(fixture.pairedChange)('paired difference by clusters', ({ groups, low, high }) => {
    const clusters = clusteredPairs(
      groups.flatMap((values, task) => values.map((value) => ({ task, value }))),
      ({ task }) => task,
      ({ value }) => value,
    );
    const { difference } = pairedChange(clusters);
    expectClose(difference.low, low);
    expectClose(difference.high, high);
  });
  test.each(fixture.intraTaskCorrelation)('correlation within tasks: $correlation', (each) => {
    const groups = each.cells.map((tasks) =>
      tasks.map((values) => ({ n: values.length, sum: values.reduce((a, b) => a + b, 0) })),
    );
    expectClose(intraTaskCorrelation(groups), each.correlation);
  });
  test.each(fixture.judge)(
    'rate corrected for a judge: $k of $n',
    ({ k, n, low, high, estimate, ...errors }) => {
      const corrected = correctedForJudge({ share: k / n, n }, errors);
      expectClose(corrected?.estimate, estimate);
      // The reference differentiates numerically.
      expect(corrected?.low).toBeCloseTo(low, 7);
      expect(corrected?.high).toBeCloseTo(high, 7);
    },
  );
  test.each(fixture.pairedPower)(
    'power of $tasks tasks, $before to $after',
    ({ tasks, power, ...design }) => {
      expectClose(pairedPower(tasks, design), power);
    },
  );
  test.each(fixture.bca)('BCa bounds', ({ reference, condition, replicates, low, high }) => {
    const loss = (skip: number): number => {
      const sum = (values: number[]): number =>
        values.reduce((total, value, index) => (index === skip ? total : total + value), 0);
      return 1 - sum(condition) / sum(reference);
    };
    const bounds = bcaBounds(
      loss(-1),
      Float64Array.from(replicates),
      reference.map((_, index) => loss(index)),
    );
    expectClose(bounds.low, low);
    expectClose(bounds.high, high);
  });
});
