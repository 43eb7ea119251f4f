import { expect, test } from 'vitest';
import { start, testFolder } from './command.ts';

test('the local provider says where it is, answers, and ends with Ctrl-C', async () => {
  const { child, ended } = start(await testFolder(), ['fake-model', '--port', '0', '--policy', 'echo']);
  const url = await new Promise<string>((resolve) => {
    let text = '';
    child.stdout?.on('data', (chunk: string) => {
      text += chunk;
      const found = /baseUrl: (http:\/\/127\.0\.0\.1:\d+\/v1)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
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
