import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunResult } from '../contracts/cell.ts';
import type { Catalog, Experiment, Store } from '../contracts/experiment.ts';
import { builtInCatalog } from './catalog.ts';
import { computeCells } from './metrics/index.ts';
import { createPlan } from './plan.ts';
import { type Progress, runPlan } from './runner.ts';
import { openStore } from './store/index.ts';

export interface RunExperimentOptions {
  /** What the experiment's ids mean; the built-in parts unless given. */
  readonly catalog?: Catalog;
  /** Folder that keeps runs; without one, nothing is kept. */
  readonly workspace?: string;
  /** Episodes under way at once; 4 unless given. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  onProgress?(progress: Progress): void;
}

/** Plans and runs an experiment, and measures it. */
export async function runExperiment(
  experiment: Experiment,
  options: RunExperimentOptions = {},
): Promise<RunResult> {
  const catalog = options.catalog ?? builtInCatalog();
  const plan = createPlan(experiment, catalog);
  const workspace = options.workspace ?? (await mkdtemp(path.join(tmpdir(), 'safemcp-run-')));
  const store = await openStore(workspace);
  try {
    const { id } = await store.createRun(plan, new Date());
    await runPlan(plan, {
      catalog,
      store,
      runId: id,
      concurrency: options.concurrency ?? 4,
      signal: options.signal ?? new AbortController().signal,
      ...(options.onProgress && { onProgress: options.onProgress }),
    });
    return await measureRun(store, id);
  } finally {
    await store.close();
    if (options.workspace === undefined) await rm(workspace, { recursive: true, force: true });
  }
}

/** The measured cells of a stored run. */
export async function measureRun(store: Store, runId: string): Promise<RunResult> {
  const run = await store.run(runId);
  return { run, cells: await computeCells(store.summaries(run.id), run.experiment) };
}
