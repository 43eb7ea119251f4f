import { describe, expect, test } from 'vitest';
import type { Vector } from '../../src/contracts/attack.ts';
import type { Catalog, Plan } from '../../src/contracts/experiment.ts';
import { canonicalJson } from '../../src/contracts/json.ts';
import { builtInCatalog, extendCatalog } from '../../src/experiment/catalog.ts';
import { defineExperiment } from '../../src/experiment/definition/index.ts';
import type { ExperimentInput } from '../../src/experiment/definition/schema.ts';
import { createPlan } from '../../src/experiment/plan.ts';
import { fc, runs } from '../support/properties.ts';

/** A few of all parts, so that everything of it is a plan of a few thousand episodes. */
const catalog = fewOf(builtInCatalog());

function fewOf(all: Catalog): Catalog {
  const only = <Part extends { readonly id: string }>(parts: readonly Part[], ids: string): Part[] =>
    parts.filter(({ id }) => ids.split(' ').includes(id));
  return {
    ...all,
    vectors: only(all.vectors, 'tool-description tool-result rug-pull rogue-service'),
    carriers: only(all.carriers, 'direct important-notice'),
    goals: only(all.goals, 'exfiltrate destroy derail'),
  };
}
const everything = { vector: '*', carrier: '*', goal: '*' };

const levels = {
  environments: ['textcraft', 'todo', 'office'],
  agents: ['scripted/hijacked', 'scripted/faithful', 'scripted/compliant-0.5'],
  attacks: [
    'none' as const,
    { vector: 'tool-result', carrier: 'direct', goal: 'derail' },
    { vector: '*', carrier: 'direct', goal: 'destroy' },
    { vector: 'rug-pull', carrier: '*', goal: '*' },
  ],
  defenses: ['none', 'pinning', 'whitelist', 'phrase-detector:observe'],
};

const inputs: fc.Arbitrary<ExperimentInput> = fc.record({
  name: fc.constant('x'),
  seed: fc.integer({ min: 1, max: 3 }),
  tasks: fc.integer({ min: 1, max: 3 }),
  trials: fc.integer({ min: 1, max: 2 }),
  environments: fc.subarray(levels.environments, { minLength: 1 }),
  agents: fc.subarray(levels.agents, { minLength: 1 }),
  attacks: fc.subarray(levels.attacks),
  defenses: fc.subarray(levels.defenses),
});

function planOf(input: ExperimentInput): Plan {
  return createPlan(defineExperiment(input, catalog).experiment, catalog);
}

describe('a plan', () => {
  test('is the full matrix, each episode once, and the same every time', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { episodes, experiment, skipped } = planOf(input);
        const { environments, agents, attacks, defenses, trials } = experiment;
        const tasks = environments.reduce((sum, each) => sum + each.tasks, 0);
        const size = tasks * agents.length * attacks.length * defenses.length * trials;
        const lost =
          skipped.reduce((sum, { attacks }) => sum + attacks, 0) *
          (input.tasks ?? 1) *
          agents.length *
          defenses.length *
          trials;
        expect(episodes).toHaveLength(size - lost);
        expect(new Set(episodes.map(({ id }) => id)).size).toBe(episodes.length);
        expect(new Set(episodes.map(({ key }) => canonicalJson(key))).size).toBe(episodes.length);
        expect(planOf(input).episodes).toEqual(episodes);
      }),
      { numRuns: runs(40) },
    );
  });

  test('keeps the id of every episode when the matrix grows', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const all: ExperimentInput = { ...input, ...levels, tasks: 3, trials: 2 };
        const ids = new Map(planOf(all).episodes.map(({ id, key }) => [canonicalJson(key), id]));
        for (const { id, key } of planOf(input).episodes) expect(ids.get(canonicalJson(key))).toBe(id);
      }),
      { numRuns: runs(15) },
    );
  });

  test('has other ids with another seed', () => {
    const ids = (seed: number): string[] =>
      planOf({ name: 'x', seed, environments: ['todo'], agents: ['scripted/faithful'] }).episodes.map(
        ({ id }) => id,
      );
    expect(ids(1)).toHaveLength(4);
    expect(ids(1).filter((id) => ids(2).includes(id))).toEqual([]);
  });

  test('goes around: every part of it holds pairs, and all environments and vectors come early', () => {
    const { episodes, experiment } = planOf({
      name: 'x',
      environments: ['textcraft', 'todo'],
      tasks: 5,
      agents: ['scripted/hijacked', 'scripted/faithful'],
      attacks: [everything],
      defenses: ['pinning', 'whitelist'],
    });
    const block = experiment.agents.length * experiment.defenses.length;
    for (let at = 0; at < episodes.length; at += block) {
      const pairs = episodes
        .slice(at, at + block)
        .map(({ key: { environment, task, attack, trial } }) =>
          canonicalJson({ environment, task, trial, ...(attack && { attack }) }),
        );
      expect(new Set(pairs).size).toBe(1);
    }
    const early = episodes.slice(0, block * 2 * (1 + catalog.vectors.length));
    expect(early[0]?.key.attack).toBeUndefined();
    expect(new Set(early.map(({ key }) => key.attack?.vector)).size).toBe(1 + catalog.vectors.length);
    expect(new Set(early.map(({ key }) => key.environment)).size).toBe(2);
    expect(new Set(early.map(({ key }) => key.task))).toEqual(new Set([0]));
  });
});

describe('a combination that cannot exist', () => {
  const only2026: Vector = {
    id: 'later',
    title: 'Later',
    definition: '',
    source: '',
    group: 'result',
    places: 'one',
    eras: ['2026'],
    compatible: ({ id }) => (id === 'todo' ? { impossible: 'todo has no later' } : 'compatible'),
    place: () => {
      throw new Error('A plan opens no world');
    },
  };
  const extended = extendCatalog(catalog, { vectors: [only2026] });
  const attacks = [{ vector: 'later', carrier: 'direct', goal: 'derail' }];
  const plan = (input: Partial<ExperimentInput>): Plan => {
    const whole = {
      name: 'x',
      environments: ['todo', 'textcraft'],
      agents: ['scripted/hijacked'],
      attacks,
      ...input,
    };
    return createPlan(defineExperiment(whole, extended).experiment, extended);
  };

  test('is skipped with the reason', () => {
    const { skipped, episodes } = plan({ era: '2026' });
    expect(skipped).toEqual([
      { environment: 'todo', reason: 'todo has no later', attacks: 1, example: attacks[0] },
    ]);
    expect(episodes.filter(({ key }) => key.attack).map(({ key }) => key.environment)).toEqual(
      Array(4).fill('textcraft'),
    );
  });

  test('is refused when there is nothing else', () => {
    expect(() => plan({ era: '2025' })).toThrow(expect.objectContaining({ code: 'INCOMPATIBLE_ATTACK' }));
    expect(() => plan({ era: '2025' })).toThrow(
      'later/direct/derail in todo: later exists in the 2026 era only',
    );
  });
});

test('an experiment without episodes, or with too many, is refused', () => {
  const { experiment } = defineExperiment(
    { name: 'x', environments: ['todo'], agents: ['scripted/faithful'] },
    catalog,
  );
  expect(() => createPlan({ ...experiment, agents: [] }, catalog)).toThrow(
    expect.objectContaining({ code: 'NOTHING_TO_RUN' }),
  );
  expect(() => createPlan({ ...experiment, environments: [] }, catalog)).toThrow(
    expect.objectContaining({ code: 'NOTHING_TO_RUN' }),
  );
  expect(() => createPlan({ ...experiment, trials: 1_000_000 }, catalog)).toThrow(
    expect.objectContaining({ code: 'INVALID_EXPERIMENT' }),
  );
});
