import type { Command } from 'commander';
import { type WorkspaceOptions, withWorkspace } from '../options.ts';
import { outputShape, writeResult } from '../output.ts';

interface ShowOptions extends WorkspaceOptions {
  readonly run?: string;
  readonly full?: boolean;
  readonly json?: boolean;
}

export function addShow(program: Command): void {
  withWorkspace(program.command('show'))
    .description('print the trace of an episode')
    .argument('<episode>', 'id of the episode or its beginning')
    .option('--run <run>', 'the run it belongs to, where several runs hold it')
    .option('--full', 'show messages whole')
    .option('--json', 'print the record as JSON')
    .addHelpText('after', '\nExamples:\n  safemcp show 3f2a\n  safemcp show 3f2a --full | less')
    .action(async (episode: string, options: ShowOptions) => {
      const [{ resolveRun }, { traceReport }, { withExistingStore }] = await Promise.all([
        import('../../experiment/store/index.ts'),
        import('../../report/trace.ts'),
        import('../workspace.ts'),
      ]);
      await withExistingStore(options.workspace, async (store) => {
        const run = options.run === undefined ? undefined : (await resolveRun(store, options.run)).id;
        const record = await store.episode(episode, run);
        writeResult(
          options.json
            ? `${JSON.stringify(record, null, 2)}\n`
            : traceReport(record, { ...outputShape(), full: options.full === true }),
        );
      });
    });
}
