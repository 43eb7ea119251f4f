import type { Readable, Writable } from 'node:stream';
import type { Transport } from '@modelcontextprotocol/client';
import { createMcpHandler, type ServerNotifier } from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import type { ServiceSource, ToolDefinition } from '../contracts/service.ts';
import type { Era, Tap } from '../contracts/wire.ts';
import { behindWire } from './behindWire.ts';
import { type HttpEndpoint, listenOnLoopback } from './httpService.ts';
import { openService } from './openService.ts';
import { relay } from './relay.ts';
import { type ToolsSource, toolServerFactory } from './toolServer.ts';
import { createWire, defaultWireLimits, type WireFault } from './wire.ts';

export interface ServeOptions {
  readonly onFault?: (fault: WireFault) => void;
}

/** A stand-alone server on a pair of streams. */
export interface StdioServing {
  /** Resolves when the client has gone, or the service. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/** The one who serves decides how long; only single messages stay bounded. */
const limits = {
  ...defaultWireLimits,
  maxServiceMessages: Number.POSITIVE_INFINITY,
  maxServiceSize: Number.POSITIVE_INFINITY,
};

/**
 * Serves a service of any kind to one client, in both eras, over this process's stdin and stdout.
 * The taps sit at the service's end.
 * @throws SERVICE_START
 */
export async function serveStdioTapped(
  source: ServiceSource,
  taps: readonly Tap[],
  options: ServeOptions & { readonly input?: Readable; readonly output?: Writable } = {},
): Promise<StdioServing> {
  const opened = await openService(source, { transport: 'memory' });
  const front = new StdioServerTransport(options.input, options.output);
  const wire = createWire(opened.transport, {
    service: source.name,
    transport: opened.kind,
    serviceTaps: taps,
    limits,
    ...(options.onFault && { onFault: options.onFault }),
  });
  await relay(front, wire);
  const closed = new Promise<void>((resolve) => {
    const endWire = front.onclose;
    front.onclose = () => {
      endWire?.();
      void opened.close().finally(resolve);
    };
  });
  return {
    closed,
    async close() {
      await front.close();
      await closed;
    },
  };
}

/**
 * Serves a service of our own to any number of clients, in both eras, over Streamable HTTP on 127.0.0.1.
 * The SDK makes a server for every request; the taps are the same for all of them, so what they remember holds
 * over requests. Change notices of taps reach every client that has subscribed, and in the 2025 era, which has
 * no stream to carry them here, those with a request under way.
 * @throws PORT_IN_USE
 */
export async function serveHttpTapped(
  source: ToolsSource,
  taps: readonly Tap[],
  options: ServeOptions & { readonly port: number },
): Promise<HttpEndpoint> {
  const handler = createMcpHandler(
    toolServerFactory(source, (front, { era }) =>
      throughTaps(front, {
        source,
        taps,
        era: era === 'modern' ? '2026' : '2025',
        announce: (method) => announce(handler.notify, method),
        ...options,
      }),
    ),
  );
  const endpoint = await listenOnLoopback(handler, options.port);
  return {
    url: endpoint.url,
    async close() {
      await handler.close();
      await endpoint.close();
    },
  };
}

/** Sends a change notice of a tap to every client that has subscribed. */
export function announce(notify: ServerNotifier, method: string): void {
  if (method === 'notifications/tools/list_changed') notify.toolsChanged();
  if (method === 'notifications/prompts/list_changed') notify.promptsChanged();
  if (method === 'notifications/resources/list_changed') notify.resourcesChanged();
}

interface TapsOptions extends ServeOptions {
  readonly source: ToolsSource;
  readonly taps: readonly Tap[];
  readonly era: Era;
  announce(method: string): void;
}

/**
 * What a service of tools answers. The SDK refuses anything else on the spot, with the HTTP status for that; taps
 * may have an answer of their own.
 */
const answered: Readonly<Record<Era, readonly string[]>> = {
  '2025': ['initialize', 'ping', 'tools/list', 'tools/call'],
  '2026': ['server/discover', 'tools/list', 'tools/call'],
};

/** Puts a wire with the taps between `front` and the server that the SDK has made for it. */
function throughTaps(front: Transport, options: TapsOptions): Transport {
  const wireTo = (hostEnd: Transport): Transport =>
    createWire(hostEnd, {
      service: options.source.name,
      transport: 'http',
      serviceTaps: options.taps,
      limits,
      era: options.era,
      // Each request of a client has a wire of its own, and the answer to a question would come on another.
      asksHost: false,
      announce: (method) => options.announce(method),
      ...(options.onFault && { onFault: options.onFault }),
    });
  const isAnswered = (method: string): boolean =>
    options.taps.length > 0 || answered[options.era].includes(method);
  return behindWire(front, wireTo, isAnswered);
}

/** One service with the tools of all, as `SERVICE__TOOL`. */
export function mergeServices(name: string, sources: readonly ToolsSource[]): ToolsSource {
  const instructions = sources.flatMap((source) => source.instructions ?? []).join('\n\n');
  const tools = sources.flatMap((source) =>
    source.tools.map((tool): ToolDefinition => ({ ...tool, name: `${source.name}__${tool.name}` })),
  );
  return { kind: 'tools', name, tools, ...(instructions !== '' && { instructions }) };
}
