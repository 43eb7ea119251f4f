import type { Command } from 'commander';
import { SafeMcpError } from '../../contracts/errors.ts';
import { safe } from '../../report/text.ts';
import { type WorkspaceOptions, wholeNumber, withWorkspace } from '../options.ts';
import { writeError, writeResult } from '../output.ts';

interface FsckOptions extends WorkspaceOptions {
  readonly limit: number;
}

export function addFsck(program: Command): void {
  withWorkspace(program.command('fsck'))
    .description('check that everything in a workspace can be read and fits together; changes nothing')
    .option('--limit <n>', 'show at most so many problems', wholeNumber(1), 20)
    .addHelpText('after', '\nExamples:\n  safemcp fsck\n  safemcp fsck --workspace results')
    .action(async ({ workspace, limit }: FsckOptions) => {
      const { withExistingStore } = await import('../workspace.ts');
      await withExistingStore(workspace, async (store) => {
        let problems = 0;
        for await (const { where, what } of store.check())
          if (++problems <= limit) writeResult(`${safe(where)}: ${safe(what)}\n`);
        if (problems === 0) {
          writeError('Everything can be read and fits together.\n');
          return;
        }
        throw new SafeMcpError('STORE_CORRUPT', `${problems} problems`, {
          where: workspace,
          hint: 'Export the runs that can be read, import them into a new workspace, and run the others again',
        });
      });
    });
}
