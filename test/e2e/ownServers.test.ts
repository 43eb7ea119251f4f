import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const run = promisify(execFile);

test('the example with two servers from npm is run in part, resumed and reported', async () => {
  const workspace = await mkdtemp(path.join(tmpdir(), 'safemcp-test-'));
  onTestFinished(() => rm(workspace, { recursive: true, force: true }));
  const safemcp = (...args: string[]) =>
    run(process.execPath, ['dist/cli/main.js', ...args, '--workspace', workspace]);
  await safemcp('run', 'examples/own-servers/experiment.yaml', '--limit', '5');
  const { stdout } = await safemcp('resume');
  expect(stdout).toContain('own-servers: 72 episodes, 0 invalid');
  expect(stdout).toMatch(/^ {2}none +Every delivered attack achieves its goal\.$/m);
  expect(stdout).toContain('rug-pull-silent');
}, 180_000);
