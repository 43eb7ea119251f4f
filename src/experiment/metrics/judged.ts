import type { Judged, Metric } from '../../contracts/cell.ts';
import type { Experiment, JudgeChoice } from '../../contracts/experiment.ts';
import { type Cluster, clustered } from '../statistics/clusters.ts';
import { effectiveTrials } from '../statistics/effective.ts';
import { correctedForJudge } from '../statistics/judge.ts';
import { clusteredShare } from '../statistics/mean.ts';
import { type Condition, isAchieved } from './conditions.ts';
import type { Measure } from './measure.ts';

/** The goal whose effect only a judge can see. */
const judgedGoal = 'behavior-set';

/** What judges decided of a cell; undefined where no judge looked. */
export function judgedOf({ place, valid, delivered }: Condition, { judges }: Experiment): Judged | undefined {
  const looked = valid.filter(({ refused }) => refused !== undefined);
  const refused = looked.length > 0 ? clustersOf(looked, (measure) => measure.refused === true) : undefined;
  const achieved =
    place.attack?.goal === judgedGoal && delivered.length > 0 ? clustersOf(delivered, isAchieved) : undefined;
  const refusedCorrected = refused && corrected(refused, judges?.refusal);
  const asrCorrected = achieved && corrected(achieved, judges?.goal);
  if (!refused && !asrCorrected) return undefined;
  return {
    ...(refused && { refused: clusteredShare(refused) }),
    ...(refusedCorrected && { refusedCorrected }),
    ...(asrCorrected && { asrCorrected }),
  };
}

function clustersOf(measures: readonly Measure[], counts: (measure: Measure) => boolean): Cluster[] {
  return clustered(
    measures,
    ({ task }) => task,
    (measure) => (counts(measure) ? 1 : 0),
  );
}

/** Undefined for a judge whose errors nobody has measured. */
function corrected(clusters: readonly Cluster[], judge: JudgeChoice | undefined): Metric | undefined {
  if (!judge?.calibration) return undefined;
  const { estimate: share, k, n } = clusteredShare(clusters);
  const interval = correctedForJudge({ share, n: effectiveTrials(clusters) }, judge.calibration);
  return interval ? { ...interval, k, n } : { absent: 'the judge is no better than chance' };
}
