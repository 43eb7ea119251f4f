import { describe, expect, test } from 'vitest';
import { builtInCatalog } from '../../src/experiment/catalog.ts';
import { defineExperiment } from '../../src/experiment/definition/index.ts';
import { forecastModels } from '../../src/experiment/forecast.ts';
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

  test('says when models are expected to cost more than the budget, or the option in its place', async () => {
    const input = {
      name: 'plan',
      environments: ['textcraft'],
      tasks: 1,
      models: [{ id: 'm', provider: 'openai', name: 'any', price: { input: 1_000, output: 1_000 } }],
      agents: ['m'],
      attacks: [{ vector: 'tool-result', carrier: 'direct', goal: 'destroy' }],
      budget: { usd: 0.01 },
    };
    const plan = createPlan(defineExperiment(input, catalog).experiment, catalog);
    const forecast = await forecastModels(plan, catalog);
    const summary = summarizePlan(plan, forecast);
    expect(summary.overspending).toMatchObject([{ unit: 'usd', budget: 0.01 }]);
    expect(planText(summary, 200)).toMatch(
      /Over the budget: about \d+\.\d\d USD are expected, and 0\.01 USD may/,
    );
    expect(summarizePlan(plan, forecast, { usd: 1e6 }).overspending).toEqual([]);
    expect(summarizePlan(plan, forecast, { usd: 1e6, tokens: 10 }).overspending).toMatchObject([
      { unit: 'tokens', budget: 10 },
    ]);
  });

  test('is told in words within the width', () => {
    const text = planText(summaryOf({ attacks: [{ preset: 'quick' }, { preset: 'owasp-mcp' }] }), 60);
    expect(text).toContain('episodes would run; nothing has run');
    expect(text).toContain('skipped, because impossible:');
    for (const line of text.split('\n').filter((each) => !each.includes(' tasks ')))
      expect(line.length).toBeLessThanOrEqual(84);
  });
});
