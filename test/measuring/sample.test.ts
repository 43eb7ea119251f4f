import { describe, expect, test } from 'vitest';
import {
  askingConditions,
  leaveOneOut,
  ownConditions,
  singleConditions,
  stackConditions,
} from '../../measuring/conditions.ts';
import { drawAttacks, isCore } from '../../measuring/order.ts';
import { builtInCatalog } from '../../src/experiment/catalog.ts';
import { defineExperiment } from '../../src/experiment/definition/index.ts';
import { createPlan } from '../../src/experiment/plan.ts';

const catalog = builtInCatalog();
const clean = { stacks: 2, others: 1 };
const size = { perPair: 2, tasks: 24, clean };
const { all, base } = drawAttacks(catalog, size);

describe('the sample', () => {
  test('is the same every time', () => {
    expect(drawAttacks(catalog, size).all).toEqual(all);
  });

  test('has every vector, carrier, goal and environment', () => {
    const of = (part: 'vector' | 'carrier' | 'goal'): Set<string> =>
      new Set(all.map(({ attack }) => attack[part]));
    expect(of('vector').size).toBe(catalog.vectors.length);
    expect(of('carrier').size).toBe(catalog.carriers.length);
    expect(of('goal').size).toBe(catalog.goals.length);
    expect(new Set(all.map(({ environment }) => environment)).size).toBe(catalog.environments.length);
  });

  test('has at most two environments of a pair, and the first of each pair as base', () => {
    const counts = new Map<string, number>();
    for (const { attack, environment } of all) {
      const pair = `${attack.vector} ${attack.goal}`;
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
      counts.set(`${pair} ${environment}`, (counts.get(`${pair} ${environment}`) ?? 0) + 1);
    }
    for (const [pair, count] of counts)
      expect(count).toBeLessThanOrEqual(pair.split(' ').length === 2 ? 2 : 1);
    const keys = base.map(({ attack }) => `${attack.vector} ${attack.goal}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(base.every(({ attack }) => isCore(attack.goal))).toBe(true);
  });

  test('stands for the whole preset', () => {
    const { vectors, carriers } = catalog;
    const small = { ...catalog, vectors: vectors.slice(0, 9), carriers: carriers.slice(0, 4) };
    const whole = drawAttacks(small, { tasks: 24, clean }).all;
    const sample = drawAttacks(small, size).all;
    expect(sample.length).toBeLessThan(whole.length / 2);
    expect(sample.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(whole.length, 3);
  });

  test('holds only attacks that a plan would hold', () => {
    for (const { environment, attack, era, transport } of all.filter((_, index) => index % 60 === 0)) {
      const { experiment } = defineExperiment(
        {
          name: 'x',
          environments: [environment],
          tasks: 1,
          agents: ['scripted/hijacked'],
          attacks: [attack],
          baselines: false,
          era,
          transport,
        },
        catalog,
      );
      expect(createPlan(experiment, catalog).episodes).toHaveLength(1);
    }
  });
});

test('conditions have names of their own, and members that exist', () => {
  const conditions = [
    ...singleConditions(catalog),
    ...stackConditions(),
    ...askingConditions(),
    ...leaveOneOut(),
  ];
  expect(new Set(conditions.map(({ name }) => name)).size).toBe(conditions.length);
  const known = new Set(catalog.defenses.map(({ id }) => id));
  for (const { members } of conditions) for (const { id } of members) expect(known).toContain(id);
});

test('a defense of the user’s own is looked up', () => {
  expect(ownConditions(['pinning'], catalog)).toMatchObject([{ name: 'pinning', kind: 'stack' }]);
  expect(() => ownConditions(['mine'], catalog)).toThrow('There is no defense "mine"');
});
