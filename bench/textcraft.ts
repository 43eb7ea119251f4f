import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Plan } from '../src/contracts/experiment.ts';
import { builtInCatalog } from '../src/experiment/catalog.ts';
import { createPlan } from '../src/experiment/plan.ts';
import { runPlan } from '../src/experiment/runner.ts';
import { openStore } from '../src/experiment/store/index.ts';

const catalog = builtInCatalog();

/** A plan of clean textcraft episodes with the faithful scripted agent. */
export function textcraftPlan(tasks: number): Plan {
  return createPlan(
    {
      name: 'bench',
      seed: 'bench',
      environments: [{ id: 'textcraft', tasks }],
      agents: ['scripted/faithful'],
      attacks: [null],
      defenses: [{ name: 'none', members: [] }],
      trials: 1,
      era: '2026',
      transport: 'memory',
      limits: { maxCalls: 200, callTimeoutMs: 10_000, episodeTimeoutMs: 60_000 },
    },
    catalog,
  );
}

/** Runs a plan into a store in a temporary workspace, which is removed afterwards. */
export async function runInWorkspace(
  plan: Plan,
  onProgress: (done: number) => void = () => undefined,
): Promise<void> {
  const workspace = await mkdtemp(path.join(tmpdir(), 'safemcp-bench-'));
  const store = await openStore(workspace);
  try {
    const run = await store.createRun(plan, new Date(0));
    await runPlan(plan, {
      catalog,
      store,
      runId: run.id,
      concurrency: 4,
      signal: new AbortController().signal,
      onProgress: ({ done }) => onProgress(done),
    });
  } finally {
    await store.close();
    await rm(workspace, { recursive: true, force: true });
  }
}
