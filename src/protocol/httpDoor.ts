import { randomUUID } from 'node:crypto';
import {
  createMcpHandler,
  isLegacyRequest,
  type McpHttpHandler,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import type { Era } from '../contracts/wire.ts';
import { behindWire } from './behindWire.ts';
import { type Door, type DoorOptions, letIn, maxClients, type Visit } from './door.ts';
import { listenOnLoopback } from './httpService.ts';
import { announce } from './serve.ts';
import { toolServerFactory } from './toolServer.ts';
import { createWire } from './wire.ts';

/**
 * A door for hosts that speak Streamable HTTP, at an address on the loopback that nobody can guess.
 * @param newest the newest era that is offered; the host chooses
 */
export async function openHttpDoor(options: DoorOptions, newest: Era): Promise<Door> {
  const sessions = createSessions(options);
  const stateless = newest === '2026' ? createStateless(options) : undefined;
  const fetch = async (request: Request): Promise<Response> =>
    stateless && !(await isLegacyRequest(request)) ? stateless.fetch(request) : sessions.fetch(request);
  const endpoint = await listenOnLoopback({ fetch }, 0, `/${randomUUID()}/mcp`);
  return {
    entry: { kind: 'http', service: options.source.name, url: endpoint.url },
    async close() {
      await sessions.close();
      await stateless?.close();
      await endpoint.close();
    },
  };
}

interface Sessions {
  fetch(request: Request): Promise<Response>;
  close(): Promise<void>;
}

/** The 2025 era: a client has a session, and the session a wire. */
function createSessions(options: DoorOptions): Sessions {
  const open = new Map<string, WebStandardStreamableHTTPServerTransport>();
  const visits = new Set<Visit>();
  let clients = 0;
  const newcomer = async (request: Request): Promise<Response> => {
    if (++clients > maxClients) return refusal(503, 'Too many sessions');
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void open.set(id, transport),
      onsessionclosed: (id) => void open.delete(id),
    });
    const visit = await letIn(transport, 'http', options);
    visits.add(visit);
    void visit.over.then(() => visits.delete(visit));
    return transport.handleRequest(request);
  };
  return {
    async fetch(request) {
      const id = request.headers.get('mcp-session-id');
      if (id === null) return newcomer(request);
      return open.get(id)?.handleRequest(request) ?? refusal(404, 'Session not found');
    },
    async close() {
      await Promise.allSettled([...visits].map((visit) => visit.end()));
    },
  };
}

function refusal(status: number, message: string): Response {
  return Response.json({ jsonrpc: '2.0', id: null, error: { code: -32000, message } }, { status });
}

/**
 * The 2026 era, which has no sessions: each request has a wire of its own. A stranger's server may need a process for
 * each, so only services of ours are offered; a host that speaks both eras reaches the others in the older one.
 */
function createStateless({ source, wire }: DoorOptions): McpHttpHandler | undefined {
  if (source.kind !== 'tools') return undefined;
  const handler: McpHttpHandler = createMcpHandler(
    toolServerFactory(source, (front) =>
      behindWire(front, (serverEnd) =>
        createWire(serverEnd, {
          ...wire,
          transport: 'http',
          era: '2026',
          asksHost: false,
          announce: (method) => announce(handler.notify, method),
        }),
      ),
    ),
    { legacy: 'reject' },
  );
  return handler;
}
