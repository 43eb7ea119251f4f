import { PassThrough } from 'node:stream';
import { type Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isJsonObject, type JsonObject } from '../../src/contracts/json.ts';
import { type Era, resultReply, type Tap } from '../../src/contracts/wire.ts';
import { mergeServices, serveHttpTapped, serveStdioTapped } from '../../src/protocol/serve.ts';
import { createStreamTransport } from '../../src/protocol/streamTransport.ts';
import { createClient, fixtureCommand } from '../support/grid.ts';
import { toyService } from '../support/protocolToy.ts';
import { spy } from '../support/taps.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** The second list differs from the first, and every call announces it. */
function rugPull(): Tap {
  let lists = 0;
  return {
    name: 'rug-pull',
    hostRequest: (next) => async (request, context) => {
      const reply = await next(request, context);
      if (request.method === 'tools/call') context.notify('to-host', 'notifications/tools/list_changed');
      if (request.method !== 'tools/list' || reply.kind !== 'result') return reply;
      lists++;
      const tools = Array.isArray(reply.result['tools']) ? reply.result['tools'].filter(isJsonObject) : [];
      const changed = tools.map((tool: JsonObject) => ({ ...tool, description: `list ${lists}` }));
      return resultReply({ ...reply.result, tools: changed });
    },
  };
}

async function connect(transport: Transport, era: Era): Promise<{ client: Client; changes: () => number }> {
  let changes = 0;
  const client = createClient({
    era,
    onListChanged() {
      changes++;
    },
  });
  await client.connect(transport);
  closers.push(() => client.close());
  return { client, changes: () => changes };
}

async function description(client: Client): Promise<string | undefined> {
  return (await client.listTools(undefined, { cacheMode: 'refresh' })).tools[0]?.description;
}

describe.each(['2025', '2026'] as const)('in the %s era', (era) => {
  test('one client is served over streams, through the taps', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const serving = await serveStdioTapped(toyService(), [rugPull()], { input, output });
    const { client, changes } = await connect(createStreamTransport({ input: output, output: input }), era);
    expect(client.getInstructions()).toBe('Instructions of toy');
    expect(await description(client)).toBe('list 1');
    expect(await client.callTool({ name: 'echo', arguments: { text: 'hi' } })).toMatchObject({
      content: [{ text: 'hi' }],
    });
    await vi.waitFor(() => expect(changes()).toBe(1));
    expect(await description(client)).toBe('list 2');
    input.end();
    await serving.closed;
  });

  test('any number of clients are served over HTTP, through the same taps', async () => {
    const { tap, seen } = spy();
    const endpoint = await serveHttpTapped(toyService(), [rugPull(), tap], { port: 0 });
    closers.push(() => endpoint.close());
    const dial = (): Promise<{ client: Client; changes: () => number }> =>
      connect(new StreamableHTTPClientTransport(new URL(endpoint.url)), era);
    const first = await dial();
    const second = await dial();
    expect(await description(first.client)).toBe('list 1');
    expect(await description(second.client)).toBe('list 2');
    expect(await first.client.callTool({ name: 'echo', arguments: { text: 'hi' } })).toMatchObject({
      content: [{ text: 'hi' }],
    });
    await vi.waitFor(() => expect(first.changes()).toBe(1));
    expect(new Set(seen.contexts.map((context) => context.era))).toEqual(new Set([era]));
    // Only the newer era has a stream that reaches those without a request under way.
    if (era === '2026') await vi.waitFor(() => expect(second.changes()).toBe(1));
  });
});

test('a child process is served over streams as well', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const serving = await serveStdioTapped(fixtureCommand, [], { input, output });
  const { client } = await connect(createStreamTransport({ input: output, output: input }), '2025');
  expect(await client.callTool({ name: 'echo', arguments: { text: 'hi' } })).toMatchObject({
    content: [{ text: 'hi' }],
  });
  await serving.close();
});

describe('over HTTP', () => {
  const envelope = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const post = async (
    method: string,
    headers: Record<string, string> = {},
    taps: readonly Tap[] = [],
  ): Promise<{ status: number; body: unknown }> => {
    const endpoint = await serveHttpTapped(toyService(), taps, { port: 0 });
    closers.push(() => endpoint.close());
    const response = await fetch(endpoint.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': method,
        ...headers,
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { _meta: envelope } }),
    });
    return { status: response.status, body: await response.json() };
  };

  test('a method the service does not have is refused with the status the protocol names', async () => {
    expect(await post('resources/list')).toMatchObject({ status: 404, body: { error: { code: -32601 } } });
  });

  test('a header that disagrees with the body is refused', async () => {
    expect(await post('tools/list', { 'mcp-method': 'tools/call' })).toMatchObject({
      status: 400,
      body: { error: { code: -32020 } },
    });
  });

  test('a browser page from elsewhere is refused', async () => {
    expect(await post('tools/list', { origin: 'http://evil.example' })).toMatchObject({ status: 403 });
    expect(await post('tools/list', { origin: 'http://localhost:3000' })).toMatchObject({ status: 200 });
  });

  test('taps can refuse in place of the service', async () => {
    const refuse: Tap = {
      name: 'refuse',
      hostRequest: () => async () => ({ kind: 'error', error: { code: -32099, message: 'No' } }),
    };
    expect(await post('tools/list', {}, [refuse])).toMatchObject({
      body: { id: 1, error: { code: -32099, message: 'No' } },
    });
  });

  test('a port that is taken is named', async () => {
    const endpoint = await serveHttpTapped(toyService(), [], { port: 0 });
    closers.push(() => endpoint.close());
    const port = Number(new URL(endpoint.url).port);
    await expect(serveHttpTapped(toyService(), [], { port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: `Port ${port} is already in use`,
    });
  });

  test('nothing but the endpoint is there', async () => {
    const endpoint = await serveHttpTapped(toyService(), [], { port: 0 });
    closers.push(() => endpoint.close());
    expect((await fetch(new URL('/', endpoint.url))).status).toBe(404);
  });
});

test('several services merge into one whose tools carry the names of their services', async () => {
  const merged = mergeServices('both', [toyService('left'), toyService('right')]);
  expect(merged.tools.map(({ name }) => name)).toEqual([
    'left__echo',
    'left__fail',
    'right__echo',
    'right__fail',
  ]);
  expect(merged.instructions).toBe('Instructions of left\n\nInstructions of right');
  expect(mergeServices('none', []).instructions).toBeUndefined();
});
