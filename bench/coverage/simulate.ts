import { createSeed, type Rng } from '../../src/contracts/seed.ts';
import { lossOfUtility, type TaskSums } from '../../src/experiment/metrics/loss.ts';
import { bootstrapBca } from '../../src/experiment/statistics/bootstrap.ts';
import type { Cluster, PairCluster } from '../../src/experiment/statistics/clusters.ts';
import { clusteredShare } from '../../src/experiment/statistics/mean.ts';
import { pairedChange } from '../../src/experiment/statistics/pairedChange.ts';
import { createResamples } from '../../src/experiment/statistics/resamples.ts';
import { wilsonAt } from '../../src/experiment/statistics/wilson.ts';

interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** A study that is repeated: so many tasks, each tried so often, trials of a task being alike by `correlation`. */
export interface Study {
  readonly tasks: number;
  readonly trials: number;
  readonly correlation: number;
  /** So many of the tasks have more trials, as those of an environment with more attacks. */
  readonly heavy?: { readonly tasks: number; readonly trials: number };
}

/** How often the truth lay outside of the interval, and how wide it was. */
export interface Coverage {
  /** Share of the intervals that hold the truth. */
  readonly held: number;
  /** Share that lie below, and above, the truth. */
  readonly below: number;
  readonly above: number;
  /** Mean width. */
  readonly width: number;
}

/** Outcomes of the trials of one task, drawn so that two of them are alike by `correlation` (Polya's urn). */
function outcomes(
  rng: Rng,
  shares: readonly number[],
  { trials, correlation }: Pick<Study, 'trials' | 'correlation'>,
): number[] {
  const counts = shares.map(() => 0);
  for (let trial = 0; trial < trials; trial++) {
    let rest = (rng.int(0, 999_999_999) / 1_000_000_000) * (1 - correlation + trial * correlation);
    // The last outcome takes what rounding leaves.
    let found = shares.length - 1;
    for (const [index, share] of shares.entries()) {
      rest -= share * (1 - correlation) + (counts[index] ?? 0) * correlation;
      if (rest >= 0) continue;
      found = index;
      break;
    }
    counts[found] = (counts[found] ?? 0) + 1;
  }
  return counts;
}

/** What an interval of a kind of figure is computed from, and what it should hold. */
export interface Figure<Counts> {
  readonly truth: number;
  /** Chances of the outcomes of one trial. */
  readonly shares: readonly number[];
  readonly cluster: (counts: readonly number[]) => Counts;
}

export type Method<Counts> = (clusters: readonly Counts[]) => Bounds;

/** Repeats a study, and looks how often each interval holds the truth. */
export function coverageOf<Counts>(
  { truth, shares, cluster }: Figure<Counts>,
  study: Study,
  { method, runs }: { readonly method: Method<Counts>; readonly runs: number },
): Coverage {
  const rng = createSeed('coverage')
    .child(study.tasks, study.trials, ...shares.map(String))
    .rng();
  const { heavy } = study;
  const trialsOf = (task: number): number => (heavy && task < heavy.tasks ? heavy.trials : study.trials);
  let [below, above, width, bounded] = [0, 0, 0, 0];
  for (let run = 0; run < runs; run++) {
    const { low, high } = method(
      Array.from({ length: study.tasks }, (_, task) =>
        cluster(outcomes(rng, shares, { ...study, trials: trialsOf(task) })),
      ),
    );
    // An interval that ends at the truth holds it.
    if (high < truth - 1e-9) below++;
    if (low > truth + 1e-9) above++;
    // Where there is no figure there is no width.
    if (!Number.isFinite(high - low)) continue;
    width += high - low;
    bounded++;
  }
  return {
    held: 1 - (below + above) / runs,
    below: below / runs,
    above: above / runs,
    width: width / bounded,
  };
}

/** A share such as an ASR. */
export function rate(p: number): Figure<Cluster> {
  return {
    truth: p,
    shares: [p, 1 - p],
    cluster: ([hits = 0, misses = 0]) => ({ n: hits + misses, sum: hits }),
  };
}

/** A change on pairs, of which some gain and some lose. */
export function change(gains: number, losses: number): Figure<PairCluster> {
  return {
    truth: gains - losses,
    shares: [gains, losses, 1 - gains - losses],
    cluster: ([gained = 0, lost = 0, same = 0]) => ({ n: gained + lost + same, gained, lost }),
  };
}

/** A loss of utility (RAL) where the reference succeeds or not, and the condition keeps it, or loses or gains it. */
export function loss(losses: number, gains: number, reference: number): Figure<TaskSums> {
  return {
    truth: (losses - gains) / reference,
    shares: [losses, gains, reference - losses, 1 - reference - gains],
    cluster: ([lost = 0, gained = 0, kept = 0, never = 0]) => ({
      n: lost + gained + kept + never,
      reference: lost + kept,
      condition: gained + kept,
      gained,
      lost,
    }),
  };
}

/** What reports, gates and comparisons use for a share. */
export const byDesignEffect: Method<Cluster> = clusteredShare;

/** Wilson's interval as if each task were one trial. */
export const byTasks: Method<Cluster> = (clusters) => {
  const [n, sum] = clusters.reduce(([n, sum], each) => [n + each.n, sum + each.sum], [0, 0]);
  return wilsonAt(sum / n, clusters.length);
};

/** What reports, gates and comparisons use for a change. */
export const byTango: Method<PairCluster> = (clusters) => pairedChange(clusters).difference;

const resamples = createResamples(createSeed('coverage'), 500);

/** The bootstrap by task, BCa; where all tasks agree and nothing can be drawn, Tango's. */
export const byBootstrap: Method<PairCluster> = (clusters) => {
  // The loss of a reference that always succeeds is the change with the opposite sign.
  const sums = clusters.map(({ n, gained, lost }) => ({ n, reference: n, condition: n + gained - lost }));
  const interval = bootstrapBca(sums, resamples);
  return interval ? { low: -interval.high, high: -interval.low } : byTango(clusters);
};

/** What reports use for RAL; where there is none, nobody is misled. */
export const byLoss: Method<TaskSums> = (sums) => {
  const metric = lossOfUtility(sums, resamples);
  return 'absent' in metric ? { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY } : metric;
};

/** The bootstrap of RAL by itself. */
export const byBootstrapAlone: Method<TaskSums> = (sums) =>
  sums.some(({ reference }) => reference > 0)
    ? (bootstrapBca(sums, resamples) ?? byLoss(sums))
    : byLoss(sums);
