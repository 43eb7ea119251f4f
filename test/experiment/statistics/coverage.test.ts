import { describe, expect, test } from 'vitest';
import {
  byBootstrap,
  byDesignEffect,
  byLoss,
  byTango,
  change,
  coverageOf,
  loss,
  rate,
  type Study,
} from '../../../bench/coverage/simulate.ts';

/** `npm run bench -- coverage` simulates more studies, more often. */
const studies: Study[] = [3, 5, 10, 30].flatMap((tasks) => [
  { tasks, trials: 3, correlation: 0.3 },
  { tasks, trials: 10, correlation: 0 },
  { tasks, trials: 10, correlation: 0.7 },
]);
/** Two of ten tasks, or six of thirty, have most of the episodes. */
const uneven: Study[] = [10, 30].flatMap((tasks) =>
  [0, 0.3, 0.7].map((correlation) => ({
    tasks,
    trials: 3,
    heavy: { tasks: tasks / 5, trials: 24 },
    correlation,
  })),
);
const runs = 400;
/** 95 % less three standard errors of the simulation. */
const least = 0.917;
/** Uneven designs hold 93.6 % at the least in 4,000 runs, less three standard errors. */
const leastUneven = 0.899;
/** 2.5 % and three standard errors. */
const most = 0.049;

describe.each(studies)('intervals of $tasks tasks with $trials trials of likeness $correlation', (study) => {
  test.each([0.05, 0.2, 0.5])('of a share hold %d', (p) => {
    const { held } = coverageOf(rate(p), study, { method: byDesignEffect, runs });
    expect(held).toBeGreaterThan(least);
  });
  test.each([
    [0.1, 0],
    [0.05, 0.05],
    [0.2, 0.1],
    [0.5, 0.1],
  ])(
    'of a change hold %d more and %d less, and a rise that is just too large seldom passes',
    (gains, losses) => {
      const { held, below } = coverageOf(change(gains, losses), study, { method: byTango, runs });
      expect(held).toBeGreaterThan(least);
      expect(below).toBeLessThan(most);
    },
  );
  test.each([
    [0.1, 0, 1],
    [0.1, 0.05, 0.8],
    [0.4, 0.05, 0.5],
  ])('of a relative loss hold %d lost and %d gained of %d', (lost, gained, reference) => {
    const { held } = coverageOf(loss(lost, gained, reference), study, { method: byLoss, runs });
    expect(held).toBeGreaterThan(least);
  });
});

describe.each(uneven)('where some of $tasks tasks with likeness $correlation have more trials', (study) => {
  test.each([0.05, 0.2, 0.5])('intervals of a share hold %d, and one just too large seldom passes', (p) => {
    const { held, below } = coverageOf(rate(p), study, { method: byDesignEffect, runs });
    expect(held).toBeGreaterThan(leastUneven);
    expect(below).toBeLessThan(most);
  });
  test.each([
    [0.05, 0.05],
    [0.2, 0.1],
  ])('intervals of a change hold %d more and %d less', (gains, losses) => {
    const { held, below } = coverageOf(change(gains, losses), study, { method: byTango, runs });
    expect(held).toBeGreaterThan(leastUneven);
    expect(below).toBeLessThan(most);
  });
});

test('the simulation sees an interval that holds too little', () => {
  const study = { tasks: 5, trials: 10, correlation: 0.3 };
  expect(coverageOf(change(0.1, 0), study, { method: byBootstrap, runs }).held).toBeLessThan(0.88);
});
