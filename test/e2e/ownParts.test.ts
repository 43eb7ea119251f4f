import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

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
