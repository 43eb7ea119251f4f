import type { ChildProcess } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { safemcp, start, testFolder } from './command.ts';

/** The address that the local provider prints for experiment files. */
function addressOf({ stdout }: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    stdout?.on('data', (chunk: string) => {
      text += chunk;
      const found = /baseUrl: (http:\/\/127\.0\.0\.1:\d+\/v1)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
}

test('the local provider says where it is, answers, and ends with Ctrl-C', async () => {
  const { child, ended } = start(await testFolder(), ['fake-model', '--port', '0', '--policy', 'echo']);
  const url = await addressOf(child);
  const response = await fetch(`${url}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: 'any', messages: [{ role: 'user', content: 'Hello' }] }),
  });
  expect(await response.json()).toMatchObject({
    model: 'safemcp-fake-model/any',
    choices: [{ message: { content: 'Hello' } }],
  });
  child.kill('SIGINT');
  const { code, stdout, stderr } = await ended;
  expect(code).toBe(0);
  expect(stdout).toContain('no language model');
  expect(stderr).toBe('');
});

test('examples/stand-in.yaml runs against it, judge included, and every document names the same port', async () => {
  const folder = await testFolder();
  const { child } = start(folder, ['fake-model', '--port', '0', '--policy', 'obedient']);
  const url = await addressOf(child);
  const example = await readFile('examples/stand-in.yaml', 'utf8');
  const usual = 'http://127.0.0.1:8787/v1';
  for (const file of ['README.md', 'docs/commands/fake-model.md', 'docs/external-agents.md'])
    expect(await readFile(file, 'utf8')).toContain(usual);
  expect((await safemcp(folder, 'fake-model', '--help')).stdout).toContain('default: 8787');
  await writeFile(path.join(folder, 'mine.yaml'), example.replace(usual, url));
  const { code, stdout } = await safemcp(folder, 'run', 'mine.yaml', '--limit', '12', '--json');
  expect(code).toBe(0);
  const { cells } = JSON.parse(stdout) as {
    cells: { agent: string; invalid: number; judged?: { refused?: { n: number } } }[];
  };
  const own = cells.filter(({ agent }) => agent === 'local');
  expect(own.length).toBeGreaterThan(0);
  expect(own.every(({ invalid, judged }) => invalid === 0 && (judged?.refused?.n ?? 0) > 0)).toBe(true);
  child.kill('SIGINT');
});
