import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Client, InMemoryTransport, type Transport } from '@modelcontextprotocol/client';
import { NodeStreamableHTTPServerTransport, toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Era, Tap, TransportKind } from '../../src/contracts/wire.ts';
import { createHttpTransport } from '../../src/protocol/httpService.ts';
import { openService } from '../../src/protocol/openService.ts';
import { createWire, type WireFault } from '../../src/protocol/wire.ts';
import { createMemory, fixtureFactory } from './fixtureServer.mjs';

/** Every transport in every era. */
export const grid: readonly { transport: TransportKind; era: Era }[] = (
  ['memory', 'stdio', 'http'] as const
).flatMap((transport) => (['2025', '2026'] as const).map((era) => ({ transport, era })));

export const fixtureCommand = {
  kind: 'command',
  name: 'fixture',
  command: process.execPath,
  args: [fileURLToPath(new URL('fixtureServer.mjs', import.meta.url))],
} as const;

export interface OpenedFixture {
  readonly transport: Transport;
  close(): Promise<void>;
}

/** The fixture service and the host's end of the way to it. */
async function openFixture(transport: TransportKind, era: Era): Promise<OpenedFixture> {
  if (transport === 'stdio') return openService(fixtureCommand, { transport: 'memory' });
  if (transport === 'http') return openHttpFixture(era);
  const [hostEnd, serviceEnd] = InMemoryTransport.createLinkedPair();
  const server = serveStdio(fixtureFactory(createMemory()), { transport: serviceEnd });
  return { transport: hostEnd, close: () => server.close() };
}

/** In the 2025 era with a session, without which a service could not ask its host over HTTP. */
async function openHttpFixture(era: Era): Promise<OpenedFixture> {
  const factory = fixtureFactory(createMemory());
  const { listener, close } =
    era === '2026' ? stateless(createMcpHandler(factory)) : await sessionful(factory);
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const transport = createHttpTransport(`http://127.0.0.1:${port}/mcp`);
  return {
    transport,
    async close() {
      await transport.close();
      await close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

interface Listening {
  readonly listener: RequestListener;
  close(): Promise<void>;
}

function stateless(handler: ReturnType<typeof createMcpHandler>): Listening {
  const handle = toNodeHandler(handler);
  return {
    listener: (request, response) => void handle(request as Parameters<typeof handle>[0], response),
    close: () => handler.close(),
  };
}

async function sessionful(factory: ReturnType<typeof fixtureFactory>): Promise<Listening> {
  const session = new NodeStreamableHTTPServerTransport({ sessionIdGenerator: randomUUID });
  const server = await factory({ era: 'legacy' });
  await server.connect(session as Transport);
  return {
    listener: (request, response) => void session.handleRequest(request, response),
    close: () => session.close(),
  };
}

export interface Connection {
  readonly client: Client;
  readonly faults: readonly WireFault[];
  /** The text a tool gives. */
  text(tool: string, args?: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
}

export interface ConnectOptions {
  readonly transport: TransportKind;
  readonly era: Era;
  readonly hostTaps?: readonly Tap[];
  readonly serviceTaps?: readonly Tap[];
  /** Stands between wire and service, to look at frames. */
  around?(inner: Transport): Transport;
  onListChanged?(): void;
  /** Answers for the host what the service asks; without it the host cannot be asked. */
  readonly answers?: { readonly name: string; readonly draft: string };
}

/** A client connected to the fixture service through a wire. */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const fixture = await openFixture(options.transport, options.era);
  const faults: WireFault[] = [];
  const inner = options.around?.(fixture.transport) ?? fixture.transport;
  const wire = createWire(inner, {
    service: 'fixture',
    transport: options.transport,
    hostTaps: options.hostTaps ?? [],
    serviceTaps: options.serviceTaps ?? [],
    onFault: (fault) => void faults.push(fault),
  });
  const client = createClient(options);
  await client.connect(wire);
  return {
    client,
    faults,
    async text(tool, args = {}) {
      const { content } = await client.callTool({ name: tool, arguments: args }, { timeout: 5000 });
      const [block] = content;
      return block?.type === 'text' ? block.text : '';
    },
    async close() {
      await client.close();
      await fixture.close();
    },
  };
}

export function createClient({
  era,
  answers,
  onListChanged,
}: Pick<ConnectOptions, 'era' | 'answers' | 'onListChanged'>): Client {
  const client = new Client(
    { name: 'test', version: '1.0.0' },
    {
      capabilities: answers ? { elicitation: { form: {} }, sampling: {} } : {},
      versionNegotiation: { mode: era === '2025' ? 'legacy' : { pin: '2026-07-28' } },
      inputRequired: { maxRounds: 3 },
      ...(onListChanged && {
        listChanged: { tools: { autoRefresh: false, debounceMs: 0, onChanged: () => onListChanged() } },
      }),
    },
  );
  if (answers) {
    client.setRequestHandler('elicitation/create', () => ({
      action: 'accept',
      content: { name: answers.name },
    }));
    client.setRequestHandler('sampling/createMessage', () => ({
      model: 'none',
      role: 'assistant',
      content: { type: 'text', text: answers.draft },
    }));
  }
  return client;
}
