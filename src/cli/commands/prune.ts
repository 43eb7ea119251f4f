import type { Command } from 'commander';
import { SafeMcpError } from '../../contracts/errors.ts';
import type { Run, Store } from '../../contracts/experiment.ts';
import { safe } from '../../report/text.ts';
import { type WorkspaceOptions, wholeNumber, withWorkspace } from '../options.ts';
import { writeError, writeResult } from '../output.ts';

interface PruneOptions extends WorkspaceOptions {
  readonly keep?: number;
  readonly dryRun?: boolean;
}

export function addPrune(program: Command): void {
  withWorkspace(program.command('prune'))
    .description('remove runs with their episodes, and give their space back')
    .argument('[runs...]', 'ids of runs or their beginnings')
    .option('--keep <n>', 'remove all runs but the newest so many that hold episodes', wholeNumber(0))
    .option('--dry-run', 'show what would be removed; remove nothing')
    .addHelpText(
      'after',
      '\nExamples:\n  safemcp prune 20261120-1\n  safemcp prune --keep 5 --dry-run\n\nKept replies of models stay: they cost money. Removing the workspace folder removes them.',
    )
    .action(async (references: readonly string[], options: PruneOptions) => {
      const { withExistingStore } = await import('../workspace.ts');
      await withExistingStore(options.workspace, async (store) => {
        const doomed = await chosenRuns(store, references, options.keep);
        if (!options.dryRun && doomed.length > 0) await store.removeRuns(doomed.map(({ id }) => id));
        for (const { id, stored, name } of doomed) writeResult(`${id}  ${stored} episodes  ${safe(name)}\n`);
        const verb = options.dryRun ? 'Would remove' : 'Removed';
        writeError(`${verb} ${doomed.length} ${doomed.length === 1 ? 'run' : 'runs'}\n`);
      });
    });
}

async function chosenRuns(
  store: Store,
  references: readonly string[],
  keep: number | undefined,
): Promise<readonly Run[]> {
  if (references.length > 0 === (keep !== undefined))
    throw new SafeMcpError('INVALID_ARGUMENT', 'Give either the runs to remove or --keep N', {
      hint: 'safemcp runs lists the runs of the workspace',
    });
  if (keep !== undefined) {
    const all = await store.runs();
    // A run that failed before its first episode is none of the newest so many.
    const kept = new Set(all.filter(({ stored, state }) => stored > 0 || state === 'running').slice(0, keep));
    return all.filter((run) => !kept.has(run));
  }
  const runs = await Promise.all(references.map((reference) => store.run(reference)));
  return runs.filter(({ id }, index) => runs.findIndex((run) => run.id === id) === index);
}
