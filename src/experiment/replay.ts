import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Catalog, Plan, Run, Store } from '../contracts/experiment.ts';
import { digest, type JsonValue } from '../contracts/json.ts';
import type { ReplyCache } from '../contracts/model.ts';
import { openModels } from '../models/index.ts';
import { isExternal } from './catalog.ts';
import { createPlan } from './plan.ts';
import { runPlan } from './runner.ts';
import { openStore } from './store/index.ts';
import { timeless } from './timeless.ts';

/** What a replay of a run came to. */
export interface Replay {
  /** Episodes that were replayed. */
  readonly replayed: number;
  /** Ids of those whose record is not the same, timings aside. */
  readonly different: readonly string[];
  /** Episodes that failed with their model: failures are not kept, so there is nothing to replay. */
  readonly failed: number;
  /** Episodes of external agents, which call their models by themselves; they are not run. */
  readonly external: number;
  /** Replies that were used, by key. */
  readonly used: ReadonlyMap<string, JsonValue>;
}

export interface ReplayOptions {
  /** Holds the run and the replies. */
  readonly store: Store;
  readonly catalog: Catalog;
  readonly concurrency: number;
  readonly signal: AbortSignal;
}

/**
 * Carries out the stored episodes of a run once more, with kept replies and without a call, and compares.
 * Nothing is added to the store.
 * @throws REPLAY_MISS
 */
export async function replayRun(run: Run, options: ReplayOptions): Promise<Replay> {
  const { store, catalog, concurrency, signal } = options;
  const { plan, ...leftOut } = await replayable(run, options);
  const used = new Map<string, JsonValue>();
  const models = openModels(run.experiment.models ?? [], {
    cache: noting(store.replies, used),
    replies: 'only-cached',
  });
  const workspace = await mkdtemp(path.join(tmpdir(), 'safemcp-replay-'));
  const copy = await openStore(workspace);
  try {
    const { id: runId } = await copy.createRun(plan, new Date());
    await runPlan(plan, { catalog, store: copy, models, runId, concurrency, signal });
    const different: string[] = [];
    for (const { id } of plan.episodes) {
      const pair = await Promise.all([store.episode(id, run.id), copy.episode(id, runId)]);
      const [before, after] = pair.map((record) => digest(timeless(record) as JsonValue));
      if (before !== after) different.push(id);
    }
    return { replayed: plan.episodes.length, different, ...leftOut, used };
  } finally {
    await models.close();
    await copy.close();
    await rm(workspace, { recursive: true, force: true });
  }
}

/** The run's plan, of what is stored, did not fail with its model, and has no agent that is a command of somebody's. */
async function replayable(
  run: Run,
  { store, catalog }: ReplayOptions,
): Promise<{ readonly plan: Plan } & Pick<Replay, 'failed' | 'external'>> {
  const ended = new Set<string>();
  let failed = 0;
  for await (const { id, outcome } of store.summaries(run.id)) {
    if (outcome.status === 'model-error') failed++;
    else ended.add(id);
  }
  const plan = createPlan(run.experiment, catalog);
  const stored = plan.episodes.filter(({ id }) => ended.has(id));
  const episodes = stored.filter(({ key }) => !isExternal(run.experiment, key.agent));
  return { plan: { ...plan, episodes }, failed, external: stored.length - episodes.length };
}

/** A cache that notes what is taken from it. */
function noting(cache: ReplyCache, used: Map<string, JsonValue>): ReplyCache {
  return {
    async get(key) {
      const reply = await cache.get(key);
      if (reply !== undefined) used.set(key, reply);
      return reply;
    },
    put: (key, value) => cache.put(key, value),
  };
}
