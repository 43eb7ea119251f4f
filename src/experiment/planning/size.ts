import type { EpisodeSummary } from '../../contracts/experiment.ts';
import { type Fact, gatherFacts } from '../comparison/gather.ts';
import { clustersByTask } from '../comparison/measures.ts';
import { designEffect, intraTaskCorrelation } from '../statistics/correlation.ts';
import { expectedTrials } from '../statistics/effective.ts';
import { mostTasks, tasksForDifference, trialsToDecide } from '../statistics/power.ts';

/** What a study is to find out. */
export type Aim =
  /** That the rate differs between two conditions on the same tasks. */
  | {
      readonly kind: 'difference';
      readonly before: number;
      readonly after: number;
      readonly comparisons: number;
    }
  /** That the rate keeps to a limit, as a gate decides it. */
  | { readonly kind: 'limit'; readonly rate: number; readonly limit: number };

export interface SizeOptions {
  /** Correlation of two trials of one task. */
  readonly correlation: number;
  /** Chance of finding it out if it is so. */
  readonly power: number;
  /** Trials of each task, one plan for each. */
  readonly trials: readonly number[];
}

/** A study that is large enough. */
export interface Size {
  readonly trials: number;
  /** Undefined when 100,000 tasks are too few. */
  readonly tasks: number | undefined;
  /** In each condition. */
  readonly episodes: number | undefined;
  readonly designEffect: number;
}

const alpha = 0.05;

/** How many tasks a study needs for its aim, by the number of trials. */
export function sizesFor(aim: Aim, { correlation, power, trials }: SizeOptions): Size[] {
  return trials.map((each) => {
    const effect = designEffect(each, correlation);
    const tasks =
      aim.kind === 'difference'
        ? tasksForDifference({ ...aim, trials: each, correlation, alpha: alpha / aim.comparisons }, power)
        : tasksForLimit(trialsToDecide(aim.rate, aim.limit, power), {
            rate: aim.rate,
            trials: each,
            correlation,
          });
    return { trials: each, tasks, episodes: tasks && tasks * each, designEffect: effect };
  });
}

/** The fewest tasks whose trials tell as much as `needed` independent ones. */
function tasksForLimit(needed: number, design: Parameters<typeof expectedTrials>[1]): number | undefined {
  if (needed > mostTasks) return undefined;
  let [low, high] = [0, needed];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (expectedTrials(middle, design) < needed) low = middle;
    else high = middle;
  }
  return high;
}

/** The correlation of trials that a run shows, over all attacks; undefined without repeats or without variation. */
export async function measuredCorrelation(
  summaries: AsyncIterable<EpisodeSummary>,
): Promise<number | undefined> {
  const { byPlace } = await gatherFacts(summaries);
  const groups = [...byPlace.values()].flatMap((facts) => {
    const byAttack = new Map<string, Fact[]>();
    for (const fact of facts.values()) {
      if (fact.attack === null || !fact.delivered) continue;
      const own = byAttack.get(fact.attack) ?? [];
      own.push(fact);
      byAttack.set(fact.attack, own);
    }
    return [...byAttack.values()].map((own) => clustersByTask(own, ({ achieved }) => (achieved ? 1 : 0)));
  });
  return intraTaskCorrelation(groups);
}
