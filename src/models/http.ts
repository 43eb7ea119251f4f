import type { Readable } from 'node:stream';
import { send } from '../contracts/connections.ts';
import { messageOf, SafeMcpError } from '../contracts/errors.ts';
import { nobodyThere } from '../contracts/modelRefusal.ts';
import { unpacked } from '../contracts/packing.ts';
import { Fault, refusalFault } from './fault.ts';
import { jsonResponse } from './jsonResponse.ts';

/** Bytes of a reply; far above what a model says in a turn. */
const largestReply = 16 * 1024 * 1024;

export interface FetchOptions {
  /** What must not be told on, wherever a provider repeats it; empty for none. */
  readonly secret: string;
  now(): number;
}

/**
 * `fetch` for providers: bounded, following no redirect (the key would go along), and with every fault named.
 * What it resolves with is a good status and JSON by its type.
 * @throws Fault, or the abort reason
 */
export function createFetch({ secret, now }: FetchOptions): typeof fetch {
  return async (input, init = {}) => {
    const sent = { ...init, body: bodyOf(input, init) };
    const { status, headers, body } = await reached(() => exchange(input, sent), init.signal);
    const text = redact(body, secret);
    if (status >= 300 && status < 400)
      throw new Fault(`The provider answered ${status}: redirects are not followed`, {
        means: 'MODEL_NOT_FOUND',
        passing: false,
      });
    if (status < 200 || status >= 400)
      throw refusalFault({ status, headers, body: text.slice(0, 10_000) }, now());
    const type = headers.get('content-type') ?? 'no content type';
    if (!type.includes('json'))
      throw new Fault(`The provider answered with ${type.slice(0, 80)} in place of JSON`, {
        means: 'malformed',
        passing: true,
      });
    return jsonResponse(text, status);
  };
}

/**
 * All that is sent to providers is JSON, and the SDK hands it over as a text.
 * @throws INTERNAL for anything else: sent without it, a request would ask another question
 */
function bodyOf(input: string | URL | Request, init: RequestInit): string {
  const body = init.body ?? (input instanceof Request ? input.body : null);
  if (body === null) return '';
  if (typeof body === 'string') return body;
  const kind = Object.prototype.toString.call(body).slice('[object '.length, -1);
  throw new SafeMcpError('INTERNAL', `A request to a provider has the body ${kind} in place of a text`, {
    hint: 'Report this with the provider and the version of SafeMCP',
  });
}

/** Shorter keys are stand-ins such as `x` or `ollama`, which occur in honest answers too and protect nothing. */
const shortestSecret = 12;

/** A text in which a key is not readable. */
function redact(text: string, secret: string): string {
  return secret.length < shortestSecret ? text : text.replaceAll(secret, '[key]');
}

async function reached<T>(step: () => Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof Fault) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const code = nobodyThere(cause);
    if (code !== undefined)
      throw new Fault(`Nothing answers at the address (${code})`, {
        means: 'MODEL_NOT_FOUND',
        passing: true,
      });
    throw new Fault(`The connection broke: ${messageOf(cause)}`, { means: 'network', passing: true });
  }
}

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

type Sent = RequestInit & { readonly body: string };

async function exchange(input: string | URL | Request, init: Sent): Promise<Answered> {
  const answer = await send({
    url: new URL(input instanceof Request ? input.url : input),
    method: init.method ?? 'GET',
    headers: Object.fromEntries(new Headers(init.headers)),
    body: init.body,
    ...(init.signal && { signal: init.signal }),
  });
  const headers = new Headers();
  for (const [name, value = ''] of Object.entries(answer.headers)) headers.set(name, String(value));
  const packing = answer.headers['content-encoding'];
  const plain = unpacked(answer, packing);
  if (plain) return { status: answer.statusCode ?? 0, headers, body: await readBounded(plain) };
  answer.resume();
  throw new Fault(`The answer is encoded with ${packing?.slice(0, 80)}, which nobody asked for`, {
    means: 'malformed',
    passing: false,
  });
}

function readBounded(answer: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    answer.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > largestReply)
        answer.destroy(
          new Fault(`The answer is larger than ${largestReply} bytes`, {
            means: 'malformed',
            passing: false,
          }),
        );
    });
    answer.on('error', reject);
    answer.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
}
