import { Argument, type Command } from 'commander';
import { outputShape, writeResult } from '../output.ts';

const subjects = ['environments', 'attacks', 'presets', 'defenses', 'stacks', 'agents', 'hosts'] as const;

export function addList(program: Command): void {
  program
    .command('list')
    .description('list what experiments can name')
    .addArgument(new Argument('<what>', 'what to list').choices(subjects))
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nExamples:\n  safemcp list environments\n  safemcp list attacks --json')
    .action(async (subject: (typeof subjects)[number], options: { readonly json?: boolean }) => {
      const [{ builtInCatalog }, { listing, listingText }] = await Promise.all([
        import('../../experiment/catalog.ts'),
        import('../listing.ts'),
      ]);
      const entries = listing(builtInCatalog(), subject);
      writeResult(
        options.json ? `${JSON.stringify(entries, null, 2)}\n` : listingText(entries, outputShape()),
      );
    });
}
