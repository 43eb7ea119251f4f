import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import { type AddressInfo, connect as connectSocket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ServiceSource } from '../../src/contracts/service.ts';
import type { Era } from '../../src/contracts/wire.ts';
import { connectHost, type Host, type HostOptions, ServiceFailure } from '../../src/protocol/host.ts';
import { type OpenOptions, openService } from '../../src/protocol/openService.ts';
import { serveHttpTapped } from '../../src/protocol/serve.ts';
import { createWire, type WireFault } from '../../src/protocol/wire.ts';
import { fixtureCommand } from '../support/grid.ts';
import { toyService } from '../support/protocolToy.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Opened {
  readonly host: Host;
  readonly faults: WireFault[];
  readonly kind: string;
  close(): Promise<void>;
}

async function open(
  source: ServiceSource,
  era: Era | 'auto',
  options: Partial<OpenOptions & HostOptions> = {},
): Promise<Opened> {
  const faults: WireFault[] = [];
  const opened = await openService(source, { transport: 'memory', ...options });
  closers.push(() => opened.close());
  const wire = createWire(opened.transport, {
    service: source.name,
    transport: opened.kind,
    onFault: (fault) => void faults.push(fault),
  });
  const host = await connectHost(new Map([[source.name, { transport: wire, era }]]), {
    maxCalls: 5,
    callTimeoutMs: 5000,
    signal: new AbortController().signal,
    ...options,
  });
  closers.push(() => host.close());
  return { host, faults, kind: opened.kind, close: () => opened.close() };
}

function node(script: string, ...args: string[]): Extract<ServiceSource, { kind: 'command' }> {
  return { kind: 'command', name: 'child', command: process.execPath, args: ['-e', script, ...args] };
}

async function folder(): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), 'safemcp-open-'));
  closers.push(() => rm(made, { recursive: true, force: true }));
  return made;
}

function reach(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectSocket(port, '127.0.0.1', () => {
      socket.destroy();
      resolve('connected');
    });
    socket.once('error', reject);
  });
}

describe('a service of our own', () => {
  test.each([
    ['memory', '2025'],
    ['memory', '2026'],
    ['http', '2025'],
    ['http', '2026'],
  ] as const)('is reached over %s in the %s era', async (transport, era) => {
    const { host, faults, kind } = await open(toyService(), era, { transport });
    expect(kind).toBe(transport);
    expect(host.instructions.get('toy')).toBe('Instructions of toy');
    expect((await host.tools()).map(({ name }) => name)).toEqual(['echo', 'fail']);
    expect(await host.call('toy', 'echo', { text: 'hi' })).toEqual({
      kind: 'result',
      text: 'hi',
      structured: { text: 'hi' },
    });
    expect(await host.call('toy', 'fail', {})).toEqual({ kind: 'tool-error', text: 'no' });
    expect(await host.call('toy', 'missing', {})).toMatchObject({ kind: 'protocol-error' });
    expect(faults).toEqual([]);
  });
});

describe('a command', () => {
  test('of an older SDK works, whatever era the host would prefer', async () => {
    const root = await folder();
    await writeFile(path.join(root, 'note.txt'), 'found');
    const manifest = createRequire(import.meta.url).resolve(
      '@modelcontextprotocol/server-filesystem/package.json',
    );
    const args = [path.join(path.dirname(manifest), 'dist', 'index.js'), root];
    const source = { ...node(''), name: 'files', args };
    const { host } = await open(source, 'auto');
    const outcome = await host.call('files', 'read_text_file', { path: path.join(root, 'note.txt') });
    expect(outcome).toMatchObject({ kind: 'result', text: 'found' });
  });

  test('of the newer era is found to be one', async () => {
    const { host } = await open(fixtureCommand, 'auto');
    expect(await host.call('fixture', 'echo', { text: 'hi' })).toMatchObject({ text: 'hi' });
  });

  test('that leaves the newer opening unanswered is taken for an older one', async () => {
    const deaf = `
      require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
        const { id, method } = JSON.parse(line);
        const result = { initialize: { protocolVersion: '2025-06-18', capabilities: {}, serverInfo: { name: 'deaf', version: '1' } } }[method];
        if (result) console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));
      });`;
    const { host } = await open(node(deaf), 'auto', { callTimeoutMs: 3000 });
    expect(await host.tools()).toEqual([]);
  });

  test('sees nothing of our environment but PATH and what the source names', async () => {
    const root = await folder();
    const script = `require('node:fs').writeFileSync('env.json', JSON.stringify(process.env)); process.stdin.resume()`;
    const opened = await openService(
      { ...node(script), cwd: root, env: { GIVEN: 'yes' } },
      { transport: 'memory' },
    );
    closers.push(() => opened.close());
    await vi.waitFor(async () => {
      const seen = JSON.parse(await readFile(path.join(root, 'env.json'), 'utf8')) as object;
      expect(seen).toEqual({ PATH: process.env['PATH'], GIVEN: 'yes' });
    });
  });

  test.each([
    ['a missing program', { ...node(''), command: 'no-such-program-here' }],
    ['a missing folder', { ...node(''), cwd: path.join(tmpdir(), 'no', 'such', 'folder') }],
  ])('that cannot start because of %s is refused with the reason', async (_, source) => {
    await expect(openService(source, { transport: 'memory' })).rejects.toMatchObject({
      code: 'SERVICE_START',
      where: 'child',
      hint: expect.stringContaining('installed') as unknown,
    });
  });

  test('that crashes at the start says why', async () => {
    const opened = openFaults(node(`console.error('no license'); process.exit(3)`));
    await expect(opened.connecting).rejects.toBeInstanceOf(ServiceFailure);
    expect(opened.faults[0]).toMatchObject({
      code: 'TRANSPORT',
      what: 'The service ended with exit code 3: no license',
    });
  });

  test('that is killed during a call fails the call at once', async () => {
    const killable = `
      require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
        const { id, method } = JSON.parse(line);
        if (method === 'tools/call') process.kill(process.pid, 'SIGKILL');
        const result = { initialize: { protocolVersion: '2025-06-18', capabilities: {}, serverInfo: { name: 'k', version: '1' } } }[method];
        if (result) console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));
      });`;
    const { host, faults } = await open(node(killable), '2025', { callTimeoutMs: 60_000 });
    await expect(host.call('child', 'x', {})).rejects.toThrow('child: The service closed the connection');
    expect(faults.map(({ what }) => what)).toContain('The service ended with signal SIGKILL');
  });

  test('that will not end is ended, with all it has started', async () => {
    const root = await folder();
    const offspring = `
      const server = require('node:net').createServer().listen(0, '127.0.0.1', () =>
        require('node:fs').writeFileSync('port', String(server.address().port)));`;
    const stubborn = `
      process.on('SIGTERM', () => undefined);
      require('node:child_process').spawn(process.execPath, ['-e', process.argv[1]], { stdio: 'ignore' });
      setInterval(() => 0, 1000);`;
    const opened = await openService({ ...node(stubborn, offspring), cwd: root }, { transport: 'memory' });
    closers.push(() => opened.close());
    const port = await vi.waitFor(
      async () => {
        const text = await readFile(path.join(root, 'port'), 'utf8');
        expect(text).not.toBe('');
        return Number(text);
      },
      { timeout: 5000 },
    );
    await expect(reach(port)).resolves.toBe('connected');
    await opened.close();
    await opened.close();
    await vi.waitFor(() => expect(reach(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' }));
  });

  test('may write noise between its messages', async () => {
    const noisy = `
      console.log('Starting up...');
      require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
        const { id, method } = JSON.parse(line);
        const result = { initialize: { protocolVersion: '2025-06-18', capabilities: {}, serverInfo: { name: 'n', version: '1' } } }[method];
        if (result) console.log('[debug]\\n\\n' + JSON.stringify({ jsonrpc: '2.0', id, result }));
      });`;
    const { host, faults } = await open(node(noisy), '2025');
    expect(await host.tools()).toEqual([]);
    expect(faults.map(({ code }) => code)).toEqual(['MALFORMED', 'MALFORMED']);
  });

  function openFaults(source: ServiceSource): { connecting: Promise<Host>; faults: WireFault[] } {
    const faults: WireFault[] = [];
    const connecting = (async () => {
      const opened = await openService(source, { transport: 'memory' });
      closers.push(() => opened.close());
      const transport = createWire(opened.transport, {
        service: source.name,
        transport: opened.kind,
        onFault: (fault) => void faults.push(fault),
      });
      const signal = new AbortController().signal;
      return connectHost(new Map([[source.name, { transport, era: '2025' }]]), {
        maxCalls: 1,
        callTimeoutMs: 5000,
        signal,
      });
    })();
    return { connecting, faults };
  }
});

describe('a URL', () => {
  test('of a running server is used in the era it speaks', async () => {
    const endpoint = await serveHttpTapped(toyService(), [], { port: 0 });
    closers.push(() => endpoint.close());
    for (const era of ['2025', '2026', 'auto'] as const) {
      const { host, kind } = await open({ kind: 'url', name: 'far', url: endpoint.url }, era);
      expect(kind).toBe('http');
      expect(await host.call('far', 'echo', { text: 'hi' })).toMatchObject({ text: 'hi' });
    }
  });

  test.each(['not a url', 'file:///etc/passwd', 'javascript:alert(1)'])('%s is refused', async (url) => {
    await expect(
      openService({ kind: 'url', name: 'far', url }, { transport: 'memory' }),
    ).rejects.toMatchObject({ code: 'SERVICE_START' });
  });

  test.each([500, 404, 418])('that answers with HTTP status %d is a failure, no answer', async (status) => {
    const url = await listen((_, response) => response.writeHead(status).end('{"error":{"code":-32603}}'));
    await expect(open({ kind: 'url', name: 'far', url }, '2025')).rejects.toBeInstanceOf(ServiceFailure);
  });

  test('whose server fails a call with an HTTP status is a failure of the service', async () => {
    const endpoint = await serveHttpTapped(toyService(), [], { port: 0 });
    const { host } = await open({ kind: 'url', name: 'far', url: endpoint.url }, '2026');
    await endpoint.close();
    await expect(host.call('far', 'echo', { text: 'hi' })).rejects.toBeInstanceOf(ServiceFailure);
  });

  test('that never answers is given up in time', async () => {
    const url = await listen(() => undefined);
    const opening = open({ kind: 'url', name: 'far', url }, 'auto', { callTimeoutMs: 100 });
    await expect(opening).rejects.toBeInstanceOf(ServiceFailure);
  });

  async function listen(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(
      () =>
        new Promise((resolve) => {
          server.close(resolve);
          server.closeAllConnections();
        }),
    );
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
  }
});
