import { describe, expect, test } from 'vitest';
import { findPreset, presets } from '../../src/attacks/presets.ts';
import { attackName } from '../../src/contracts/attack.ts';
import { builtInCatalog } from '../../src/experiment/catalog.ts';
import { defineExperiment } from '../../src/experiment/definition/index.ts';
import { createPlan } from '../../src/experiment/plan.ts';

const catalog = builtInCatalog();

describe.each(presets)('the preset $id', ({ id, selections }) => {
  const plan = (era: '2025' | '2026') =>
    createPlan(
      defineExperiment(
        {
          name: id,
          era,
          environments: ['todo', 'office'],
          agents: ['scripted/hijacked'],
          attacks: [{ preset: id }],
          tasks: 1,
          baselines: false,
        },
        catalog,
      ).experiment,
      catalog,
    );

  test('names parts that there are', () => {
    for (const part of ['vector', 'carrier', 'goal'] as const) {
      const known = catalog[`${part}s`].map((each) => each.id);
      for (const { [part]: wanted } of selections)
        for (const each of wanted === '*' ? [] : [wanted].flat()) expect(known).toContain(each);
    }
  });

  test('expands to attacks, each once, and counts what is impossible', () => {
    const { episodes, skipped, experiment } = plan('2026');
    const names = experiment.attacks.map((attack) => attack && attackName(attack));
    expect(new Set(names).size).toBe(names.length);
    expect(episodes.length).toBeGreaterThan(0);
    const lost = skipped.reduce((sum, { attacks }) => sum + attacks, 0);
    expect(episodes.length + lost).toBe(2 * names.length);
    expect(skipped.every(({ reason }) => reason.length > 10)).toBe(true);
  });
});

describe('presets', () => {
  test('are found by id, and an unknown one is told with those there are', () => {
    expect(findPreset('quick').id).toBe('quick');
    expect(() => findPreset('quik')).toThrow(expect.objectContaining({ code: 'UNKNOWN_ID' }));
  });

  test('full is every vector with every carrier and every goal', () => {
    const { experiment } = defineExperiment(
      {
        name: 'full',
        environments: ['todo'],
        agents: ['scripted/hijacked'],
        attacks: [{ preset: 'full' }],
        baselines: false,
      },
      catalog,
    );
    const { vectors, carriers, goals } = catalog;
    expect(experiment.attacks).toHaveLength(vectors.length * carriers.length * goals.length);
  });

  test('the revision 2026-07-28 has something that exists in its era only', () => {
    const { selections } = findPreset('2026-07-28');
    const ids = selections.flatMap(({ vector }) => vector);
    const only = catalog.vectors.filter(({ id, eras }) => ids.includes(id) && !eras.includes('2025'));
    expect(only.length).toBeGreaterThan(2);
  });
});
