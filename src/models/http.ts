import { messageOf } from '../contracts/errors.ts';
import { nobodyThere } from '../contracts/modelRefusal.ts';
import { Fault, refusalFault } from './fault.ts';

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
  return async (input, init) => {
    const answer = await reached(() => fetch(input, { ...init, redirect: 'manual' }), init?.signal);
    const text = redact(await reached(() => readBounded(answer), init?.signal), secret);
    const { status, headers } = answer;
    if (status >= 300 && status < 400)
      throw new Fault(`The provider answered ${status}: redirects are not followed`, {
        means: 'MODEL_NOT_FOUND',
        passing: false,
      });
    if (!answer.ok) throw refusalFault({ status, headers, body: text.slice(0, 10_000) }, now());
    const type = headers.get('content-type') ?? 'no content type';
    if (!type.includes('json'))
      throw new Fault(`The provider answered with ${type.slice(0, 80)} in place of JSON`, {
        means: 'malformed',
        passing: true,
      });
    return new Response(text, { status, headers: { 'content-type': 'application/json' } });
  };
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

async function readBounded(answer: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for await (const chunk of answer.body ?? []) {
    const bytes = chunk as Uint8Array;
    length += bytes.length;
    if (length > largestReply)
      throw new Fault(`The answer is larger than ${largestReply} bytes`, {
        means: 'malformed',
        passing: false,
      });
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}
