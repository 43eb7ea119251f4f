import type { Command } from 'commander';
import { writeResult } from '../output.ts';

interface VerifyOptions {
  readonly recordings: string;
  readonly json?: boolean;
}

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('replay recordings of an original environment, and count what is the same')
    .argument('<environment>', 'id of an environment that follows an original')
    .requiredOption('--recordings <dir>', 'folder with recordings of the original')
    .option('--json', 'print the figures as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  safemcp verify textcraft --recordings data/textcraft\n  safemcp verify todo --recordings data/tool --json',
    )
    .action(async (id: string, options: VerifyOptions) => {
      const [{ builtInCatalog }, { verifyEnvironment, verificationText }] = await Promise.all([
        import('../../experiment/catalog.ts'),
        import('../verification.ts'),
      ]);
      const verification = await verifyEnvironment(builtInCatalog(), id, options.recordings);
      writeResult(
        options.json ? `${JSON.stringify(verification, null, 2)}\n` : verificationText(verification),
      );
    });
}
