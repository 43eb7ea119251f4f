import { PassThrough } from 'node:stream';
import { InMemoryTransport, type Transport } from '@modelcontextprotocol/client';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import type { ServiceSource } from '../contracts/service.ts';
import type { TransportKind } from '../contracts/wire.ts';
import { startChild } from './child.ts';
import { faultyFetch, faultyReadable } from './faultStreams.ts';
import type { RawFault } from './faults.ts';
import { createHttpTransport, listenOnLoopback } from './httpService.ts';
import { createStreamTransport } from './streamTransport.ts';
import { type ToolsSource, toolServerFactory } from './toolServer.ts';

/** A running service, and the host's end of the way to it. */
export interface OpenedService {
  /** Not yet started; goes into a wire, or straight into a client. */
  readonly transport: Transport;
  readonly kind: TransportKind;
  /** Ends the service and everything it started. May be called more than once. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** How services of our own are reached. A command is always reached by stdio, a URL by HTTP. */
  readonly transport: 'memory' | 'http';
  /** Breaks what the service sends, byte by byte. */
  readonly fault?: RawFault;
}

/**
 * Starts a service, or finds the way to a running one.
 * @throws SERVICE_START
 */
export async function openService(source: ServiceSource, options: OpenOptions): Promise<OpenedService> {
  switch (source.kind) {
    case 'tools':
      if (options.transport === 'http') return openOverHttp(source, options.fault);
      return options.fault ? openOverPipe(source, options.fault) : openInMemory(source);
    case 'command':
      return openCommand(source, options.fault);
    case 'url':
      return openUrl(source.url, options.fault);
  }
}

function openInMemory(source: ToolsSource): OpenedService {
  const [hostEnd, serviceEnd] = InMemoryTransport.createLinkedPair();
  const server = serveStdio(toolServerFactory(source), { transport: serviceEnd });
  return { transport: hostEnd, kind: 'memory', close: () => server.close() };
}

/** In this process, but over bytes: a fault needs some to break. */
function openOverPipe(source: ToolsSource, fault: RawFault): OpenedService {
  const [toService, toHost] = [new PassThrough(), new PassThrough()];
  const over = new AbortController();
  const server = serveStdio(toolServerFactory(source), {
    transport: new StdioServerTransport(toService, toHost),
  });
  const transport = createStreamTransport({
    input: faultyReadable(toHost, fault, over.signal),
    output: toService,
  });
  return {
    transport,
    kind: 'memory',
    async close() {
      over.abort();
      await transport.close();
      await server.close();
    },
  };
}

async function openOverHttp(source: ToolsSource, fault: RawFault | undefined): Promise<OpenedService> {
  const handler = createMcpHandler(toolServerFactory(source));
  const endpoint = await listenOnLoopback(handler, 0);
  const opened = openUrl(endpoint.url, fault);
  return {
    ...opened,
    async close() {
      await opened.close();
      await handler.close();
      await endpoint.close();
    },
  };
}

async function openCommand(
  source: Extract<ServiceSource, { kind: 'command' }>,
  fault: RawFault | undefined,
): Promise<OpenedService> {
  const child = await startChild(source);
  const over = new AbortController();
  const transport = createStreamTransport({
    input: fault ? faultyReadable(child.stdout, fault, over.signal) : child.stdout,
    output: child.stdin,
    describeEnd: () => child.describeEnd(),
    async release() {
      over.abort();
      await child.close();
    },
  });
  return { transport, kind: 'stdio', close: () => transport.close() };
}

function openUrl(url: string, fault: RawFault | undefined): OpenedService {
  const over = new AbortController();
  const transport = createHttpTransport(url, fault ? faultyFetch(fetch, fault, over.signal) : fetch);
  let closed: Promise<void> | undefined;
  return {
    transport,
    kind: 'http',
    close() {
      over.abort();
      closed ??= transport.close();
      return closed;
    },
  };
}
