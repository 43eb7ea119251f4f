import type { Benchmark, Figure as Measured } from '../benchmark.ts';
import {
  byBootstrap,
  byBootstrapAlone,
  byDesignEffect,
  byLoss,
  byTango,
  byTasks,
  change,
  coverageOf,
  type Figure,
  loss,
  type Method,
  rate,
  type Study,
} from './simulate.ts';

const taskCounts = [3, 5, 10, 30];
/** Trials of a task, and how alike two of them are. */
const repeats: readonly (readonly [number, number])[] = [
  [1, 0],
  [3, 0],
  [3, 0.3],
  [3, 0.7],
  [10, 0],
  [10, 0.3],
  [10, 0.7],
];
const rates = [0.05, 0.2, 0.5].map(rate);
/** Shares of pairs that gain and that lose. */
const changes = (
  [
    [0.1, 0],
    [0.05, 0.05],
    [0.2, 0.1],
    [0.3, 0.3],
    [0.5, 0.1],
    [0.02, 0.9],
  ] as const
).map(([gains, losses]) => change(gains, losses));
/** Shares of pairs that lose and gain utility, and of those whose reference succeeds. */
const losses = (
  [
    [0.1, 0, 1],
    [0.3, 0, 1],
    [0.1, 0.05, 0.8],
    [0.4, 0.05, 0.5],
  ] as const
).map(([lost, gained, reference]) => loss(lost, gained, reference));

/** Designs in which some tasks are tried more often than the others. */
const uneven: readonly Study[] = [6, 10, 20, 30].flatMap((tasks) =>
  [1, Math.ceil(tasks / 5)].flatMap((heavyTasks) =>
    [3, 10, 30].flatMap((times) =>
      [1, 3].flatMap((trials) =>
        [0.3, 0.7].map((correlation) => ({
          tasks,
          trials,
          correlation,
          heavy: { tasks: heavyTasks, trials: trials * times },
        })),
      ),
    ),
  ),
);
/** How often, in percent, a gate may pass what is just too much in an uneven design; 2.5 is what an interval promises. */
const mostPasses = 10;

const runs = 1_000;
/** What even the least may not fall below: small counts are coarse, and the simulation errs by up to a point. */
const least = 90;

interface Held {
  readonly worst: number;
  readonly study: Study;
  readonly mean: number;
  readonly width: number;
}

/** Over all figures and repeats, with so many tasks. */
function heldBy<Counts>(figures: readonly Figure<Counts>[], method: Method<Counts>, tasks: number): Held {
  const studies = repeats.map(([trials, correlation]): Study => ({ tasks, trials, correlation }));
  const all = figures.flatMap((figure) =>
    studies.map((study) => ({ study, ...coverageOf(figure, study, { method, runs }) })),
  );
  const mean = (of: (each: (typeof all)[number]) => number): number =>
    all.reduce((sum, each) => sum + of(each), 0) / all.length;
  const worst = all.reduce((one, other) => (other.held < one.held ? other : one));
  return {
    worst: worst.held * 100,
    study: worst.study,
    mean: mean(({ held }) => held) * 100,
    width: mean(({ width }) => width),
  };
}

function figureOf(what: string, used: Held, other: Held): Measured {
  const { worst, study, mean, width } = used;
  const at = `${study.trials} trials of likeness ${study.correlation}`;
  return {
    name: `${what}, ${study.tasks} tasks: ${mean.toFixed(1)}% on average (width ${width.toFixed(2)}, other ${other.width.toFixed(2)}), least at ${at}`,
    value: worst,
    unit: '%',
    baseline: other.worst,
    ratio: worst / other.worst,
    target: `at least ${least}%`,
    met: worst >= least,
  };
}

/** How often a gate passes what is just beyond its limit: the most in any uneven design, and in any with equal trials. */
function passesFigure<Counts>(
  what: string,
  figures: readonly Figure<Counts>[],
  method: Method<Counts>,
): Measured {
  const most = (studies: readonly Study[]): number =>
    Math.max(
      ...figures.flatMap((figure) =>
        studies.map((study) => coverageOf(figure, study, { method, runs }).below * 100),
      ),
    );
  const even = uneven.map(({ tasks, trials, correlation }): Study => ({ tasks, trials, correlation }));
  const [value, baseline] = [most(uneven), most(even)];
  return {
    name: `wrong passes of ${what} where tasks have up to 30 times the trials of others, against equal trials`,
    value,
    unit: '%',
    baseline,
    ratio: value / baseline,
    target: `at most ${mostPasses}%`,
    met: value <= mostPasses,
  };
}

/**
 * How often the 95 % intervals that are used hold the truth, at the least over all simulated studies; against others that
 * could be used: a share by the number of tasks, a change and a relative loss by the bootstrap. Then how often a gate would
 * pass wrongly at its limit.
 */
export const coverage: Benchmark = {
  name: 'coverage',
  async run() {
    return [
      ...taskCounts.flatMap((tasks) => [
        figureOf('share', heldBy(rates, byDesignEffect, tasks), heldBy(rates, byTasks, tasks)),
        figureOf('change', heldBy(changes, byTango, tasks), heldBy(changes, byBootstrap, tasks)),
        figureOf('RAL', heldBy(losses, byLoss, tasks), heldBy(losses, byBootstrapAlone, tasks)),
      ]),
      ...[0.2, 0.5, 0.8].map((p) =>
        passesFigure(`a rate of ${(p * 100).toFixed(0)}%`, [rate(p)], byDesignEffect),
      ),
      passesFigure('a rise', changes, byTango),
    ];
  },
};
