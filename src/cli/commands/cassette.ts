import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import type { Run, Store } from '../../contracts/experiment.ts';
import type { ReplayOptions } from '../../experiment/replay.ts';
import { count } from '../../report/text.ts';
import { type WorkspaceOptions, withWorkspace } from '../options.ts';
import { writeError, writeResult } from '../output.ts';

export function addCassette(program: Command): void {
  const cassette = program
    .command('cassette')
    .description('whole runs with the replies of their models, which anybody can replay without a call')
    .addHelpText(
      'after',
      '\nExamples:\n  safemcp cassette save latest run.cassette\n  safemcp cassette load run.cassette --workspace theirs\n  safemcp cassette replay latest --workspace theirs',
    );
  withWorkspace(cassette.command('save'))
    .description('write a run, its traces and the replies of its models into one file')
    .argument('<run>', 'id of the run, its beginning, or latest')
    .argument('<file>', 'compressed JSON lines')
    .action(save);
  withWorkspace(cassette.command('load'))
    .description('add the run of a cassette to a workspace of its own')
    .argument('<file>', 'a file written by safemcp cassette save')
    .action(load);
  withWorkspace(cassette.command('replay'))
    .description('carry out a run again from kept replies, without a call, and compare every record')
    .argument('[run]', 'id of the run, its beginning, or latest', 'latest')
    .option('--json', 'print the figures as JSON')
    .action(replay);
}

async function save(reference: string, file: string, { workspace }: WorkspaceOptions): Promise<void> {
  const [{ writeDocuments }, { cassetteOf }] = await Promise.all([
    import('../documents.ts'),
    import('../../experiment/cassette.ts'),
  ]);
  await withRun(reference, workspace, async (run, options) => {
    await writeDocuments(file, cassetteOf(run, options));
    writeError(`Wrote the run ${run.id} with the replies of its models to ${file}\n`);
  });
}

async function load(file: string, { workspace }: WorkspaceOptions): Promise<void> {
  const [{ readDocuments }, { loadCassette }, { withStore }] = await Promise.all([
    import('../documents.ts'),
    import('../../experiment/cassette.ts'),
    import('../workspace.ts'),
  ]);
  await withStore(workspace, async (store) => {
    const { id, stored, planned } = await loadCassette(store, readDocuments(file));
    writeResult(`${id}  ${stored}/${planned} episodes\n`);
  });
}

async function replay(
  reference: string,
  { workspace, json }: WorkspaceOptions & { readonly json?: boolean },
): Promise<void> {
  const { replayRun } = await import('../../experiment/replay.ts');
  await withRun(reference, workspace, async (run, options) => {
    const { used, ...figures } = await replayRun(run, options);
    const { replayed, different, failed, external } = figures;
    const lines = [
      `${count(replayed - different.length)} of ${count(replayed)} episodes are the same, from ${count(used.size)} kept replies`,
      ...(failed > 0 ? [`${count(failed)} failed with their model and were left out`] : []),
      ...(external > 0 ? [`${count(external)} of external agents were left out`] : []),
      ...different.slice(0, 20).map((id) => `different: ${id}`),
    ];
    writeResult(
      json
        ? `${JSON.stringify({ run: run.id, ...figures, replies: used.size }, null, 2)}\n`
        : `${lines.join('\n')}\n`,
    );
    if (different.length > 0) process.exitCode = 1;
  });
}

/** Finds a run, and what its replay needs. */
async function withRun(
  reference: string,
  workspace: string,
  action: (run: Run, options: ReplayOptions) => Promise<void>,
): Promise<void> {
  const [{ builtInCatalog }, { withOwnParts }, { resolveRun }, { withExistingStore }] = await Promise.all([
    import('../../experiment/catalog.ts'),
    import('../../experiment/ownParts.ts'),
    import('../../experiment/store/index.ts'),
    import('../workspace.ts'),
  ]);
  await withExistingStore(workspace, async (store: Store) => {
    const run = await resolveRun(store, reference);
    const catalog = await withOwnParts(run.experiment, builtInCatalog());
    const { signal } = new AbortController();
    await action(run, { store, catalog, concurrency: availableParallelism() * 2, signal });
  });
}
