import { existsSync } from 'node:fs';
import type { RunResult } from '../contracts/cell.ts';
import { SafeMcpError } from '../contracts/errors.ts';
import type { MeasuredEpisode, Store } from '../contracts/experiment.ts';
import { isValid } from '../experiment/metrics/measured.ts';
import { openStore } from '../experiment/store/index.ts';
import { createExampleNotes, type ExampleSource } from '../report/examples.ts';

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

/** A run with its figures, one episode in which an attack achieved its goal, and examples of everything. */
export interface Result extends RunResult {
  readonly example?: string;
  readonly examples: ExampleSource;
}

/** Measures what is stored of a run. */
export async function resultOf(store: Store, runId: string): Promise<Result> {
  const { measureRun } = await import('../experiment/session.ts');
  let example: string | undefined;
  const notes = createExampleNotes();
  async function* measures(): AsyncGenerator<readonly MeasuredEpisode[]> {
    for await (const page of store.measures(runId)) {
      example ??= page.find(({ stage, status }) => stage === 'achieved' && isValid(status))?.id;
      for (const episode of page) notes.add(episode);
      yield page;
    }
  }
  const result = await measureRun({ ...store, measures }, runId);
  const examples = { idsOf: notes.idsOf, record: (id: string) => store.episode(id, runId) };
  return { ...result, ...(example !== undefined && { example }), examples };
}
