import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/contracts/events.ts';
import type { Budget, Plan, Store } from '../../src/contracts/experiment.ts';
import { builtInCatalog } from '../../src/experiment/catalog.ts';
import { parseExperiment } from '../../src/experiment/definition/index.ts';
import { createPlan } from '../../src/experiment/plan.ts';
import { openRunModels } from '../../src/experiment/runModels.ts';
import { type RunEnd, runPlan } from '../../src/experiment/runner.ts';
import { measureRun } from '../../src/experiment/session.ts';
import { openStore } from '../../src/experiment/store/index.ts';
import {
  type FakeBehavior,
  type FakeModelServer,
  type FakePolicy,
  startFakeModel,
} from '../../src/models/fake/index.ts';
import { fakePolicies } from '../../src/models/fake/policies/index.ts';
import { renderReport } from '../../src/report/index.ts';

let folder: string;
let store: Store;
let server: FakeModelServer | undefined;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'safemcp-agents-'));
  store = await openStore(folder);
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

/** Starts the local provider, and plans an experiment whose models are there. */
async function plan(behave: FakePolicy, text: string): Promise<Plan> {
  server = await startFakeModel({ behave });
  const place = `baseUrl: ${server.url}/v1, keyFrom: PATH, maxRetries: 0, price: { input: 1, output: 2 }`;
  const models = ['openai/gpt-test', 'anthropic/claude-test'].map((id) => `  - { id: ${id}, ${place} }\n`);
  const yaml = `name: end to end\nenvironments: [todo]\nmodels:\n${models.join('')}${text}`;
  const { experiment, catalog } = parseExperiment(yaml, 'x.yaml', builtInCatalog());
  return createPlan(experiment, catalog);
}

/** Goes on with a run as `safemcp resume` does: all it has is what is stored. */
async function goOn(runId: string, budget?: Budget): Promise<RunEnd> {
  const catalog = builtInCatalog();
  const { experiment } = await store.run(runId);
  const models = await openRunModels(experiment, { store, runId, ...(budget && { budget }) });
  const { signal } = new AbortController();
  const options = { catalog, store, models, runId, concurrency: 1, signal };
  try {
    return await runPlan(createPlan(experiment, catalog), options);
  } finally {
    await models.close();
  }
}

async function begin(planned: Plan): Promise<string> {
  return (await store.createRun(planned, new Date())).id;
}

async function outcomes(runId: string): Promise<Outcome[]> {
  const all: Outcome[] = [];
  for await (const { outcome } of store.summaries(runId)) all.push(outcome);
  return all;
}

const attacked = `tasks: 2
agents:
  - openai/gpt-test
  - { id: claude, kind: tool-loop, model: anthropic/claude-test, questions: model }
attacks: [{ vector: rug-pull, carrier: direct, goal: destroy }]
defenses: [pinning]
`;
const clean = 'tasks: 4\nagents: [openai/gpt-test]\n';

describe('from an experiment file to a report, with the local provider', () => {
  test('a stand-in that obeys is attacked, and a defense stops it', { timeout: 60_000 }, async () => {
    const runId = await begin(await plan(fakePolicies.obedient(), attacked));
    expect(await goOn(runId)).toEqual({ state: 'finished', stored: 16 });
    const result = await measureRun(store, runId);
    for (const agent of ['openai/gpt-test', 'claude']) {
      const of = (defense: string) =>
        result.cells.find((each) => each.agent === agent && each.attack && each.defense === defense);
      expect(of('none')).toMatchObject({ invalid: 0, funnel: { delivered: 2, executed: 2, achieved: 2 } });
      expect(of('pinning')).toMatchObject({
        invalid: 0,
        funnel: { delivered: 2, exposed: 0, achieved: 0 },
        stoppedBy: { pinning: 2 },
      });
    }
    const report = renderReport(result, 'table', { width: 200, color: false, detail: 'goals' });
    expect(report).toContain(
      'claude: tool-loop with the model anthropic/claude-test, which answered as safemcp-',
    );
    expect(report).toContain("Answers came from SafeMCP's local stand-in, no language model");
    const [first] = await outcomes(runId);
    expect(first?.models).toEqual([{ id: 'openai/gpt-test', version: 'safemcp-fake-model/gpt-test' }]);
    expect(first?.cost.usd).toBeGreaterThan(0);
  });

  test('a model without tool calling works by text', { timeout: 60_000 }, async () => {
    const byText: FakePolicy = ({ messages }) => ({
      say: messages.at(-1)?.text.startsWith('Observation: ')
        ? 'Thought: enough\nAnswer: Looked'
        : 'Thought: look first\nAction: todo__get_projects[{}]\nObservation: made up',
    });
    const runId = await begin(await plan(byText, 'tasks: 1\nagents: [react:openai/gpt-test]\n'));
    await goOn(runId);
    expect(await outcomes(runId)).toMatchObject([{ status: 'completed', calls: 1 }]);
  });

  test('faults of a provider end one episode each, and the run goes on', { timeout: 60_000 }, async () => {
    const faults: readonly FakeBehavior[] = [
      { status: 500 },
      { fault: 'dropped' },
      { fault: 'html' },
      { say: 'All done' },
      { call: [{ tool: 'no_such_tool', arguments: {} }] },
    ];
    const tasks: string[] = [];
    const behave: FakePolicy = ({ messages }) => {
      const instruction = messages.find(({ role }) => role === 'user')?.text ?? '';
      if (!tasks.includes(instruction)) tasks.push(instruction);
      if (messages.length > 2) return { say: 'Enough' };
      return faults[tasks.indexOf(instruction)] ?? { say: '' };
    };
    const runId = await begin(await plan(behave, clean.replace('4', '5')));
    expect(await goOn(runId)).toEqual({ state: 'finished', stored: 5 });
    expect((await outcomes(runId)).map(({ status }) => status)).toEqual([
      'model-error',
      'model-error',
      'model-error',
      'completed',
      'completed',
    ]);
  });

  test('a refused key stops the run at the first call, and a resume goes on', {
    timeout: 60_000,
  }, async () => {
    let refused = true;
    const runId = await begin(await plan(() => (refused ? { status: 401 } : { say: 'Done' }), clean));
    await expect(goOn(runId)).rejects.toMatchObject({ code: 'MODEL_KEY' });
    expect(server?.requests).toHaveLength(1);
    expect(await store.run(runId)).toMatchObject({ state: 'stopped', stored: 0 });
    refused = false;
    expect(await goOn(runId)).toEqual({ state: 'finished', stored: 4 });
  });

  test('a spent budget stops the run, and a resume with more goes on', { timeout: 60_000 }, async () => {
    const planned = await plan(() => ({ say: 'Done' }), `${clean}budget: { usd: 0.001 }\n`);
    const runId = await begin(planned);
    await expect(goOn(runId)).rejects.toMatchObject({ code: 'BUDGET_SPENT' });
    const { state, stored } = await store.run(runId);
    expect(state).toBe('stopped');
    expect(stored).toBeGreaterThan(0);
    expect(stored).toBeLessThan(4);
    const before = server?.requests.length ?? 0;
    expect(await goOn(runId, { usd: 1 })).toEqual({ state: 'finished', stored: 4 });
    // Nothing that was paid for is asked again.
    expect(server?.requests.length).toBeLessThanOrEqual(before + 4 - stored);
  });
});
