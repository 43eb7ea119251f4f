import type { Command } from 'commander';
import { type WorkspaceOptions, withWorkspace } from '../options.ts';
import { writeResult } from '../output.ts';

export function addImport(program: Command): void {
  withWorkspace(program.command('import'))
    .description('add a run that was exported elsewhere')
    .argument('<file>', 'a file written by safemcp export')
    .addHelpText(
      'after',
      '\nExamples:\n  safemcp import run.jsonl.gz\n  safemcp import run.jsonl.gz --workspace theirs',
    )
    .action(async (file: string, options: WorkspaceOptions) => {
      const [{ readDocuments }, { withStore }] = await Promise.all([
        import('../documents.ts'),
        import('../workspace.ts'),
      ]);
      await withStore(options.workspace, async (store) => {
        const { id, stored, planned } = await store.importRun(readDocuments(file));
        writeResult(`${id}  ${stored}/${planned} episodes\n`);
      });
    });
}
