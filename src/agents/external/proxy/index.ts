import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExternalSession } from '../../../contracts/externalAgent.ts';
import type { FailureKind, ModelCredential } from '../../../contracts/model.ts';
import { within } from '../../../protocol/processGroup.ts';
import { type Body, bodyOf, type Refusal } from './body.ts';
import { forward, refuse } from './forward.ts';
import { createStanding } from './judgement.ts';
import { createObserver, type Ending, type NotedCall } from './observer.ts';
import { isWorthKey, type Target, targetOf } from './target.ts';

/** Stands before the endpoint of a host's model, passes everything on, and sees what the model reads and says. */
export interface ModelProxy {
  /** What the host is told in place of the endpoint. */
  readonly url: string;
  /** Calls of the model that have come by. */
  readonly calls: number;
  /** How the model has failed in the end; undefined when it gave an answer. */
  readonly failure: FailureKind | undefined;
  /** Ends calls under way, and resolves when they are recorded. */
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

/** How long calls under way may take to end when the proxy closes, in milliseconds. */
const closingMs = 2_000;

/** Listens on 127.0.0.1, at an address that nobody can guess. */
export async function openModelProxy(options: ModelProxyOptions): Promise<ModelProxy> {
  const { endpoint, session, redact, credential } = options;
  const root = `/${randomUUID()}`;
  const observer = createObserver(session, redact);
  const standing = createStanding(options.model, endpoint);
  const over = new AbortController();
  let calls = 0;

  /** Answers a call that may be made, and notes how it ended. */
  const made = async (call: NotedCall, answer: () => Ending | Promise<Ending>): Promise<void> => {
    calls++;
    const started = performance.now();
    const ending = await answer();
    call.ended(ending, Math.round((performance.now() - started) * 1000) / 1000);
    const stop = standing.add(call.model, ending);
    if (stop) options.onStop(stop);
  };
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = targetOf(endpoint, root, request.url ?? '');
    if (target === undefined) return void refuse(response, 404, 'There is nothing here');
    const asks = request.method === 'POST' && observer.sees(target.url.pathname);
    const body = await bodyOf(request, asks);
    const call = asks ? observer.asked(target.url.pathname, textOf(body)) : undefined;
    const refusal = call && session.admitModelCall();
    if (refusal) {
      refuse(response, 429, 'No further call is allowed');
      return options.onStop(refusal);
    }
    const answer = (): Ending | Promise<Ending> => {
      if ('status' in body) return refuse(response, body.status, body.message);
      if (call && !call.isRead) return refuse(response, 400, 'The body is no JSON object that can be read');
      return forward(request, response, {
        url: target.url,
        body,
        credential: keyFor(request, target),
        signal: over.signal,
        timeoutMs: call && options.timeoutMs,
        hide: redact,
      });
    };
    await (call ? made(call, answer) : answer());
  };
  const keyFor = ({ method }: IncomingMessage, { path }: Target): ModelCredential | undefined =>
    credential && isWorthKey(method, path, credential.family) ? credential : undefined;

  const underWay = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const passing = pass(request, response)
      .catch(() => void response.destroy())
      .finally(() => underWay.delete(passing));
    underWay.add(passing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${root}`,
    get calls() {
      return calls;
    },
    get failure() {
      return standing.failure;
    },
    async close() {
      over.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await within(closingMs, Promise.all(underWay));
    },
  };
}

function textOf(body: Body | Refusal): string {
  return 'bytes' in body ? body.bytes.toString('utf8') : '';
}
