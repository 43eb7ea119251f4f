import { describe, expect, test } from 'vitest';
import { createSeed, type Rng } from '../../../src/contracts/seed.ts';
import { sizesFor } from '../../../src/experiment/planning/size.ts';
import { betaBinomial } from '../../../src/experiment/statistics/binomial.ts';
import { designEffect, intraTaskCorrelation } from '../../../src/experiment/statistics/correlation.ts';
import { differenceOfShares } from '../../../src/experiment/statistics/difference.ts';
import { correctedForJudge } from '../../../src/experiment/statistics/judge.ts';
import { mcnemarExact } from '../../../src/experiment/statistics/mcnemar.ts';
import { clusteredShare } from '../../../src/experiment/statistics/mean.ts';
import { boundsWithMissing } from '../../../src/experiment/statistics/missing.ts';
import {
  pairedPower,
  smallestDetectableDrop,
  tasksForDifference,
  trialsToDecide,
} from '../../../src/experiment/statistics/power.ts';
import { wilson, wilsonAt } from '../../../src/experiment/statistics/wilson.ts';
import { fc, runs } from '../../support/properties.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const counts = fc
  .integer({ min: 1, max: 2_000 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));

/** Successes in the trials of one task, whose outcomes are correlated: all alike with that probability, else independent. */
function taskSum(rng: Rng, p: number, trials: number, correlation: number): number {
  const weights = betaBinomial(trials, p, correlation);
  let rest = rng.int(0, 999_999) / 1_000_000;
  for (const [k, weight] of weights.entries()) {
    rest -= weight;
    if (rest < 0) return k;
  }
  return trials;
}

describe('trials of one task', () => {
  test('are a distribution with the wanted mean and correlation', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), share, share, (n, p, correlation) => {
        const pmf = betaBinomial(n, p, correlation);
        const moment = (of: (k: number) => number): number =>
          pmf.reduce((sum, weight, k) => sum + weight * of(k), 0);
        expect(moment(() => 1)).toBeCloseTo(1, 9);
        expect(moment((k) => k)).toBeCloseTo(n * p, 7);
        const variance = moment((k) => (k - n * p) ** 2);
        expect(variance).toBeCloseTo(n * p * (1 - p) * designEffect(n, correlation), 6);
      }),
    );
  });
  test('give their correlation back', () => {
    const rng = createSeed('correlation').rng();
    const clusters = Array.from({ length: 4_000 }, () => ({ n: 4, sum: taskSum(rng, 0.3, 4, 0.35) }));
    expect(intraTaskCorrelation([clusters])).toBeCloseTo(0.35, 1);
  });
  test('tell nothing of their correlation when there is one, or nothing varies', () => {
    expect(
      intraTaskCorrelation([
        [
          { n: 1, sum: 1 },
          { n: 1, sum: 0 },
        ],
      ]),
    ).toBeUndefined();
    expect(
      intraTaskCorrelation([
        [
          { n: 2, sum: 2 },
          { n: 2, sum: 2 },
        ],
      ]),
    ).toBeUndefined();
    expect(intraTaskCorrelation([])).toBeUndefined();
    expect(
      intraTaskCorrelation([
        [
          { n: 2, sum: 2 },
          { n: 2, sum: 0 },
        ],
      ]),
    ).toBe(1);
  });
});

describe('power', () => {
  test.each([
    { before: 0.7, after: 0.3, trials: 1, correlation: 0 },
    { before: 0.6, after: 0.3, trials: 3, correlation: 0.4 },
    { before: 0.9, after: 0.5, trials: 4, correlation: 0.1 },
  ])('as computed is what simulated runs show: $before to $after', (rates) => {
    const design = { ...rates, alpha: 0.05 };
    const tasks = tasksForDifference(design, 0.8) ?? Number.NaN;
    const rng = createSeed('power').child(rates.before, rates.trials).rng();
    const runs = 2_000;
    let shown = 0;
    for (let run = 0; run < runs; run++) {
      let [fewer, more] = [0, 0];
      for (let task = 0; task < tasks; task++) {
        const [one, other] = [design.before, design.after].map((p) =>
          taskSum(rng, p, design.trials, design.correlation),
        );
        if ((other ?? 0) < (one ?? 0)) fewer++;
        if ((other ?? 0) > (one ?? 0)) more++;
      }
      if (mcnemarExact(fewer, more) <= 0.05) shown++;
    }
    // Four standard errors of the simulation.
    expect(Math.abs(shown / runs - pairedPower(tasks, design))).toBeLessThan(0.036);
    expect(shown / runs).toBeGreaterThan(0.8 - 0.036);
  });
  test('is a probability that grows with the difference and with tasks', () => {
    const design = fc.record({
      before: fc.double({ min: 0.2, max: 1, noNaN: true }),
      trials: fc.integer({ min: 1, max: 5 }),
      correlation: share,
      alpha: fc.constantFrom(0.05, 0.01),
    });
    fc.assert(
      fc.property(design, fc.integer({ min: 1, max: 200 }), share, (each, tasks, part) => {
        const power = pairedPower(tasks, { ...each, after: each.before * part });
        expect(power).toBeGreaterThanOrEqual(0);
        expect(power).toBeLessThanOrEqual(1);
        expect(pairedPower(tasks, { ...each, after: 0 })).toBeGreaterThanOrEqual(power - 1e-9);
        expect(pairedPower(4 * tasks + 20, { ...each, after: 0 })).toBeGreaterThanOrEqual(power - 1e-9);
      }),
      {
        numRuns: runs(60),
        // Nearly every task changes: the tail of the few that do not is long.
        examples: [[{ before: 0.8350476565238755, trials: 3, correlation: 0, alpha: 0.05 }, 24, 0]],
      },
    );
  });
  test('needs six tasks at least, since five that agree are not significant', () => {
    const sure = { before: 1, trials: 1, correlation: 0, alpha: 0.05 };
    expect(smallestDetectableDrop(5, sure)).toBeUndefined();
    expect(smallestDetectableDrop(6, sure)).toBeGreaterThan(0.9);
    expect(tasksForDifference({ ...sure, after: 0 }, 0.8)).toBe(6);
  });
  test('the smallest drop is shown with the wanted power, and no smaller one', () => {
    const design = { before: 0.5, trials: 2, correlation: 0.3, alpha: 0.05 };
    const drop = smallestDetectableDrop(60, design) ?? Number.NaN;
    expect(pairedPower(60, { ...design, after: 0.5 - drop })).toBeCloseTo(0.8, 6);
  });
  test('a difference of nothing is never shown', () => {
    const none = { before: 0.4, after: 0.4, trials: 1, correlation: 0, alpha: 0.05 };
    expect(tasksForDifference(none, 0.8)).toBeUndefined();
    expect(pairedPower(10, { ...none, before: 0, after: 0 })).toBe(0);
  });
});

describe('trials to decide on a limit', () => {
  test('are the fewest whose interval leaves the limit outside', () => {
    fc.assert(
      fc.property(share, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (rate, limit) => {
        fc.pre(Math.abs(rate - limit) > 0.01);
        const n = trialsToDecide(rate, limit);
        const outside = (trials: number): boolean => {
          const { low, high } = wilsonAt(rate, trials);
          return rate < limit ? high <= limit + 1e-12 : low >= limit - 1e-12;
        };
        expect(outside(n)).toBe(true);
        if (n > 1) expect(outside(n - 1.001)).toBe(false);
      }),
    );
  });
  test('are infinite where the rate is the limit', () => {
    expect(trialsToDecide(0.1, 0.1)).toBe(Number.POSITIVE_INFINITY);
    expect(trialsToDecide(0.1, 0)).toBe(Number.POSITIVE_INFINITY);
  });
  test('by task, the share of runs that decide is what was planned', () => {
    const [rate, limit, trials, correlation] = [0.05, 0.15, 4, 0.3];
    const aim = { kind: 'limit', rate, limit } as const;
    const [size] = sizesFor(aim, { correlation, power: 0.8, trials: [trials] });
    const decided = shareBelow(limit, { tasks: size?.tasks ?? 0, trials, rate, correlation });
    expect(decided).toBeGreaterThan(0.7);
    expect(decided).toBeLessThan(0.95);
  });
});

describe('intervals of few tasks with many trials', () => {
  test.each([
    [3, 30, 0.3],
    [6, 25, 0.2],
    [12, 20, 0.05],
    [30, 10, 0.05],
  ])('of %i tasks and %i trials lie below the true rate as rarely as promised', (tasks, trials, rate) => {
    // 2.5 % and three standard errors of the simulation.
    for (const correlation of [0, 0.1, 0.3, 0.7])
      expect(shareBelow(rate, { tasks, trials, rate, correlation })).toBeLessThan(0.045);
  });
});

interface Simulated {
  readonly tasks: number;
  readonly trials: number;
  readonly rate: number;
  readonly correlation: number;
}

/** The share of simulated runs whose interval lies below the limit. */
function shareBelow(limit: number, { tasks, trials, rate, correlation }: Simulated): number {
  const rng = createSeed('decide').rng();
  const runs = 600;
  let below = 0;
  for (let run = 0; run < runs; run++) {
    const clusters = Array.from({ length: tasks }, () => ({
      n: trials,
      sum: taskSum(rng, rate, trials, correlation),
    }));
    if (clusteredShare(clusters).high <= limit) below++;
  }
  return below / runs;
}

describe('a rate corrected for its judge', () => {
  const judges = fc.record({
    sensitivity: fc.record({ k: fc.integer({ min: 60, max: 100 }), n: fc.constant(100) }),
    specificity: fc.record({ k: fc.integer({ min: 60, max: 100 }), n: fc.constant(100) }),
  });
  test('stays in 0 to 1, holds its estimate, and is wider than the count', () => {
    fc.assert(
      fc.property(counts, judges, ([k, n], errors) => {
        const corrected = correctedForJudge({ share: k / n, n }, errors);
        expect(corrected?.low).toBeGreaterThanOrEqual(0);
        expect(corrected?.low).toBeLessThanOrEqual(corrected?.estimate ?? Number.NaN);
        expect(corrected?.high).toBeGreaterThanOrEqual(corrected?.estimate ?? Number.NaN);
        expect(corrected?.high).toBeLessThanOrEqual(1);
      }),
    );
  });
  test('says nothing with a judge that is no better than chance', () => {
    const half = { k: 5, n: 10 };
    expect(
      correctedForJudge({ share: 0.3, n: 50 }, { sensitivity: half, specificity: half }),
    ).toBeUndefined();
  });
  test('covers the truth about as often as it promises', () => {
    const rng = createSeed('judge').rng();
    const binomial = (n: number, p: number): number =>
      Array.from({ length: n }, () => (rng.int(0, 9_999) < p * 10_000 ? 1 : 0)).reduce<number>(
        (a, b) => a + b,
        0,
      );
    const [truth, se, sp] = [0.2, 0.85, 0.93];
    const runs = 800;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const k = binomial(200, truth * se + (1 - truth) * (1 - sp));
      const corrected = correctedForJudge(
        { share: k / 200, n: 200 },
        { sensitivity: { k: binomial(80, se), n: 80 }, specificity: { k: binomial(80, sp), n: 80 } },
      );
      if (corrected && corrected.low <= truth && truth <= corrected.high) covered++;
    }
    expect(covered / runs).toBeGreaterThan(0.92);
    expect(covered / runs).toBeLessThan(0.99);
  });
});

test('bounds for missing episodes hold whatever those would have shown', () => {
  fc.assert(
    fc.property(counts, fc.nat({ max: 100 }), share, ([k, n], missing, part) => {
      const { low, high } = boundsWithMissing(k, n, missing);
      const truth = (k + Math.round(part * missing)) / (n + missing);
      expect(low).toBeLessThanOrEqual(truth);
      expect(high).toBeGreaterThanOrEqual(truth);
      if (missing === 0) expect(low).toBe(high);
    }),
  );
  expect(boundsWithMissing(0, 0, 0)).toEqual({ low: 0, high: 1 });
});

test('the difference of two shares stays in range and mirrors', () => {
  fc.assert(
    fc.property(counts, counts, ([k1, n1], [k2, n2]) => {
      const one = differenceOfShares(wilson(k1, n1), wilson(k2, n2));
      const other = differenceOfShares(wilson(k2, n2), wilson(k1, n1));
      expect(one.low).toBeGreaterThanOrEqual(-1 - 1e-12);
      expect(one.high).toBeLessThanOrEqual(1 + 1e-12);
      expect(one.low).toBeCloseTo(-other.high, 12);
    }),
  );
});
