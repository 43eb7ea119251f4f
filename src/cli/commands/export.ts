import type { Command } from 'commander';
import { type WorkspaceOptions, withWorkspace } from '../options.ts';
import { writeError } from '../output.ts';

export function addExport(program: Command): void {
  withWorkspace(program.command('export'))
    .description('write a whole run, with its traces, into one file that another workspace can import')
    .argument('<run>', 'id of the run, its beginning, or latest')
    .argument('<file>', 'compressed JSON lines; usually named .jsonl.gz')
    .addHelpText(
      'after',
      '\nExamples:\n  safemcp export latest run.jsonl.gz\n  zcat run.jsonl.gz | jq .episode.key',
    )
    .action(async (reference: string, file: string, options: WorkspaceOptions) => {
      const [{ resolveRun }, { writeDocuments }, { withExistingStore }] = await Promise.all([
        import('../../experiment/store/index.ts'),
        import('../documents.ts'),
        import('../workspace.ts'),
      ]);
      await withExistingStore(options.workspace, async (store) => {
        const { id, stored } = await resolveRun(store, reference);
        await writeDocuments(file, store.exportRun(id));
        writeError(`Wrote the run ${id} with ${stored} episodes to ${file}\n`);
      });
    });
}
