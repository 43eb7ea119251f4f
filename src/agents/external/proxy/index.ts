import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExternalSession } from '../../../contracts/externalAgent.ts';
import type { FailureKind, ModelCredential } from '../../../contracts/model.ts';
import { forward, maxBytes, refuse } from './forward.ts';
import { judge } from './judgement.ts';
import { createObserver, type Ending, type NotedCall } from './observer.ts';

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

export interface ModelProxyOptions {
  /** Where requests go; the rest of their path is put behind its path. */
  readonly endpoint: string;
  /** What the host was told to ask; empty when it chooses by itself. */
  readonly model: string;
  /** The real key, which the host does not know; what the host has is passed on if absent. */
  readonly credential?: ModelCredential | undefined;
  /** Milliseconds for one call of the model. */
  readonly timeoutMs?: number | undefined;
  readonly session: Pick<ExternalSession, 'reads' | 'modelCalled' | 'admitModelCall'>;
  /** Takes keys out of a text. */
  redact(text: string): string;
  /** Told when no further call makes sense or is allowed. */
  onStop(reason: Error): void;
}

/** Listens on 127.0.0.1, at an address that nobody can guess. */
export async function openModelProxy(options: ModelProxyOptions): Promise<ModelProxy> {
  const { endpoint, session, redact } = options;
  const root = `/${randomUUID()}`;
  const observer = createObserver(session, redact);
  const over = new AbortController();
  let calls = 0;
  let answered = false;
  let failure: FailureKind | undefined;

  const note = (call: NotedCall, ending: Ending, ms: number): void => {
    call.ended(ending, ms);
    const judgement = judge(ending, endpoint);
    failure = judgement.failure;
    answered ||= failure === undefined;
    // Hosts also ask small models of their own choice, and go on without.
    const wasTold = options.model === '' || call.model === options.model;
    if (judgement.hopeless && wasTold && !answered) options.onStop(judgement.hopeless);
  };
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = targetOf(endpoint, root, request.url ?? '');
    if (target === undefined) return refuse(response, 404, 'There is nothing here');
    const body = await bodyOf(request);
    if (body === undefined) return refuse(response, 413, 'The request is too large');
    const call =
      request.method === 'POST' ? observer.asked(target.pathname, body.toString('utf8')) : undefined;
    const refusal = call && session.admitModelCall();
    if (refusal) {
      refuse(response, 429, 'No further call is allowed');
      return options.onStop(refusal);
    }
    if (call) calls++;
    const started = performance.now();
    const ending = await forward(request, response, {
      target,
      body,
      credential: call || asksAboutModels(request, target) ? options.credential : undefined,
      signal: over.signal,
      timeoutMs: call && options.timeoutMs,
      hide: redact,
    });
    if (call) note(call, ending, Math.round((performance.now() - started) * 1000) / 1000);
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

/** A step up in a path, also one that only servers take that decode a path before they read it. */
const goesUp = /^[^?]*(?:[/\\]|%2f|%5c)(?:\.|%2e){2}(?:[/\\?]|%2f|%5c|$)/i;

/** Where a request goes: below the endpoint, or nowhere. A key must not come to anybody else. */
function targetOf(endpoint: string, root: string, asked: string): URL | undefined {
  const rest = asked.startsWith(root) ? asked.slice(root.length) : undefined;
  if (rest === undefined || !/^(?:$|[/?])/.test(rest) || goesUp.test(rest)) return undefined;
  const home = new URL(endpoint.replace(/\/$/, ''));
  const whole = `${home.origin}${home.pathname.replace(/\/$/, '')}${rest}`;
  const target = URL.canParse(whole) ? new URL(whole) : undefined;
  const below = home.pathname.endsWith('/') ? home.pathname : `${home.pathname}/`;
  return target?.origin === home.origin && `${target.pathname}/`.startsWith(below) ? target : undefined;
}

/** Hosts list models and count tokens; no other request of theirs but calls of the model is worth a key. */
function asksAboutModels({ method }: IncomingMessage, { pathname }: URL): boolean {
  if (method === 'GET') return pathname.endsWith('/models');
  return pathname.endsWith('/messages/count_tokens') || pathname.endsWith(':countTokens');
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
