import { describe, expect, test } from 'vitest';
import { createSeed } from '../../../src/contracts/seed.ts';
import { bootstrapBca, type PairSums } from '../../../src/experiment/statistics/bootstrap.ts';
import { clustered, type PairCluster } from '../../../src/experiment/statistics/clusters.ts';
import { smallestDetectableRate } from '../../../src/experiment/statistics/detectable.ts';
import { holm } from '../../../src/experiment/statistics/holm.ts';
import { mcnemarExact } from '../../../src/experiment/statistics/mcnemar.ts';
import { clusteredMean, clusteredShare } from '../../../src/experiment/statistics/mean.ts';
import { pairedChange } from '../../../src/experiment/statistics/pairedChange.ts';
import { createResamples } from '../../../src/experiment/statistics/resamples.ts';
import { tango } from '../../../src/experiment/statistics/tango.ts';
import { wilson } from '../../../src/experiment/statistics/wilson.ts';
import { fc, runs } from '../../support/properties.ts';

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
        const interval = bootstrapBca(list, createResamples(seed, 200));
        expect(interval).toEqual(bootstrapBca(list, createResamples(seed, 200)));
        if (interval === undefined) return;
        expect(Number.isFinite(interval.low) && Number.isFinite(interval.high)).toBe(true);
        expect(interval.low).toBeLessThanOrEqual(interval.high);
      }),
      { numRuns: runs(60) },
    );
  });
  test('is undefined exactly where all clusters agree', () => {
    const half = { n: 2, reference: 2, condition: 1 };
    const none = { n: 2, reference: 0, condition: 0 };
    const resamples = createResamples(seed, 200);
    expect(bootstrapBca([half, half, none], resamples)).toBeUndefined();
    expect(bootstrapBca([half, half, { ...half, condition: 2 }], resamples)).toBeDefined();
    expect(bootstrapBca([half], resamples)).toBeUndefined();
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

describe('Tango', () => {
  const table = fc
    .tuple(fc.nat({ max: 300 }), fc.nat({ max: 300 }), fc.nat({ max: 300 }))
    .filter(([gained, lost, same]) => gained + lost + same > 0);

  test('holds the estimate, stays in -1 to 1 and mirrors', () => {
    fc.assert(
      fc.property(table, ([gained, lost, same]) => {
        const n = gained + lost + same;
        const [one, other] = [tango(gained, lost, n), tango(lost, gained, n)];
        expect(one.low).toBeGreaterThanOrEqual(-1);
        expect(one.low).toBeLessThanOrEqual((gained - lost) / n);
        expect(one.high).toBeGreaterThanOrEqual((gained - lost) / n);
        expect(one.high).toBeLessThanOrEqual(1);
        expect(one.low).toBeCloseTo(-other.high, 12);
      }),
    );
  });
  test('narrows with more pairs, and leaves 0 outside where the score test of McNemar rejects', () => {
    fc.assert(
      fc.property(table, ([gained, lost, same]) => {
        const n = gained + lost + same;
        const interval = tango(gained, lost, n);
        expect(width(tango(2 * gained, 2 * lost, 2 * n))).toBeLessThan(width(interval));
        const score = (gained - lost) / Math.sqrt(gained + lost);
        fc.pre(gained + lost > 0 && Math.abs(Math.abs(score) - 1.959964) > 1e-4);
        expect(interval.low > 0 || interval.high < 0).toBe(Math.abs(score) > 1.959964);
      }),
    );
  });
  test('of a condition that never loses anything is at least as wide as Wilson allows', () => {
    const { low, high } = tango(0, 0, 12);
    expect(high).toBeCloseTo(wilson(0, 12).high, 12);
    expect(low).toBeCloseTo(-wilson(0, 12).high, 12);
  });
  test.each([
    [0, 0, 0],
    [2, 2, 3],
    [-1, 0, 2],
    [0, Number.NaN, 2],
  ])('refuses %d and %d of %d', (gained, lost, n) => {
    expect(() => tango(gained, lost, n)).toThrow(RangeError);
  });
});

describe('changes on pairs by cluster', () => {
  const pair = fc.constantFrom(-1, 0, 1);
  const groups = fc.array(fc.array(pair, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 30 });
  const clustersOf = (list: readonly (readonly number[])[]): PairCluster[] =>
    list.map((values) => ({
      n: values.length,
      gained: values.filter((value) => value > 0).length,
      lost: values.filter((value) => value < 0).length,
    }));

  test('are Tango intervals when every task has one pair', () => {
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 50 }), (values) => {
        const [clusters, all] = [clustersOf(values.map((value) => [value])), clustersOf([values])[0]];
        const { low, high } = tango(all?.gained ?? 0, all?.lost ?? 0, values.length);
        expect(pairedChange(clusters).difference).toMatchObject({ low, high, n: values.length });
      }),
    );
  });
  test('are never narrower than if all pairs were independent', () => {
    fc.assert(
      fc.property(groups, (list) => {
        const all = clustersOf([list.flat()])[0] ?? { n: 0, gained: 0, lost: 0 };
        const { difference, pairs } = pairedChange(clustersOf(list));
        expect(pairs).toBe(all.n);
        expect(difference.estimate).toBeCloseTo((all.gained - all.lost) / all.n, 12);
        expect(width(difference)).toBeGreaterThanOrEqual(width(tango(all.gained, all.lost, all.n)) - 1e-9);
      }),
    );
  });
  test('learn nothing from exact repeats where all tasks agree', () => {
    const repeated = pairedChange(clustersOf(Array.from({ length: 6 }, () => [1, 1, 1, 1]))).difference;
    const { low, high } = tango(6, 0, 6);
    expect(repeated.low).toBeCloseTo(low, 9);
    expect(repeated.high).toBeCloseTo(high, 9);
  });
  test('mirror when the conditions are swapped', () => {
    fc.assert(
      fc.property(groups, (list) => {
        const [one, other] = [list, list.map((values) => values.map((value) => -value))].map((each) =>
          pairedChange(clustersOf(each)),
        );
        expect(one?.difference.low).toBeCloseTo(-(other?.difference.high ?? Number.NaN), 10);
        expect(one?.p).toBe(other?.p);
      }),
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
