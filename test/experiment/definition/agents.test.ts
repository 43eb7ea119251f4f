import { expect, test } from 'vitest';
import { builtInCatalog, findAgent } from '../../../src/experiment/catalog.ts';
import { parseExperiment } from '../../../src/experiment/definition/index.ts';
import { forecastModels } from '../../../src/experiment/forecast.ts';
import { createPlan } from '../../../src/experiment/plan.ts';
import { planText, summarizePlan } from '../../../src/report/plan.ts';

const catalog = builtInCatalog();

function parse(agents: string) {
  return parseExperiment(`name: x\nenvironments: [todo]\nagents:\n${agents}`, 'x.yaml', catalog).experiment;
}

test('agents are made from names of models and from maps, and are found again by what is stored', () => {
  const experiment = parse(`  - scripted/hijacked
  - openrouter/meta-llama/llama-3.1-8b:free
  - react:ollama/llama3.1:8b
  - { id: Trusting, kind: tool-loop, model: openai/gpt-5, questions: model }
`);
  expect(experiment.agents).toEqual([
    'scripted/hijacked',
    'openrouter/meta-llama/llama-3.1-8b:free',
    'react:ollama/llama3.1:8b',
    'Trusting',
  ]);
  expect(experiment.agentChoices?.map(({ kind, model }) => [kind, model])).toEqual([
    ['tool-loop', 'openrouter/meta-llama/llama-3.1-8b:free'],
    ['react', 'ollama/llama3.1:8b'],
    ['tool-loop', 'openai/gpt-5'],
  ]);
  expect(experiment.agentChoices?.[2]?.parameters).toEqual({
    questions: 'model',
    media: ['image'],
    maxResultCharacters: 100_000,
  });
  expect(experiment.models?.map(({ id }) => id)).toContain('ollama/llama3.1:8b');
  expect(experiment.limits.episodeTimeoutMs).toBe(600_000);
  for (const id of experiment.agents) expect(findAgent(catalog, id, experiment).id).toBe(id);
});

test('what is wrong with an agent is told with its place', () => {
  const wrong = `  - { kind: tool-lop, model: openai/x }
  - { kind: react }
  - { kind: tool-loop, model: openai/gpt-5, question: model }
  - { kind: tool-loop, model: openai/gpt-5, id: b, questions: perhaps }
  - react:nobody/x
  - openai/gpt-5
  - openai/gpt-5
`;
  expect(() => parse(wrong)).toThrow(/x\.yaml:4:13: unknown kind "tool-lop", did you mean tool-loop\?/);
  expect(() => parse(wrong)).toThrow(/x\.yaml:5:5: react needs a model/);
  expect(() => parse(wrong)).toThrow(/x\.yaml:6:45: unknown key "question", did you mean questions\?/);
  expect(() => parse(wrong)).toThrow(/x\.yaml:7:63: expected decline or accept or model/);
  expect(() => parse(wrong)).toThrow(
    /x\.yaml:8:5: there is no provider "nobody", the providers are: openai, /,
  );
  expect(() => parse(wrong)).toThrow(/x\.yaml:10:5: "openai\/gpt-5" is listed twice/);
});

test('what cannot be applied to a host of somebody else is refused, and not passed over', () => {
  const file = (settings: string): string => `name: x
environments: [todo]
models:
  - { id: m, provider: openai, name: gpt-5${settings} }
agents:
  - { id: h, kind: external, preset: codex, model: m }
`;
  const read = (settings: string) => parseExperiment(file(settings), 'x.yaml', catalog).experiment;
  expect(() => read(', temperature: 0, requestsPerMinute: 9')).toThrow(
    /x\.yaml:6:\d+: temperature, requestsPerMinute of "m" cannot be applied to a host/,
  );
  expect(read(', timeoutMs: 9000, keyFrom: K').models).toHaveLength(1);
  const unseen = `  - { id: h, kind: external, command: [x] }
limits: { maxSteps: 5 }
budget: { usd: 1 }
`;
  expect(() => parse(unseen)).toThrow(/x\.yaml:4:\d+: budget, maxSteps cannot be applied to this host/);
  const seen = unseen.replace('[x]', '[x], model: openai/gpt-5, endpoint: "http://127.0.0.1:1"');
  expect(parse(seen).agents).toEqual(['h']);
});

test('a provider that is misspelled is named as that, with what was meant', () => {
  expect(() => parse('  - opnai/gpt-5\n')).toThrow(
    /x\.yaml:4:5: there is no provider "opnai", did you mean openai\? the providers are: openai, /,
  );
  expect(() => parse('  - scripted/hijackt\n')).toThrow(/did you mean scripted\/hijacked/);
});

test('a dry run estimates what models will be asked', async () => {
  const plan = createPlan(
    parse('  - openai/gpt-4o-mini\n  - openai/unpriced\n  - scripted/hijacked\n'),
    catalog,
  );
  const forecast = await forecastModels(plan, catalog);
  expect(forecast?.agents.map(({ agent, episodes }) => [agent, episodes])).toEqual([
    ['openai/gpt-4o-mini', 4],
    ['openai/unpriced', 4],
  ]);
  const [priced, unpriced] = forecast?.agents ?? [];
  // At least one call and the answer in each episode.
  expect(priced?.calls).toBeGreaterThanOrEqual(8);
  expect(priced?.usd).toBeGreaterThan(0);
  expect(unpriced).not.toHaveProperty('usd');
  const text = planText(summarizePlan(plan, forecast), 100);
  expect(text).toContain('estimated calls of models: ');
  expect(text).toContain('price not known');
  expect(text).toContain('assumed: one turn for each call of the reference solution');
  const judges = { refusal: { models: ['openai/gpt-4o-mini'] } };
  const judged = await forecastModels({ ...plan, experiment: { ...plan.experiment, judges } }, catalog);
  expect(judged?.agents[0]).toEqual(priced);
  const scripted = createPlan(parse('  - scripted/hijacked\n'), catalog);
  expect(await forecastModels(scripted, catalog)).toBeUndefined();
});
