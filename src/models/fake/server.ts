import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { messageOf, SafeMcpError } from '../../contracts/errors.ts';
import type { FakePolicy } from './behavior.ts';
import { readBody } from './body.ts';
import { createFormats } from './formats/index.ts';
import { listing } from './listings.ts';
import { perform } from './perform.ts';
import { caller } from './policies/caller.ts';
import { createRequestLog, redactedHeaders, redactedPath } from './requestLog.ts';
import { sendFailure, sendJson } from './send.ts';
import type { FakeRequest, FakeTurn } from './turn.ts';
import { BadRequest, type Reading, type WireFormat } from './wireFormat.ts';

export interface FakeModelOptions {
  /** Any free one if absent or 0. */
  readonly port?: number;
  /** `caller` if absent. */
  readonly behave?: FakePolicy;
}

/** A running local provider. */
export interface FakeModelServer {
  /** Without a path: `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** What came in, the oldest first; the newest ten thousand. */
  readonly requests: readonly FakeRequest[];
  /** Ends it and every connection, also those that wait for an answer. */
  close(): Promise<void>;
}

/**
 * Starts a server on 127.0.0.1 that speaks the wire formats of model providers and answers by a policy. It is no
 * language model, and every reply says so in the model's version.
 * @throws PORT_IN_USE, SERVICE_START
 */
export async function startFakeModel({
  port = 0,
  behave = caller(),
}: FakeModelOptions = {}): Promise<FakeModelServer> {
  const log = createRequestLog();
  const formats = createFormats();
  const ending = new AbortController();
  let count = 0;
  const server = createServer((request, response) => {
    count++;
    const exchange = {
      request,
      response,
      n: count,
      url: addressOf(request),
      headers: redactedHeaders(request.headers),
    };
    // A client that has gone away is no failure of ours.
    handle(exchange, { formats, behave, log, ending: ending.signal }).catch(() => response.destroy());
  });
  // Clients reuse connections; one that is closed under them would look like a fault nobody asked for.
  server.keepAliveTimeout = 120_000;
  await listen(server, port);
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actual}`,
    requests: log.requests,
    close: () =>
      new Promise((resolve) => {
        ending.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** One request and the way to answer it. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly n: number;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

interface Desk {
  readonly formats: readonly WireFormat[];
  readonly behave: FakePolicy;
  readonly log: ReturnType<typeof createRequestLog>;
  readonly ending: AbortSignal;
}

async function handle(exchange: Exchange, desk: Desk): Promise<void> {
  const { request, response, n, url, headers } = exchange;
  const body = await readBody(request);
  const note = (turn?: FakeTurn): void => {
    const json = 'json' in body ? body.json : null;
    const record = { n, method: request.method ?? '', path: redactedPath(url), headers, body: json };
    desk.log.add(turn ? { ...record, turn } : record, 'bytes' in body ? body.bytes : 0);
  };
  if (request.method === 'GET' || request.method === 'HEAD') {
    note();
    const listed = listing(url.pathname, headers);
    if (listed) sendJson(response, 200, listed);
    else response.writeHead(404).end();
    return;
  }
  const format = desk.formats.find((each) => each.serves(url.pathname));
  const refuse = (status: number, message: string): void => {
    note();
    sendFailure(response, format, { status, message, n });
  };
  if (!format) return refuse(404, `Nothing is served at ${request.method} ${url.pathname}`.slice(0, 300));
  if (request.method !== 'POST') return refuse(405, 'Use POST');
  if ('refused' in body) return refuse(body.refused, body.reason);
  const reading = readAs(format, url, body.json);
  if (reading instanceof BadRequest) return refuse(reading.status, reading.message);
  const turn = { ...reading.turn, format: format.id, n, headers };
  note(turn);
  await perform(desk.behave(turn), { turn, format, reading, response, ending: desk.ending });
}

function readAs(format: WireFormat, url: URL, body: Parameters<WireFormat['read']>[1]): Reading | BadRequest {
  try {
    return format.read(url, body);
  } catch (error) {
    if (error instanceof BadRequest) return error;
    if (error instanceof z.ZodError) return new BadRequest(firstIssue(error));
    throw error;
  }
}

function firstIssue({ issues: [issue] }: z.ZodError): string {
  return `Invalid request at ${issue?.path.join('.') || 'the top'}: ${issue?.message ?? ''}`.slice(0, 500);
}

/** The path may be anything; what is no address is nothing we serve. */
function addressOf({ url = '/' }: IncomingMessage): URL {
  const base = 'http://127.0.0.1';
  return URL.canParse(url, base) ? new URL(url, base) : new URL('/invalid', base);
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
}

function listenError(error: NodeJS.ErrnoException, port: number): SafeMcpError {
  if (error.code === 'EADDRINUSE')
    return new SafeMcpError('PORT_IN_USE', `Port ${port} is already in use`, {
      hint: 'Choose another port, or 0 for any free one',
      cause: error,
    });
  return new SafeMcpError('SERVICE_START', `Cannot listen on port ${port}: ${messageOf(error)}`, {
    cause: error,
  });
}
