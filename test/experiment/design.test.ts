import { describe, expect, test } from 'vitest';
import { attackName } from '../../src/contracts/attack.ts';
import type { Plan } from '../../src/contracts/experiment.ts';
import { createSeed } from '../../src/contracts/seed.ts';
import { builtInCatalog } from '../../src/experiment/catalog.ts';
import { defineExperiment } from '../../src/experiment/definition/index.ts';
import type { ExperimentInput } from '../../src/experiment/definition/schema.ts';
import { createPlan } from '../../src/experiment/plan.ts';
import { detectableDrops } from '../../src/experiment/planning/detectable.ts';

const catalog = builtInCatalog();

function planOf(input: Partial<ExperimentInput>): Plan {
  const { experiment } = defineExperiment(
    {
      name: 'design',
      environments: ['todo'],
      tasks: 1,
      agents: ['scripted/hijacked'],
      attacks: [{ vector: ['tool-result', 'rug-pull'], carrier: 'direct', goal: 'destroy' }],
      defenses: ['pinning', 'whitelist'],
      ...input,
    },
    catalog,
  );
  return createPlan(experiment, catalog);
}

describe('designs', () => {
  const combinations = (plan: Plan): string[] =>
    plan.episodes.map(({ key }) => `${key.attack ? key.attack.vector : 'clean'} ${key.defense}`).sort();

  test('full: every attack meets every defense', () => {
    expect(combinations(planOf({}))).toHaveLength(3 * 3);
  });
  test('one factor: attacks alone, and defenses under the first attack and without one', () => {
    const plan = planOf({ design: 'one-factor' });
    expect(combinations(plan)).toEqual([
      'clean none',
      'clean pinning',
      'clean whitelist',
      'rug-pull none',
      'tool-result none',
      'tool-result pinning',
      'tool-result whitelist',
    ]);
    const full = new Set(planOf({}).episodes.map(({ id }) => id));
    expect(plan.episodes.every(({ id }) => full.has(id))).toBe(true);
  });
});

describe('samples of tasks', () => {
  const tasksOf = (plan: Plan): number[] => [...new Set(plan.episodes.map(({ key }) => key.task))];
  const todo = catalog.environments.find(({ id }) => id === 'todo');
  const strataOf = (tasks: readonly number[], by: 'difficulty' | 'template'): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const index of tasks) {
      const stratum = todo?.task(createSeed('1').child('environment', 'todo'), index)[by] ?? '';
      counts.set(stratum, (counts.get(stratum) ?? 0) + 1);
    }
    return counts;
  };

  test.each(['difficulty', 'template'] as const)('have as many of every %s', (by) => {
    const tasks = tasksOf(planOf({ tasks: 24, sample: by }));
    expect(new Set(tasks).size).toBe(24);
    const counts = [...strataOf(tasks, by).values()];
    expect(counts.length).toBeGreaterThan(1);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });
  test('a longer sample begins with the shorter one, and the seed decides', () => {
    const short = tasksOf(planOf({ tasks: 5, sample: 'difficulty' }));
    const long = tasksOf(planOf({ tasks: 12, sample: 'difficulty' }));
    expect(long.slice(0, 5)).toEqual(short);
    expect(tasksOf(planOf({ tasks: 12, sample: 'difficulty', seed: 2 }))).not.toEqual(long);
  });
  test('are refused where there is too little to choose from', () => {
    expect(() => planOf({ tasks: 9, sample: { by: 'template', from: 8 } })).toThrow(
      '9 tasks of todo cannot be chosen from 8',
    );
  });
});

test('the plan says which version made it', () => {
  expect(planOf({}).experiment.madeWith).toMatch(/^\d+\.\d+\.\d+/);
  expect(planOf({}).episodes.map(({ key }) => key.attack && attackName(key.attack))).toContain(
    'tool-result/direct/destroy',
  );
});

describe('what a plan can show', () => {
  test('all attacks together are one comparison for each agent and defense, with all attacks on a task', () => {
    const [cell, all] = detectableDrops(
      planOf({ tasks: 8, agents: ['scripted/hijacked', 'scripted/faithful'] }),
    );
    expect(cell).toMatchObject({ scope: 'cell', tasks: 8, comparisons: 2 * 2 * 2 });
    expect(all).toMatchObject({ scope: 'all', tasks: 8, comparisons: 2 * 2 });
    const one = detectableDrops(planOf({ tasks: 30, defenses: ['pinning'] }))[1];
    const few = detectableDrops(
      planOf({
        tasks: 30,
        defenses: ['pinning'],
        attacks: [{ vector: 'tool-result', carrier: 'direct', goal: 'destroy' }],
      }),
    )[1];
    // Two attacks on each task tell more than one.
    expect(one?.from50).toBeLessThan(few?.from50 ?? 0);
  });
});
