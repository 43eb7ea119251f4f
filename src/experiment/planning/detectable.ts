import type { Plan } from '../../contracts/experiment.ts';
import { smallestDetectableDrop, tasksForDifference } from '../statistics/power.ts';

/** The smallest drop of the ASR by a defense that a plan shows with 80 % power; the test is McNemar's, by task. */
export interface DetectableDrop {
  /** One attack in one environment, or all attacks in all environments together; after Holm's first step. */
  readonly scope: 'cell' | 'all';
  readonly tasks: number;
  /** Differences that are tested together. */
  readonly comparisons: number;
  /** From an ASR of 100 % and of 50 %; absent when not even a drop to 0 would show. */
  readonly from100?: number;
  readonly from50?: number;
  /** The fewest tasks that could show anything: a drop from 100 % to 0. */
  readonly tasksNeeded?: number;
}

const power = 0.8;
/** More than these change nothing any more. */
const mostTrials = 100;
const alpha = 0.05;
/** How alike two trials of one task are taken to be: nothing is known before the run. */
export const assumedCorrelation = 0.5;

/** What a plan can show; empty where it compares nothing. */
export function detectableDrops({ experiment, episodes }: Plan): DetectableDrop[] {
  const tasks = new Map<string, Set<number>>();
  const cells = new Set<string>();
  const places = new Set<string>();
  const repeats = new Map<string, number>();
  for (const { key } of episodes) {
    if (!key.attack || key.defense === 'none') continue;
    const own = tasks.get(key.environment) ?? new Set<number>();
    tasks.set(key.environment, own.add(key.task));
    cells.add(JSON.stringify([key.agent, key.environment, key.attack, key.defense]));
    const place = JSON.stringify([key.agent, key.defense]);
    places.add(place);
    const attacked = `${place} ${key.environment} ${key.task}`;
    repeats.set(attacked, (repeats.get(attacked) ?? 0) + 1);
  }
  if (cells.size === 0) return [];
  const sizes = [...tasks.values()].map(({ size }) => size);
  const design = (trials: number): Repeats => ({
    trials: Math.min(mostTrials, trials),
    correlation: assumedCorrelation,
  });
  return [
    dropOf('cell', Math.max(...sizes), cells.size, design(experiment.trials)),
    dropOf(
      'all',
      sizes.reduce((sum, size) => sum + size, 0),
      places.size,
      // A task is tried under each of its attacks; the task with the fewest decides.
      design([...repeats.values()].reduce((least, count) => Math.min(least, count))),
    ),
  ];
}

interface Repeats {
  readonly trials: number;
  readonly correlation: number;
}

function dropOf(
  scope: DetectableDrop['scope'],
  tasks: number,
  comparisons: number,
  design: Repeats,
): DetectableDrop {
  const strict = { ...design, alpha: alpha / comparisons };
  const [from100, from50] = [1, 0.5].map((before) =>
    smallestDetectableDrop(tasks, { ...strict, before }, power),
  );
  const tasksNeeded = tasksForDifference({ ...strict, before: 1, after: 0 }, power);
  return {
    scope,
    tasks,
    comparisons,
    ...(from100 !== undefined && { from100 }),
    ...(from50 !== undefined && { from50 }),
    ...(tasksNeeded !== undefined && { tasksNeeded }),
  };
}
