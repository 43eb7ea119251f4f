import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';

export interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  /** Several values where a header comes several times. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
  readonly signal?: AbortSignal;
}

/**
 * How long a connection without a call stays open, as `fetch` has it. Providers close theirs after five seconds and more:
 * a call on one that is just being closed fails, and one that a router has forgotten says nothing at all.
 */
const idleMs = 4_000;

/** Connections stay open for the next call; idle ones keep no process alive. The time is none for the answer of a call. */
const plain = new HttpAgent({ keepAlive: true, timeout: idleMs });
const secure = new HttpsAgent({ keepAlive: true, timeout: idleMs });

/**
 * Sends a request, following no redirect. In place of `fetch`, which takes three times the processor for it, and gives up
 * after five minutes whatever time a model is given: models are what a run calls most.
 * @throws what the connection fails with, also while the answer's body is read
 */
export function send({ url, method, headers, body, signal }: HttpRequest): Promise<IncomingMessage> {
  const options = {
    method,
    // A body that is said to be plain needs no decoding.
    headers: { ...headers, 'accept-encoding': 'identity' },
    ...(signal && { signal }),
  };
  return new Promise((resolve, reject) => {
    const sent =
      url.protocol === 'https:'
        ? requestHttps(url, { ...options, agent: secure }, resolve)
        : requestHttp(url, { ...options, agent: plain }, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
}
