import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { safemcp, testFolder } from '../cli/command.ts';

const run = promisify(execFile);

test('the example with parts of one’s own runs as documented, and its defense shows its effect', async () => {
  const { stdout } = await run(process.execPath, ['examples/own-parts/run.mjs']);
  expect(stdout).toContain('own-parts: 90 episodes, 0 invalid');
  expect(stdout).toMatch(/^ {2}none +Every delivered attack achieves its goal\.$/m);
  expect(stdout).toMatch(
    /^ {2}no-destruction +Stops every attack, 20 of 20 attacks, at no cost in utility\.$/m,
  );
  expect(stdout).toMatch(/^ {2}no-destruction:observe +Stops nothing, at no cost in utility\.$/m);
});

test('a module that cannot find the package from its folder is told how to install it there', async () => {
  const folder = await testFolder();
  await writeFile(
    path.join(folder, 'mine.mjs'),
    "import { codeAgent } from 'safemcp';\nexport const agents = [codeAgent('mine', async () => 'Done')];\n",
  );
  await writeFile(
    path.join(folder, 'mine.yaml'),
    'name: mine\nenvironments: [todo]\nparts: [./mine.mjs]\nagents: [mine]\nattacks: [none]\n',
  );
  const { code, stderr } = await safemcp(folder, 'run', 'mine.yaml', '--dry-run');
  expect(code).not.toBe(0);
  expect(stderr).toContain(`npm install safemcp in ${folder}`);
});
