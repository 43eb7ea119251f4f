import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Agent } from '../../src/contracts/agent.ts';
import type { EpisodeRecord } from '../../src/contracts/events.ts';
import type { Budget, ModelChoice, Plan, Store } from '../../src/contracts/experiment.ts';
import { isJsonObject, type JsonObject } from '../../src/contracts/json.ts';
import type { ReplyCache } from '../../src/contracts/model.ts';
import { cassetteOf, loadCassette } from '../../src/experiment/cassette.ts';
import { builtInCatalog } from '../../src/experiment/catalog.ts';
import { createPlan } from '../../src/experiment/plan.ts';
import { replayRun } from '../../src/experiment/replay.ts';
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

interface How {
  readonly replies?: ReplyUse;
  readonly budget?: Budget;
  readonly retryFailed?: boolean;
  readonly limit?: number;
}

async function run(plan: Plan, runId: string, { retryFailed = false, limit = 100, ...more }: How = {}) {
  const models = await openRunModels(plan.experiment, { store, runId, ...more });
  const catalog = catalogs.get(plan.experiment.name);
  if (!catalog) throw new Error('no catalog');
  const signal = new AbortController().signal;
  return runPlan(plan, { catalog, store, models, runId, concurrency: 1, signal, retryFailed, limit });
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

  test('tries failed episodes again when it is told to, and keeps what was measured', async () => {
    let broken = true;
    const plan = await planOf({
      behave: ({ n }) => (broken && n !== 1 ? { status: 500 } : { say: `answer ${n}` }),
    });
    const runId = await newRun(plan);
    await run(plan, runId);
    const [first] = await records(runId);
    expect(await run(plan, runId)).toEqual({ state: 'finished', stored: 3 });
    expect(server.requests).toHaveLength(3);
    await run(plan, runId, { retryFailed: true, limit: 1 });
    const statuses = async () => (await records(runId)).map(({ outcome }) => outcome.status);
    expect(await statuses()).toEqual(['completed', 'model-error', 'model-error']);
    broken = false;
    expect(await run(plan, runId, { retryFailed: true })).toEqual({ state: 'finished', stored: 3 });
    expect(await statuses()).toEqual(['completed', 'completed', 'completed']);
    expect(server.requests).toHaveLength(6);
    expect((await records(runId))[0]).toEqual(first);
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

describe('a cassette', () => {
  async function cassette(behave: FakePolicy) {
    const plan = await planOf({ behave, trials: 2 });
    const runId = await newRun(plan);
    await run(plan, runId);
    const catalog = catalogs.get(plan.experiment.name) ?? builtInCatalog();
    const options = { store, catalog, concurrency: 2, signal: new AbortController().signal };
    const documents: JsonObject[] = [];
    for await (const each of cassetteOf(await store.run(runId), options)) documents.push(each);
    return { documents, catalog, runId, options };
  }

  /** As it comes out of a file. */
  async function* lines(documents: readonly unknown[]): AsyncGenerator<unknown> {
    for (const each of documents) yield JSON.parse(JSON.stringify(each));
  }

  test('shows a run elsewhere, and replays it without a call', async () => {
    const { documents, catalog, runId } = await cassette(({ n }) => ({ say: `answer ${n}` }));
    const calls = server.requests.length;
    const elsewhere = await openStore(path.join(workspace, 'theirs'));
    try {
      const loaded = await loadCassette(elsewhere, lines(documents));
      expect(loaded).toMatchObject({ id: runId, state: 'finished', stored: 6 });
      const signal = new AbortController().signal;
      const options = { store: elsewhere, catalog, concurrency: 2, signal };
      const { used, ...figures } = await replayRun(loaded, options);
      expect(figures).toEqual({ replayed: 6, different: [], failed: 0, external: 0 });
      expect(used.size).toBe(6);
      expect(server.requests).toHaveLength(calls);
      const again = loadCassette(elsewhere, lines(documents));
      await expect(again).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    } finally {
      await elsewhere.close();
    }
  });

  test('starts no command of an external agent, which would make its own calls', async () => {
    const { experiment } = await planOf({ behave: () => ({ say: 'x' }) });
    const file = path.join(workspace, 'started');
    const noting = `require('node:fs').appendFileSync(${JSON.stringify(file)}, 'x')`;
    const parameters = { command: [process.execPath, '-e', noting] };
    const catalog = catalogs.get(experiment.name) ?? builtInCatalog();
    const agentChoices = [{ id: 'stranger', kind: 'external', parameters }];
    const both = createPlan({ ...experiment, agents: ['asking', 'stranger'], agentChoices }, catalog);
    const runId = await newRun(both);
    await run(both, runId);
    expect(await readFile(file, 'utf8')).toBe('xxx');
    const options = { store, catalog, concurrency: 2, signal: new AbortController().signal };
    const replay = await replayRun(await store.run(runId), options);
    expect(replay).toMatchObject({ replayed: 3, different: [], external: 3 });
    const again = run(both, await newRun(both), { replies: 'only-cached' });
    await expect(again).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', where: 'stranger' });
    expect(await readFile(file, 'utf8')).toBe('xxx');
  });

  test('leaves out what failed, and tells what is different', async () => {
    const { documents, runId, options } = await cassette(({ n }) =>
      n === 2 ? { status: 500 } : { say: 'x' },
    );
    expect(documents.filter((each) => 'reply' in each)).toHaveLength(5);
    const loaded = await store.run(runId);
    expect(await replayRun(loaded, options)).toMatchObject({ replayed: 5, different: [], failed: 1 });
    const other: ReplyCache = {
      get: async (key) => {
        const reply = await store.replies.get(key);
        return isJsonObject(reply) ? { ...reply, text: 'changed' } : reply;
      },
      put: async () => undefined,
    };
    const changed = await replayRun(loaded, { ...options, store: { ...store, replies: other } });
    expect(changed.different).toHaveLength(5);
  });

  test.each([
    ['an export', (all: readonly JsonObject[]) => all.filter((each) => !('key' in each)).slice(1)],
    ['a part', (all: readonly JsonObject[]) => all.slice(0, 4)],
    [
      'a key of another shape',
      ([head, ...rest]: readonly JsonObject[]) => [head, { key: 'x', reply: 1 }, ...rest],
    ],
    ['nothing', () => []],
  ])('that is %s is refused', async (_, change) => {
    const { documents } = await cassette(() => ({ say: 'x' }));
    const elsewhere = await openStore(path.join(workspace, 'theirs'));
    try {
      const loading = loadCassette(elsewhere, lines(change(documents)));
      await expect(loading).rejects.toMatchObject({ code: 'IMPORT_INVALID' });
      expect(await elsewhere.runs()).toEqual([]);
    } finally {
      await elsewhere.close();
    }
  });
});
