import type { IncomingMessage, ServerResponse } from 'node:http';
import { messageOf } from '../../../contracts/errors.ts';
import type { ModelCredential } from '../../../contracts/model.ts';
import { nobodyThere } from '../../../contracts/modelRefusal.ts';
import type { Ending, Lost } from './observer.ts';

/** Largest request, and how much is kept of an answer, in bytes. */
export const maxBytes = 32_000_000;

/** Headers that belong to one connection, and those that fetch sets by itself. */
const ownHeaders = new Set([
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'accept-encoding',
  'expect',
  'upgrade',
  'te',
  'trailer',
]);

/** Where hosts put keys. */
const keyHeaders = new Set(['authorization', 'api-key', 'x-api-key', 'x-goog-api-key']);

export interface Onward {
  readonly target: URL;
  readonly body: Buffer;
  /** Takes the place of what the host has put in for a key. */
  readonly credential: ModelCredential | undefined;
  readonly signal: AbortSignal;
  /** Milliseconds until the whole answer has to be there. */
  readonly timeoutMs: number | undefined;
  /** Takes keys out of a text. */
  hide(text: string): string;
}

/** Makes the request of the host, gives it the answer as it comes, and tells what it was. */
export async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  onward: Onward,
): Promise<Ending> {
  const { body, hide } = onward;
  const late = onward.timeoutMs === undefined ? undefined : AbortSignal.timeout(onward.timeoutMs);
  try {
    const answer = await fetch(withoutKey(onward), {
      method: request.method ?? 'GET',
      headers: headersOf(request, onward.credential),
      ...(body.length > 0 && { body: new Uint8Array(body) }),
      redirect: 'manual',
      signal: late ? AbortSignal.any([onward.signal, late]) : onward.signal,
    });
    // What fetch gives is decoded.
    const headers = [...answer.headers].filter(
      ([name]) => !ownHeaders.has(name) && name !== 'content-encoding',
    );
    response.writeHead(
      answer.status,
      headers.flatMap(([name, value]) => [name, hide(value)]),
    );
    const told = await (answer.status < 400 ? handOn : handOnHidden)(answer, response, hide);
    response.end();
    const contentType = answer.headers.get('content-type') ?? '';
    return { kind: 'answer', status: answer.status, contentType, body: told };
  } catch (error) {
    const lost = lostBy(error, late, onward);
    if (response.headersSent) response.destroy();
    else refuse(response, lost.failure === 'timeout' ? 504 : 502, toldOf(lost));
    return lost;
  }
}

/** Answers in place of the model's endpoint. */
export function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { message, type: 'safemcp_proxy' } }));
}

function withoutKey({ target, credential }: Onward): URL {
  const url = new URL(target);
  if (credential) url.searchParams.delete('key');
  return url;
}

function headersOf(request: IncomingMessage, credential: ModelCredential | undefined): [string, string][] {
  const given = Object.entries(request.headersDistinct)
    .filter(([name]) => !ownHeaders.has(name) && !(credential && keyHeaders.has(name)))
    .flatMap(([name, values = []]) => values.map((value): [string, string] => [name, value]));
  return credential ? [...given, [credential.header, credential.value]] : given;
}

/** Hands the body on as it comes; gives what is kept of it. */
async function handOn(answer: Response, response: ServerResponse): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    const bytes = part as Uint8Array;
    size += bytes.length;
    if (size <= maxBytes) parts.push(bytes);
    if (!response.write(bytes)) await drained(response);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Refusals may repeat the key that came with the request. */
async function handOnHidden(
  answer: Response,
  response: ServerResponse,
  hide: (text: string) => string,
): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    const bytes = part as Uint8Array;
    size += bytes.length;
    if (size > maxBytes) break;
    parts.push(bytes);
  }
  const text = hide(Buffer.concat(parts).toString('utf8'));
  response.write(text);
  return text;
}

function lostBy(error: unknown, late: AbortSignal | undefined, { timeoutMs, hide }: Onward): Lost {
  if (late?.aborted)
    return { kind: 'lost', failure: 'timeout', what: `No answer within ${timeoutMs} ms`, nobody: false };
  const cause = error instanceof Error ? error.cause : undefined;
  const why = cause === undefined ? '' : `: ${messageOf(cause)}`;
  const nobody = nobodyThere(cause) !== undefined;
  return { kind: 'lost', failure: 'network', what: hide(`${messageOf(error)}${why}`), nobody };
}

function toldOf({ failure, what }: Lost): string {
  return failure === 'timeout' ? what : 'The endpoint of the model cannot be reached';
}

/** Resolves when more can be written, or nobody listens any more. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) return resolve();
    const end = (): void => {
      response.off('drain', end).off('close', end);
      resolve();
    };
    response.on('drain', end).on('close', end);
  });
}
