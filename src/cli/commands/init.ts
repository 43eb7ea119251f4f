import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { messageOf, SafeMcpError } from '../../contracts/errors.ts';
import { writeError } from '../output.ts';
import type { StarterKind } from '../starters.ts';

interface InitOptions {
  readonly for: StarterKind;
}

export function addInit(program: Command): void {
  program
    .command('init')
    .description('write a commented experiment to start from; nothing is overwritten')
    .argument('[file]', 'the file to write', 'experiment.yaml')
    .addOption(
      new Option('--for <what>', 'what is to be tested')
        .choices(['scripted', 'model', 'server', 'agent'] satisfies StarterKind[])
        .default('scripted'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  safemcp init\n  safemcp init model.yaml --for model\n  safemcp init server.yaml --for server\n  safemcp init agent.yaml --for agent',
    )
    .action(async (file: string, options: InitOptions) => {
      const { startersOf } = await import('../starters.ts');
      const files = startersOf(options.for, file);
      for (const { name, text } of files) await writeNew(name, text);
      writeError(
        `Wrote ${files.map(({ name }) => name).join(' and ')}. Next:\n  safemcp run ${file} --dry-run\n  safemcp run ${file}\n`,
      );
    });
}

async function writeNew(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx' }).catch((error: unknown) => {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new SafeMcpError(
      'INVALID_ARGUMENT',
      exists ? 'The file exists already; nothing is overwritten' : `Cannot write: ${messageOf(error)}`,
      { where: file, hint: exists ? 'Give another name: safemcp init NAME.yaml' : 'Check the folder' },
    );
  });
}
