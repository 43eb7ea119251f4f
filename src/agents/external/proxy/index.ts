import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf } from '../../../contracts/errors.ts';
import type { FailureKind } from '../../../contracts/model.ts';
import { createObserver, type Ending, type ModelWatch, type Observer } from './observer.ts';

/** Stands before the endpoint of a host's model, passes everything on, and sees what the model reads and says. */
export interface ModelProxy {
  /** What the host is told in place of the endpoint. */
  readonly url: string;
  /** Calls of the model that have come by. */
  readonly calls: number;
  /** How the call that ended last has failed; undefined when it gave an answer. */
  readonly failure: FailureKind | undefined;
  close(): Promise<void>;
}

/** Largest request, and how much is kept of an answer, in bytes. */
const maxBytes = 32_000_000;

/**
 * Listens on 127.0.0.1, at an address that nobody can guess.
 * @param endpoint where requests go; the rest of their path is put behind its path
 * @param redact takes keys out of what is recorded
 */
export async function openModelProxy(
  endpoint: string,
  session: ModelWatch,
  redact: (text: string) => string,
): Promise<ModelProxy> {
  const root = `/${randomUUID()}`;
  const observer = createObserver(session, redact);
  const over = new AbortController();
  let calls = 0;
  let failure: FailureKind | undefined;
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const rest = request.url?.startsWith(root) ? request.url.slice(root.length) : undefined;
    if (rest === undefined) return refuse(response, 404, 'There is nothing here');
    const body = await bodyOf(request);
    if (body === undefined) return refuse(response, 413, 'The request is too large');
    const tell = noteRequest(observer, rest, body);
    if (tell) calls++;
    const started = performance.now();
    const ending = await forward(request, response, {
      target: `${endpoint.replace(/\/$/, '')}${rest}`,
      body,
      signal: over.signal,
    });
    if (!tell) return;
    failure = failureOf(ending);
    tell(ending, Math.round((performance.now() - started) * 1000) / 1000);
  };
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${root}`,
    get calls() {
      return calls;
    },
    get failure() {
      return failure;
    },
    async close() {
      over.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function noteRequest(observer: Observer, url: string, body: Buffer): ReturnType<Observer['asked']> {
  return observer.asked(url.split('?')[0] ?? '', body.toString('utf8'));
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { message, type: 'safemcp_proxy' } }));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBytes) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Headers that belong to one connection, and those that fetch sets by itself. */
const ownHeaders = new Set([
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'content-encoding',
  'accept-encoding',
  'expect',
  'upgrade',
  'te',
  'trailer',
]);

interface Onward {
  readonly target: string;
  readonly body: Buffer;
  readonly signal: AbortSignal;
}

/** Makes the request of the host, gives it the answer as it comes, and tells what it was. */
async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { target, body, signal }: Onward,
): Promise<Ending> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    const answer = await fetch(target, {
      method: request.method ?? 'GET',
      headers: Object.entries(request.headersDistinct)
        .filter(([name]) => !ownHeaders.has(name))
        .flatMap(([name, values = []]) => values.map((value): [string, string] => [name, value])),
      ...(body.length > 0 && { body: new Uint8Array(body) }),
      redirect: 'manual',
      signal,
    });
    const headers = [...answer.headers].filter(([name]) => !ownHeaders.has(name)).flat();
    response.writeHead(answer.status, headers);
    for await (const part of answer.body ?? []) {
      const bytes = part as Uint8Array;
      size += bytes.length;
      if (size <= maxBytes) parts.push(bytes);
      if (!response.write(bytes)) await drained(response);
    }
    response.end();
    return {
      kind: 'answer',
      status: answer.status,
      contentType: answer.headers.get('content-type') ?? '',
      body: Buffer.concat(parts).toString('utf8'),
    };
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? `: ${messageOf(error.cause)}` : '';
    if (response.headersSent) response.destroy();
    else refuse(response, 502, 'The endpoint of the model cannot be reached');
    return { kind: 'lost', what: `${messageOf(error)}${cause}` };
  }
}

function failureOf(ending: Ending): FailureKind | undefined {
  if (ending.kind === 'lost') return 'network';
  if (ending.status < 400) return undefined;
  if (ending.status === 429) return 'rate-limit';
  return ending.status >= 500 ? 'overloaded' : 'bad-request';
}

/** Resolves when more can be written, or nobody listens any more. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) return resolve();
    response.once('drain', resolve);
    response.once('close', resolve);
  });
}
