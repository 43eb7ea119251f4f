import { setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { messageOf, SafeMcpError } from '../../contracts/errors.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import type { FakePolicy } from './behavior.ts';
import { type Body, readBody } from './body.ts';
import { createFormats } from './formats/index.ts';
import { listing } from './listings.ts';
import { perform } from './perform.ts';
import { fakePolicies } from './policies/index.ts';
import { createRequestLog, type RequestLog, redactedHeaders, redactedPath } from './requestLog.ts';
import { sendFailure, sendJson } from './send.ts';
import type { FakeRequest, FakeTurn } from './turn.ts';
import { BadRequest, type Failure, type Reading, type WireFormat } from './wireFormat.ts';

export interface FakeModelOptions {
  /** Any free one if absent or 0. */
  readonly port?: number;
  /** `caller` if absent. */
  readonly behave?: FakePolicy;
  /** How many requests are kept for inspection; 10,000 if absent. */
  readonly keep?: number;
}

/** A running local provider. */
export interface FakeModelServer {
  /** Without a path: `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** What came in, the oldest first; see {@link FakeModelOptions.keep}. */
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
  behave = fakePolicies.caller(),
  keep = 10_000,
}: FakeModelOptions = {}): Promise<FakeModelServer> {
  const log = createRequestLog(keep);
  const formats = createFormats();
  const ending = new AbortController();
  // Every answer that waits listens to it.
  setMaxListeners(0, ending.signal);
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
    handle(exchange, { formats, behave, log, ending: ending.signal }).catch((error: unknown) =>
      failOn(exchange, error),
    );
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
  readonly log: RequestLog;
  readonly ending: AbortSignal;
}

/** What a request is about. */
type Asked =
  | { readonly kind: 'listing'; readonly body: JsonObject }
  | { readonly kind: 'turn'; readonly turn: FakeTurn; readonly reading: Reading; readonly format: WireFormat }
  | { readonly kind: 'refusal'; readonly failure: Failure; readonly format: WireFormat | undefined };

async function handle(exchange: Exchange, desk: Desk): Promise<void> {
  const { request, response, n, url, headers } = exchange;
  const body = await readBody(request);
  const asked = understand(exchange, body, desk.formats);
  const record = { n, method: request.method ?? '', path: redactedPath(url), headers, body: body.json };
  desk.log.add(asked.kind === 'turn' ? { ...record, turn: asked.turn } : record, body.bytes);
  switch (asked.kind) {
    case 'listing':
      return sendJson(response, 200, asked.body);
    case 'refusal':
      return sendFailure(response, asked.format, asked.failure);
    case 'turn':
      return perform(desk.behave(asked.turn), { ...asked, response, ending: desk.ending });
  }
}

function understand(
  { request, n, url, headers }: Exchange,
  body: Body,
  formats: readonly WireFormat[],
): Asked {
  const format = formats.find((each) => each.serves(url.pathname));
  const refusal = (status: number, message: string): Asked => ({
    kind: 'refusal',
    failure: { status, message, n },
    format,
  });
  const listed = request.method === 'GET' ? listing(url.pathname, headers) : undefined;
  if (listed) return { kind: 'listing', body: listed };
  if (!format) return refusal(404, `Nothing is served at ${request.method} ${url.pathname}`.slice(0, 300));
  if (request.method !== 'POST') return refusal(405, 'Use POST');
  if (body.refused) return refusal(body.refused.status, body.refused.reason);
  const reading = readAs(format, url, body.json);
  if (reading instanceof BadRequest) return refusal(reading.status, reading.message);
  return { kind: 'turn', turn: { ...reading.turn, format: format.id, n, headers }, reading, format };
}

/** A policy that throws is told to its client; a client that has gone away is told nothing. */
function failOn({ response, n }: Exchange, error: unknown): void {
  if (response.headersSent || response.destroyed) response.destroy();
  else
    sendFailure(response, undefined, { status: 500, message: `The policy failed: ${messageOf(error)}`, n });
}

function readAs(format: WireFormat, url: URL, body: JsonValue): Reading | BadRequest {
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
