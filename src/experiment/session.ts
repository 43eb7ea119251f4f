import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunResult } from '../contracts/cell.ts';
import type { Catalog, Experiment, Store } from '../contracts/experiment.ts';
import type { ReplyUse } from '../models/index.ts';
import { builtInCatalog } from './catalog.ts';
import { computeCells } from './metrics/index.ts';
import { createPlan } from './plan.ts';
import { openRunModels } from './runModels.ts';
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
  /** Whether replies of models that the workspace keeps are used; `cached` unless given. */
  readonly replies?: ReplyUse;
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
    const { replies, onProgress } = options;
    const models = await openRunModels(experiment, { store, runId: id, ...(replies && { replies }) });
    try {
      await runPlan(plan, {
        catalog,
        store,
        models,
        runId: id,
        concurrency: options.concurrency ?? 4,
        signal: options.signal ?? new AbortController().signal,
        ...(onProgress && { onProgress }),
      });
    } finally {
      await models.close();
    }
    return await measureRun(store, id);
  } finally {
    await store.close();
    if (options.workspace === undefined) await rm(workspace, { recursive: true, force: true });
  }
}

/** The measured cells of a stored run. */
export async function measureRun(store: Store, runId: string): Promise<RunResult> {
  const run = await store.run(runId);
  return { run, cells: await computeCells(store.measures(run.id), run.experiment) };
}
