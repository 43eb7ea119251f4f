import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSeed } from '../../../src/contracts/seed.ts';
import {
  bootstrapBca,
  meanDifference,
  type PairSums,
  relativeLoss,
} from '../../../src/experiment/statistics/bootstrap.ts';
import { clustered } from '../../../src/experiment/statistics/clusters.ts';
import { smallestDetectableRate } from '../../../src/experiment/statistics/detectable.ts';
import { holm } from '../../../src/experiment/statistics/holm.ts';
import { mcnemarExact } from '../../../src/experiment/statistics/mcnemar.ts';
import { clusteredMean, clusteredShare } from '../../../src/experiment/statistics/mean.ts';
import { createResamples } from '../../../src/experiment/statistics/resamples.ts';
import { unanimousInterval } from '../../../src/experiment/statistics/unanimous.ts';
import { wilson } from '../../../src/experiment/statistics/wilson.ts';

const counts = fc
  .integer({ min: 1, max: 5_000 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
const width = ({ low, high }: { low: number; high: number }): number => high - low;

describe('Wilson', () => {
  test('holds the estimate, stays in 0 to 1 and mirrors', () => {
    fc.assert(
      fc.property(counts, ([k, n]) => {
        const [one, other] = [wilson(k, n), wilson(n - k, n)];
        expect(one.low).toBeGreaterThanOrEqual(0);
        expect(one.low).toBeLessThanOrEqual(one.estimate);
        expect(one.high).toBeGreaterThanOrEqual(one.estimate);
        expect(one.high).toBeLessThanOrEqual(1);
        expect(one.low).toBeCloseTo(1 - other.high, 12);
        expect(one.low > 0).toBe(k > 0);
      }),
    );
  });
  test('narrows with more trials and rises with more successes', () => {
    fc.assert(
      fc.property(counts, ([k, n]) => {
        expect(width(wilson(2 * k, 2 * n))).toBeLessThan(width(wilson(k, n)));
        if (k > 0) expect(wilson(k, n).low).toBeGreaterThan(wilson(k - 1, n).low);
      }),
    );
  });
  test.each([
    [0, 0],
    [3, 2],
    [-1, 2],
    [Number.NaN, 2],
  ])('refuses %d of %d', (k, n) => {
    expect(() => wilson(k, n)).toThrow(RangeError);
  });
});

describe('shares by cluster', () => {
  const groups = fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 6 }), {
    minLength: 1,
    maxLength: 30,
  });
  const clustersOf = (list: readonly (readonly number[])[]) =>
    list.map((group) => ({ n: group.length, sum: group.reduce((a, b) => a + b, 0) }));

  test('are Wilson intervals when every cluster has one value', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 50 }), (values) => {
        const share = clusteredShare(clustersOf(values.map((value) => [value])));
        expect(share).toEqual(
          wilson(
            values.reduce((a, b) => a + b, 0),
            values.length,
          ),
        );
      }),
    );
  });
  test('are never narrower than if all values were independent', () => {
    fc.assert(
      fc.property(groups, (list) => {
        const values = list.flat();
        const share = clusteredShare(clustersOf(list));
        const naive = wilson(
          values.reduce((a, b) => a + b, 0),
          values.length,
        );
        expect(share.estimate).toBe(naive.estimate);
        expect(width(share)).toBeGreaterThanOrEqual(width(naive) - 1e-12);
      }),
    );
  });
  test('learn nothing from exact repeats of the same tasks', () => {
    const once = clusteredShare(clustersOf([[1], [0], [1], [1], [0], [1]]));
    const often = clusteredShare(
      clustersOf([1, 0, 1, 1, 0, 1].map((value) => Array(10).fill(value) as number[])),
    );
    expect(often.n).toBe(60);
    expect(width(often)).toBeGreaterThan(0.9 * width(once));
    const unanimous = clusteredShare(
      clustersOf([
        [1, 1, 1],
        [1, 1, 1],
      ]),
    );
    expect(unanimous).toEqual({ ...wilson(2, 2), k: 6, n: 6 });
  });
  test('allow no less when one more of many repeats succeeds', () => {
    const bound = (sum: number) =>
      clusteredShare(Array.from({ length: 12 }, (_, task) => ({ n: 25, sum: task === 0 ? sum : 0 }))).high;
    expect(bound(1)).toBeGreaterThanOrEqual(bound(0));
    expect(bound(0)).toBeCloseTo(wilson(0, 12).high, 12);
  });
});

describe('means by cluster', () => {
  test('need two clusters', () => {
    expect(clusteredMean([{ n: 5, sum: 10 }])).toBeUndefined();
    expect(() => clusteredMean([])).toThrow(RangeError);
  });
  test('shift with their values', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 20 }), (values) => {
        const at = (shift: number) =>
          clusteredMean(
            clustered(
              values.map((value, index) => ({ value: value + shift, cluster: index % 3 })),
              (item) => item.cluster,
              (item) => item.value,
            ),
          );
        const [one, moved] = [at(0), at(100)];
        expect(moved?.low).toBeCloseTo((one?.low ?? Number.NaN) + 100, 8);
        expect(moved?.high).toBeCloseTo((one?.high ?? Number.NaN) + 100, 8);
      }),
    );
  });
});

describe('McNemar', () => {
  const pairs = fc.integer({ min: 0, max: 400 });
  test('is a probability and does not depend on which condition comes first', () => {
    fc.assert(
      fc.property(pairs, pairs, (first, second) => {
        const p = mcnemarExact(first, second);
        expect(p).toBe(mcnemarExact(second, first));
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
        if (first > second) expect(mcnemarExact(first + 1, second)).toBeLessThan(p + 1e-12);
      }),
    );
  });
});

describe('Holm', () => {
  const list = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 });
  test('lies between p and Bonferroni and keeps the order', () => {
    fc.assert(
      fc.property(list, (p) => {
        const adjusted = holm(p);
        expect(adjusted).toHaveLength(p.length);
        p.forEach((own, index) => {
          const value = adjusted[index] ?? Number.NaN;
          expect(value).toBeGreaterThanOrEqual(own);
          expect(value).toBeLessThanOrEqual(Math.min(1, own * p.length));
          p.forEach((other, place) => {
            if (own < other) expect(value).toBeLessThanOrEqual(adjusted[place] ?? Number.NaN);
          });
        });
      }),
    );
  });
});

describe('bootstrap', () => {
  const seed = createSeed('test');
  const pairs = fc.array(
    fc.record({
      n: fc.constant(2),
      reference: fc.integer({ min: 0, max: 2 }),
      condition: fc.integer({ min: 0, max: 2 }),
    }),
    { minLength: 2, maxLength: 15 },
  );
  const sum = (list: readonly PairSums[], member: keyof PairSums): number =>
    list.reduce((total, cluster) => total + cluster[member], 0);

  test('is finite, ordered and the same for the same seed', () => {
    fc.assert(
      fc.property(pairs, (list) => {
        fc.pre(sum(list, 'reference') > 0);
        for (const statistic of [meanDifference, relativeLoss]) {
          const interval = bootstrapBca(list, statistic, createResamples(seed, 200));
          expect(interval).toEqual(bootstrapBca(list, statistic, createResamples(seed, 200)));
          if (interval === undefined) continue;
          expect(Number.isFinite(interval.low) && Number.isFinite(interval.high)).toBe(true);
          expect(interval.low).toBeLessThanOrEqual(interval.high);
        }
      }),
      { numRuns: 60 },
    );
  });
  test('is undefined exactly where all clusters agree', () => {
    const half = { n: 2, reference: 2, condition: 1 };
    const none = { n: 2, reference: 0, condition: 0 };
    const resamples = createResamples(seed, 200);
    expect(bootstrapBca([half, half, none], relativeLoss, resamples)).toBeUndefined();
    expect(bootstrapBca([half, half, none], meanDifference, resamples)).toBeDefined();
    expect(bootstrapBca([half], meanDifference, resamples)).toBeUndefined();
  });
  test('swapping the conditions mirrors the difference', () => {
    const list = [0, 0, 1, 2, 0, 1, 0, 2].map((condition) => ({ n: 2, reference: 2, condition }));
    const swapped = list.map(({ n, reference, condition }) => ({
      n,
      reference: condition,
      condition: reference,
    }));
    const resamples = createResamples(seed, 2_000);
    const [one, other] = [list, swapped].map((each) => bootstrapBca(each, meanDifference, resamples));
    expect(one?.low).toBeCloseTo(-(other?.high ?? Number.NaN), 10);
    expect(one?.high).toBeCloseTo(-(other?.low ?? Number.NaN), 10);
  });
  test('draws the same for the same number of clusters, kept or not', () => {
    const resamples = createResamples(seed, 3);
    const copy = (size: number): number[][] => Array.from(resamples(size), (row) => [...row]);
    const small = copy(7);
    // Too many to be kept, and enough to make room of what was.
    const large = copy(1_400_000);
    expect(large.map((row) => row.length)).toEqual([1_400_000, 1_400_000, 1_400_000]);
    expect(large[0]).not.toEqual(large[1]);
    expect(copy(7)).toEqual(small);
    expect(small.flat().every((index) => index >= 0 && index < 7)).toBe(true);
  });
});

describe('where all tasks agree', () => {
  test('the interval holds the effect, stays in range and narrows with tasks', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 500 }),
        (effect, tasks) => {
          const range = { low: -1, high: 1 };
          const interval = unanimousInterval(effect, tasks, range);
          expect(interval.low).toBeGreaterThanOrEqual(-1 - 1e-12);
          expect(interval.high).toBeLessThanOrEqual(1 + 1e-12);
          expect(interval.low).toBeLessThanOrEqual(effect);
          expect(interval.high).toBeGreaterThanOrEqual(effect);
          expect(width(unanimousInterval(effect, tasks + 1, range))).toBeLessThan(width(interval));
        },
      ),
    );
  });
});

test('the smallest detectable rate falls with trials and is 1 without any', () => {
  expect(smallestDetectableRate(0)).toBe(1);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), (n) => {
      expect(smallestDetectableRate(n + 1)).toBeLessThan(smallestDetectableRate(n));
      // With that rate, the share of experiments without any success is what the power leaves.
      expect((1 - smallestDetectableRate(n)) ** n).toBeCloseTo(0.2, 9);
    }),
  );
});
