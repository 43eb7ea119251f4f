import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

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
