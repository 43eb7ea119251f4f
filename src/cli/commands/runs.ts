import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { safe } from '../../report/text.ts';
import { type WorkspaceOptions, withWorkspace } from '../options.ts';
import { writeError, writeResult } from '../output.ts';

export function addRuns(program: Command): void {
  withWorkspace(program.command('runs'))
    .description('list the runs of the workspace, the newest first')
    .option('--json', 'print them as JSON')
    .addHelpText('after', '\nExamples:\n  safemcp runs\n  safemcp runs --json --workspace results')
    .action(async (options: WorkspaceOptions & { readonly json?: boolean }) => {
      const { withStore } = await import('../workspace.ts');
      const runs = existsSync(options.workspace)
        ? await withStore(options.workspace, (store) => store.runs())
        : [];
      if (options.json) {
        const shown = runs.map(({ experiment, skipped, ...run }) => ({
          ...run,
          seed: experiment.seed,
          skipped: skipped.reduce((sum, { attacks }) => sum + attacks, 0),
        }));
        writeResult(`${JSON.stringify(shown, null, 2)}\n`);
        return;
      }
      if (runs.length === 0) writeError('There are no runs yet. Start one with: safemcp run FILE\n');
      for (const { id, state, stored, planned, startedAt, name } of runs)
        writeResult(
          `${id}  ${state.padEnd(8)}  ${`${stored}/${planned}`.padStart(15)}  ${startedAt}  ${safe(name)}\n`,
        );
    });
}
