import type { Catalog } from '../src/contracts/experiment.ts';
import { createSeed } from '../src/contracts/seed.ts';
import type { Condition } from './conditions.ts';
import { attackedJob, cleanJob, faithful, hijacked, type Job, seed } from './jobs.ts';
import { sampleTargets, type Target } from './sample.ts';

/** The goals for which the stacks have targets. */
const coreGoals = ['exfiltrate', 'destroy', 'tamper', 'escalate', 'persist', 'cross-service'] as const;

export function isCore(goal: string | undefined): boolean {
  return coreGoals.some((each) => each === goal);
}

export interface Size {
  /** Environments for each pair of vector and goal; the whole preset if absent. */
  readonly perPair?: number;
  /** Only every so many of these attacks, for a quick look; 1 if absent. */
  readonly every?: number;
  /** Tasks from which each attack draws one. */
  readonly tasks: number;
  /** Clean tasks of each environment: for stacks, and for the other conditions. */
  readonly clean: { readonly stacks: number; readonly others: number };
}

/** One in this many attacks is also made on the faithful agent. */
const faithfulShare = 4;

/** The attacks by lot, and those of them that every single defense is measured on: the first of each pair, core goals only. */
export interface Attacks {
  readonly all: readonly Target[];
  readonly base: readonly Target[];
}

export function drawAttacks(catalog: Catalog, { perPair, tasks, every = 1 }: Size): Attacks {
  const all = sampleTargets(catalog, createSeed(seed), { tasks, ...(perPair !== undefined && { perPair }) })
    .filter((_, index) => index % every === 0)
    .map((target) => ({ ...target, weight: target.weight * every }));
  const met = new Set<string>();
  const base = all.filter(({ attack: { vector, goal } }) => {
    const pair = `${vector} ${goal}`;
    if (!isCore(goal) || met.has(pair)) return false;
    met.add(pair);
    return true;
  });
  return { all, base };
}

/** Every episode of a condition. Pairs differ in nothing but the defense. */
export function jobsOf(condition: Condition, attacks: Attacks, catalog: Catalog, size: Size): Job[] {
  const whole = condition.kind === 'none' || condition.kind === 'stack';
  const targets = whole ? attacks.all : attacks.base;
  const jobs = targets.map((target) => attackedJob(target, hijacked, condition));
  if (condition.kind === 'without') return jobs;
  const watched = attacks.base.filter((_, index) => index % faithfulShare === 0);
  jobs.push(...watched.map((target) => attackedJob(target, faithful, condition)));
  for (const { id: environment } of catalog.environments)
    for (let task = 0; task < (whole ? size.clean.stacks : size.clean.others); task++) {
      const era = task % 2 === 0 ? '2026' : '2025';
      jobs.push(cleanJob({ environment, task, era }, condition));
    }
  return jobs;
}
