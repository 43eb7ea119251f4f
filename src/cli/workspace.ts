import { existsSync } from 'node:fs';
import type { RunResult } from '../contracts/cell.ts';
import { SafeMcpError } from '../contracts/errors.ts';
import type { EpisodeSummary, Run, Store } from '../contracts/experiment.ts';
import { computeCells } from '../experiment/metrics/cells.ts';
import { openStore } from '../experiment/store/index.ts';

/** Opens the store of a workspace for `action` and closes it whatever happens. */
export async function withStore<T>(workspace: string, action: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(workspace);
  try {
    return await action(store);
  } finally {
    await store.close();
  }
}

/** The same for commands that only read: a missing workspace is not created. @throws RUN_NOT_FOUND */
export async function withExistingStore<T>(
  workspace: string,
  action: (store: Store) => Promise<T>,
): Promise<T> {
  if (!existsSync(workspace))
    throw new SafeMcpError('RUN_NOT_FOUND', 'There is no workspace yet', {
      where: workspace,
      hint: 'Start a run with: safemcp run FILE, or name another folder with --workspace',
    });
  return withStore(workspace, action);
}

/** A run with its figures, and one episode in which an attack achieved its goal. */
export interface Result extends RunResult {
  readonly example?: string;
}

/** Computes a run's cells from what is stored now. */
export async function resultOf(store: Store, runId: string): Promise<Result> {
  const run: Run = await store.run(runId);
  let example: string | undefined;
  async function* noted(): AsyncGenerator<EpisodeSummary> {
    for await (const summary of store.summaries(run.id)) {
      if (summary.outcome.attack?.stage === 'achieved') example ??= summary.id;
      yield summary;
    }
  }
  const cells = await computeCells(noted(), run.experiment);
  return { run, cells, ...(example !== undefined && { example }) };
}
