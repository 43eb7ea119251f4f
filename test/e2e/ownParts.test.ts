import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

test('the example with parts of one’s own runs as documented, and its defense shows its effect', async () => {
  const { stdout } = await run(process.execPath, ['examples/own-parts/run.mjs']);
  expect(stdout).toContain('own-parts: 90 episodes, 0 invalid');
  expect(stdout).toContain('none: 20 of 20 delivered attacks achieved their goal');
  expect(stdout).toContain('no-destruction: ASR 0% (0/20). Stops all at attempted');
  expect(stdout).toContain('no-destruction:observe: ASR 100% (20/20)');
});
