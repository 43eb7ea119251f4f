import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { describe, expect, onTestFinished, test } from 'vitest';
import { main, safemcp, start, testFolder } from './command.ts';

const modes = { '2025': { mode: 'legacy' }, '2026': { mode: { pin: '2026-07-28' } } } as const;

async function connect(era: keyof typeof modes, ...args: readonly string[]): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: modes[era] });
  onTestFinished(() => client.close());
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [main, 'serve', ...args], stderr: 'ignore' }),
  );
  return client;
}

async function toolsOf(client: Client): Promise<Map<string, string>> {
  const { tools } = await client.listTools();
  return new Map(tools.map(({ name, description }) => [name, description ?? '']));
}

describe.each(['2025', '2026'] as const)('in the %s era', (era) => {
  test('an environment is served over stdio', async () => {
    const client = await connect(era, 'todo');
    expect([...(await toolsOf(client)).keys()]).toContain('get_projects');
    const { content } = await client.callTool({ name: 'get_projects', arguments: {} });
    expect(JSON.stringify(content)).toContain('text');
  });

  test('an attacked one carries the payload, the same for the same seed', async () => {
    const attack = ['--attack', 'tool-description/direct/destroy'];
    const [clean, first, second, other] = await Promise.all([
      connect(era, 'todo').then(toolsOf),
      connect(era, 'todo', ...attack).then(toolsOf),
      connect(era, 'todo', ...attack).then(toolsOf),
      connect(era, 'todo', ...attack, '--seed', '2').then(toolsOf),
    ]);
    expect(first).not.toEqual(clean);
    expect([...first.values()].join()).toContain('delete_task');
    expect(second).toEqual(first);
    expect(other).not.toEqual(first);
  });
});

test('several services of our own are one server, a process of its own can be picked', async () => {
  const merged = await toolsOf(await connect('2025', 'office'));
  expect([...merged.keys()].some((name) => name.startsWith('mail__'))).toBe(true);
  const files = await toolsOf(await connect('2025', 'office', '--service', 'files'));
  expect([...files.keys()]).toContain('read_text_file');
});

test('over HTTP until Ctrl-C', async () => {
  const { child, ended } = start(await testFolder(), ['serve', 'textcraft', '--http', '0']);
  const url = await new Promise<string>((resolve) => {
    let text = '';
    child.stderr?.on('data', (chunk: string) => {
      text += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+\/mcp/.exec(text);
      if (found) resolve(found[0]);
    });
  });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  expect((await client.listTools()).tools.length).toBeGreaterThan(0);
  await client.close();
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 0, stdout: '' });
});

test('a port in use is told, with exit code 1', async () => {
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const { code, stderr } = await safemcp(await testFolder(), 'serve', 'todo', '--http', String(port));
  expect(code).toBe(1);
  expect(stderr).toContain(`error PORT_IN_USE: Port ${port} is already in use`);
});
