import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Agent } from '../../src/contracts/agent.ts';
import type { EpisodeRecord } from '../../src/contracts/events.ts';
import type { Budget, ModelChoice, Plan, Store } from '../../src/contracts/experiment.ts';
import { createPlan } from '../../src/experiment/plan.ts';
import { openRunModels } from '../../src/experiment/runModels.ts';
import { runPlan } from '../../src/experiment/runner.ts';
import { openStore } from '../../src/experiment/store/index.ts';
import { type FakeModelServer, type FakePolicy, startFakeModel } from '../../src/models/fake/index.ts';
import type { ReplyUse } from '../../src/models/index.ts';
import { timeless } from '../support/timeless.ts';
import { toyExperiment } from '../support/toyExperiment.ts';

let workspace: string;
let store: Store;
let server: FakeModelServer;

beforeEach(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'safemcp-test-'));
  store = await openStore(workspace);
});
afterEach(async () => {
  await store.close();
  await server.close();
  await rm(workspace, { recursive: true, force: true });
});

/** Asks its model what to say, and says it. */
const asking: Agent = {
  id: 'asking',
  title: 'Asking',
  kind: 'code',
  description: 'Asks its model once.',
  async run({ model, instruction }) {
    const parts = [{ type: 'text' as const, text: instruction }];
    return (await model('subject').generate({ messages: [{ role: 'user', parts }] })).text;
  },
};

interface Wish {
  readonly behave: FakePolicy;
  readonly budget?: Budget;
  readonly trials?: number;
  readonly model?: Partial<ModelChoice>;
}

async function planOf({ behave, budget, trials = 1, model }: Wish): Promise<Plan> {
  server = await startFakeModel({ behave });
  const { experiment, catalog } = toyExperiment({ agent: asking });
  const choice: ModelChoice = {
    id: 'subject',
    provider: 'vllm',
    name: 'any',
    baseUrl: `${server.url}/v1`,
    settings: {},
    limits: { maxRetries: 0 },
    price: { input: 1, output: 1 },
    ...model,
  };
  catalogs.set(experiment.name, catalog);
  return createPlan({ ...experiment, trials, models: [choice], ...(budget && { budget }) }, catalog);
}

const catalogs = new Map<string, ReturnType<typeof toyExperiment>['catalog']>();

async function run(plan: Plan, runId: string, more: { replies?: ReplyUse; budget?: Budget } = {}) {
  const models = await openRunModels(plan.experiment, { store, runId, ...more });
  const catalog = catalogs.get(plan.experiment.name);
  if (!catalog) throw new Error('no catalog');
  const signal = new AbortController().signal;
  return runPlan(plan, { catalog, store, models, runId, concurrency: 1, signal });
}

async function newRun(plan: Plan): Promise<string> {
  return (await store.createRun(plan, new Date(0))).id;
}

async function records(runId: string): Promise<EpisodeRecord[]> {
  const all: EpisodeRecord[] = [];
  for await (const { id } of store.summaries(runId)) all.push(await store.episode(id, runId));
  return all;
}

describe('a run with a model', () => {
  test('can be replayed without a call, and gives the same records', async () => {
    const plan = await planOf({ behave: ({ n }) => ({ say: `answer ${n}` }), trials: 2 });
    const first = await newRun(plan);
    await run(plan, first);
    expect(server.requests).toHaveLength(6);
    const again = await newRun(plan);
    expect(await run(plan, again, { replies: 'only-cached' })).toMatchObject({ state: 'finished' });
    expect(server.requests).toHaveLength(6);
    const [before, after] = [await records(first), await records(again)];
    expect(after.map(timeless)).toEqual(before.map(timeless));
    expect(before.every(({ outcome }) => outcome.cost.inputTokens > 0 && outcome.cost.usd > 0)).toBe(true);
    expect(before[0]?.events.find(({ type }) => type === 'model')).toMatchObject({
      version: 'safemcp-fake-model/any',
      purpose: 'agent',
      by: 'asking',
    });
  });

  test('asks again when replies have to be fresh', async () => {
    const plan = await planOf({ behave: () => ({ say: 'same' }) });
    await run(plan, await newRun(plan));
    await run(plan, await newRun(plan), { replies: 'fresh' });
    expect(server.requests).toHaveLength(6);
  });

  test('that has not been made cannot be replayed', async () => {
    const plan = await planOf({ behave: () => ({ say: 'x' }) });
    const runId = await newRun(plan);
    const replay = run(plan, runId, { replies: 'only-cached' });
    await expect(replay).rejects.toMatchObject({ code: 'REPLAY_MISS' });
    expect((await store.run(runId)).state).toBe('stopped');
  });

  test('stops at its budget, counts what it has spent when it goes on, and ends with more', async () => {
    const plan = await planOf({ behave: () => ({ say: 'x' }), budget: { tokens: 1 } });
    const runId = await newRun(plan);
    await expect(run(plan, runId)).rejects.toMatchObject({ code: 'BUDGET_SPENT' });
    expect(await store.run(runId)).toMatchObject({ state: 'stopped', stored: 1 });
    await expect(run(plan, runId)).rejects.toMatchObject({ code: 'BUDGET_SPENT' });
    expect(server.requests).toHaveLength(1);
    expect(await run(plan, runId, { budget: { tokens: 100_000 } })).toEqual({ state: 'finished', stored: 3 });
    expect(server.requests).toHaveLength(3);
  });

  test('goes on when the model fails in an episode', async () => {
    const plan = await planOf({ behave: ({ n }) => (n === 2 ? { status: 500 } : { say: 'x' }) });
    const runId = await newRun(plan);
    await run(plan, runId);
    const ends = (await records(runId)).map(({ outcome }) => outcome.status);
    expect(ends).toEqual(['completed', 'model-error', 'completed']);
  });

  test.each([
    [401, 'MODEL_KEY'],
    [404, 'MODEL_NOT_FOUND'],
  ] as const)('stops at the first call that is answered %i', async (status, code) => {
    const plan = await planOf({ behave: () => ({ status }) });
    const runId = await newRun(plan);
    await expect(run(plan, runId)).rejects.toMatchObject({ code });
    expect(server.requests).toHaveLength(1);
    expect(await store.run(runId)).toMatchObject({ state: 'stopped', stored: 0 });
  });

  test('stops when the key is missing, before any call', async () => {
    const plan = await planOf({
      behave: () => ({ say: 'x' }),
      model: { keyFrom: 'SAFEMCP_TEST_NO_SUCH_KEY' },
    });
    await expect(run(plan, await newRun(plan))).rejects.toMatchObject({ code: 'MODEL_KEY' });
    expect(server.requests).toHaveLength(0);
  });
});
