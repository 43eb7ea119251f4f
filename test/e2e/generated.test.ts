import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';

const run = promisify(execFile);

test('what follows from the source is up to date in schemas/ and docs/', async () => {
  await expect(run(process.execPath, ['scripts/generate.mjs', '--check'])).resolves.toMatchObject({
    stderr: '',
  });
});

test('every command has its page', async () => {
  const { stdout } = await run(process.execPath, ['dist/cli/main.js', '--help']);
  const [listed = ''] = stdout.split('\nExamples:');
  const commands = [...listed.matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => `${name}.md`);
  expect(commands.length).toBeGreaterThan(6);
  const pages = await readdir('docs/commands');
  expect(commands.filter((page) => page !== 'help.md').sort()).toEqual(pages.sort());
});

/** A command and all that are below it. */
function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

test('every option of every command and subcommand stands on its page', async () => {
  const missing: string[] = [];
  for (const command of createProgram().commands) {
    const page = await readFile(`docs/commands/${command.name()}.md`, 'utf8');
    for (const each of withSubcommands(command)) {
      const name = each === command ? '' : `${each.name()} `;
      // The part of the page that is about this command begins with its usage.
      const usage = `Usage: safemcp ${each === command ? '' : `${command.name()} `}${each.name()} `;
      const [, own = ''] = page.split(usage);
      const section = own.split('\n```')[0] ?? '';
      for (const { flags } of each.options)
        if (!section.includes(flags)) missing.push(`${command.name()} ${name}${flags}`);
    }
  }
  expect(missing).toEqual([]);
});
