import { describe, expect, test } from 'vitest';
import { builtInCatalog } from '../../src/experiment/catalog.ts';
import { defineExperiment } from '../../src/experiment/definition/index.ts';
import { createPlan } from '../../src/experiment/plan.ts';
import { type PlanSummary, planText, summarizePlan } from '../../src/report/plan.ts';

const catalog = builtInCatalog();

function summaryOf(more: object): PlanSummary {
  const input = {
    name: 'plan',
    environments: ['todo', { id: 'textcraft', tasks: 1 }],
    tasks: 3,
    agents: ['scripted/hijacked', 'scripted/faithful'],
    attacks: [
      { vector: ['tool-description', 'tool-result'], carrier: 'direct', goal: ['destroy', 'tamper'] },
    ],
    defenses: ['pinning'],
    ...more,
  };
  return summarizePlan(createPlan(defineExperiment(input, catalog).experiment, catalog));
}

describe('the summary of a plan', () => {
  test('counts episodes, pairs, and what is impossible with its reason', () => {
    const summary = summaryOf({});
    // todo: 4 attacks and clean, 3 tasks; textcraft: no tampering, 1 task; 2 agents, 2 defense sets.
    expect(summary.environments).toEqual([
      { id: 'todo', tasks: 3, attacks: 4, episodes: 5 * 3 * 2 * 2 },
      { id: 'textcraft', tasks: 1, attacks: 2, episodes: 3 * 1 * 2 * 2 },
    ]);
    expect(summary.episodes).toBe(60 + 12);
    expect(summary.attackPairs).toBe(48 + 8);
    expect(summary.defensePairs).toBe(36);
    expect(summary.skipped).toMatchObject([{ environment: 'textcraft', attacks: 2 }]);
    expect(summary.skipped[0]?.example).toBe('tool-description/direct/tamper');
  });

  test('has no pairs where there are no twins', () => {
    const summary = summaryOf({ baselines: false });
    expect([summary.attackPairs, summary.defensePairs]).toEqual([0, 0]);
  });

  test('is told in words within the width', () => {
    const text = planText(summaryOf({ attacks: [{ preset: 'quick' }, { preset: 'owasp-mcp' }] }), 60);
    expect(text).toContain('episodes would run; nothing has run');
    expect(text).toContain('skipped, because impossible:');
    for (const line of text.split('\n').filter((each) => !each.includes(' tasks ')))
      expect(line.length).toBeLessThanOrEqual(84);
  });
});
