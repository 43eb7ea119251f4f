import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Agent } from '../../src/contracts/agent.ts';
import type { Environment } from '../../src/contracts/environment.ts';
import type { Catalog, Plan, Store } from '../../src/contracts/experiment.ts';
import { extendCatalog } from '../../src/experiment/catalog.ts';
import { createPlan } from '../../src/experiment/plan.ts';
import { type Progress, runPlan } from '../../src/experiment/runner.ts';
import { openStore } from '../../src/experiment/store/index.ts';
import { createToyEnvironment } from '../support/toyEnvironment.ts';
import { toyExperiment } from '../support/toyExperiment.ts';

let workspace: string;
let store: Store;

beforeEach(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'safemcp-test-'));
  store = await openStore(workspace);
});
afterEach(async () => {
  await store.close();
  await rm(workspace, { recursive: true, force: true });
});

const { experiment, catalog } = toyExperiment({
  attack: { vector: 'tool-result', carrier: 'direct', goal: 'destroy' },
});
const plan = createPlan({ ...experiment, attacks: [null, ...experiment.attacks] }, catalog);

interface Variation {
  readonly limit?: number;
  readonly signal?: AbortSignal;
  readonly catalog?: Catalog;
  onProgress?(progress: Progress): void;
}

async function run(runId: string, variation: Variation = {}, what: Plan = plan) {
  const signal = new AbortController().signal;
  return runPlan(what, { catalog, store, runId, concurrency: 2, signal, ...variation });
}

async function storedIds(runId: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of store.summaries(runId)) ids.push(id);
  return ids;
}

describe('a run', () => {
  test('stores every planned episode once, and tells its progress', async () => {
    const { id } = await store.createRun(plan, new Date(0));
    const seen: number[] = [];
    expect(await run(id, { onProgress: ({ done }) => seen.push(done) })).toEqual({
      state: 'finished',
      stored: 6,
    });
    expect(await storedIds(id)).toEqual(plan.episodes.map((episode) => episode.id));
    expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
    expect((await store.run(id)).state).toBe('finished');
  });

  test('goes on where a limit stopped it', async () => {
    const { id } = await store.createRun(plan, new Date(0));
    expect(await run(id, { limit: 2 })).toEqual({ state: 'stopped', stored: 2 });
    expect(await run(id)).toEqual({ state: 'finished', stored: 6 });
    expect(new Set(await storedIds(id)).size).toBe(6);
  });

  test('keeps what is stored when it is stopped', async () => {
    const { id } = await store.createRun(plan, new Date(0));
    const stop = new AbortController();
    const end = await run(id, { signal: stop.signal, onProgress: ({ done }) => done >= 3 && stop.abort() });
    expect(end.state).toBe('stopped');
    expect(end.stored).toBeGreaterThanOrEqual(3);
    expect(await storedIds(id)).toHaveLength(end.stored);
    expect((await run(id)).state).toBe('finished');
  });

  test('stops at a defect, keeps what is stored and can be resumed', async () => {
    const { id } = await store.createRun(plan, new Date(0));
    const without = { ...catalog, goals: [] };
    await expect(run(id, { catalog: without })).rejects.toMatchObject({ code: 'UNKNOWN_ID' });
    expect((await store.run(id)).state).toBe('stopped');
    expect((await run(id)).state).toBe('finished');
  });

  test('lets all episodes under way wind down before it gives the run back, and tells the first failure', async () => {
    const { id } = await store.createRun(plan, new Date(0));
    const order: string[] = [];
    let begun = 0;
    let release = (): void => undefined;
    const bothBegun = new Promise<void>((resolve) => {
      release = resolve;
    });
    const toy = createToyEnvironment();
    const environment: Environment = {
      ...toy,
      task(seed, index) {
        const task = toy.task(seed, index);
        return {
          ...task,
          async open(scope) {
            const first = begun++ === 0;
            if (!first) release();
            await bothBegun;
            if (first) return task.open(scope);
            const world = await task.open(scope);
            const close = async () => {
              // Many turns: long after the first worker has failed.
              for (let turn = 0; turn < 50; turn++) await nextTurn();
              order.push('closed');
            };
            return { ...world, solve: () => new Promise<never>(() => undefined), close };
          },
        };
      },
    };
    const failing: Store = {
      ...store,
      saveEpisode: () => Promise.reject(new Error('disk full')),
      setRunState(runId, state) {
        order.push(state);
        return store.setRunState(runId, state);
      },
    };
    const slow = toyExperiment({ environment, agent: 'scripted/faithful' }).catalog;
    const ended = runPlan(plan, {
      catalog: slow,
      store: failing,
      runId: id,
      concurrency: 2,
      signal: new AbortController().signal,
    });
    await expect(ended).rejects.toThrow('disk full');
    expect(order).toEqual(['running', 'closed', 'stopped']);
  });

  test('goes on when an agent fails', async () => {
    const failing: Agent = {
      id: 'test/failing',
      title: 'Failing',
      kind: 'code',
      description: 'of a test',
      run: () => Promise.reject(new Error('no')),
    };
    const own = extendCatalog(catalog, { agents: [failing] });
    const failingPlan = createPlan({ ...experiment, agents: ['test/failing'], attacks: [null] }, own);
    const { id } = await store.createRun(failingPlan, new Date(0));
    expect((await run(id, { catalog: own }, failingPlan)).state).toBe('finished');
    for await (const { outcome } of store.summaries(id)) expect(outcome.status).toBe('agent-error');
  });
});
