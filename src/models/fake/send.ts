import type { ServerResponse } from 'node:http';
import type { JsonObject } from '../../contracts/json.ts';
import { openAiFailure } from './formats/openaiFailure.ts';
import type { Answer, Failure, WireFormat } from './wireFormat.ts';

export function sendJson(
  response: ServerResponse,
  status: number,
  body: JsonObject,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** An error as the format has it; requests to no format's address get OpenAI's. */
export function sendFailure(
  response: ServerResponse,
  format: WireFormat | undefined,
  failure: Failure,
): void {
  const body = format?.failure(failure) ?? openAiFailure(failure);
  const { retryAfter } = failure;
  sendJson(response, failure.status, body, {
    'x-request-id': `req_${failure.n}`,
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
  });
}

/** Writes an answer piece by piece, each when the gate lets it through; ends early when the client has left. */
export async function sendPieces(
  response: ServerResponse,
  answer: Answer,
  gate?: () => Promise<void>,
): Promise<void> {
  response.writeHead(200, { 'content-type': answer.contentType });
  // As providers do: the client learns that an answer comes before its first piece is there.
  if (gate) response.flushHeaders();
  for (const piece of answer.pieces) {
    await gate?.();
    if (response.destroyed) return;
    response.write(piece);
  }
  response.end();
}
