import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { send } from '../../../contracts/connections.ts';
import { messageOf } from '../../../contracts/errors.ts';
import type { ModelCredential } from '../../../contracts/model.ts';
import { nobodyThere } from '../../../contracts/modelRefusal.ts';
import { unpacked } from '../../../contracts/packing.ts';
import { type Body, bytesOf, maxBytes } from './body.ts';
import type { Answer, Ending, Lost } from './observer.ts';

/** Headers that belong to one connection, and those that are set for each anew. */
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

/** Where hosts put keys. */
const keyHeaders = new Set(['authorization', 'api-key', 'x-api-key', 'x-goog-api-key']);

export interface Onward {
  readonly url: URL;
  readonly body: Body;
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
  const lose = (lost: Lost): Lost => {
    if (response.headersSent) response.destroy();
    else refuse(response, lost.failure === 'timeout' ? 504 : 502, toldOf(lost));
    return lost;
  };
  try {
    const answer = await send({
      url: withoutKey(onward),
      method: request.method ?? 'GET',
      headers: headersOf(request, onward),
      body: body.bytes,
      signal: late ? AbortSignal.any([onward.signal, late]) : onward.signal,
    });
    const { statusCode: status = 502, headers } = answer;
    const plain = unpacked(answer, headers['content-encoding']);
    if (!plain) {
      answer.destroy();
      const what = `The answer is encoded with ${headers['content-encoding']}, which nobody asked for`;
      return lose({ kind: 'lost', failure: 'malformed', what: hide(what), nobody: false });
    }
    const given = Object.entries(answer.headersDistinct).filter(([name]) => !ownHeaders.has(name));
    response.writeHead(
      status,
      given.flatMap(([name, values = []]) => values.flatMap((value) => [name, hide(value)])),
    );
    const told = await (status < 400 ? handOn(plain, response) : handOnHidden(plain, response, hide));
    response.end();
    return { kind: 'answer', status, contentType: headers['content-type'] ?? '', body: told };
  } catch (error) {
    return lose(lostBy(error, late, onward));
  }
}

/** Answers in place of the model's endpoint, and tells what it was. */
export function refuse(response: ServerResponse, status: number, message: string): Answer {
  const body = JSON.stringify({ error: { message, type: 'safemcp_proxy' } });
  const contentType = 'application/json';
  response.writeHead(status, { 'content-type': contentType });
  response.end(body);
  return { kind: 'answer', status, contentType, body };
}

function withoutKey({ url, credential }: Onward): URL {
  const bare = new URL(url);
  if (credential) bare.searchParams.delete('key');
  return bare;
}

function headersOf(
  request: IncomingMessage,
  { credential, body }: Onward,
): Readonly<Record<string, readonly string[]>> {
  const given = Object.entries(request.headersDistinct).flatMap(([name, values = []]) =>
    ownHeaders.has(name) || (credential && keyHeaders.has(name)) ? [] : [[name, values] as const],
  );
  return {
    ...Object.fromEntries(given),
    ...(body.encoding !== undefined && { 'content-encoding': [body.encoding] }),
    ...(credential && { [credential.header]: [credential.value] }),
  };
}

/** Hands the body on as it comes; gives what is kept of it. */
async function handOn(answer: Readable, response: ServerResponse): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= maxBytes) parts.push(part);
    if (!response.write(part)) await drained(response);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Refusals may repeat the key that came with the request. */
async function handOnHidden(
  answer: Readable,
  response: ServerResponse,
  hide: (text: string) => string,
): Promise<string> {
  const bytes = await bytesOf(answer);
  if (bytes === undefined) answer.destroy();
  const text = hide(bytes?.toString('utf8') ?? '');
  response.write(text);
  return text;
}

function lostBy(error: unknown, late: AbortSignal | undefined, { timeoutMs, signal, hide }: Onward): Lost {
  if (late?.aborted)
    return { kind: 'lost', failure: 'timeout', what: `No answer within ${timeoutMs} ms`, nobody: false };
  const nobody = nobodyThere(error);
  // Where a name has several addresses, only the codes of their errors tell anything.
  const why = messageOf(error) || (nobody ?? 'No reason is known');
  const what = signal.aborted ? 'The host ended before there was an answer' : hide(why);
  return { kind: 'lost', failure: 'network', what, nobody: nobody !== undefined };
}

function toldOf({ failure, what }: Lost): string {
  return failure === 'network' ? 'The endpoint of the model cannot be reached' : what;
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
