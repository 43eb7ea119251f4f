import type { IncomingMessage } from 'node:http';
import { type JsonValue, withinBounds } from '../../contracts/json.ts';

const maxBytes = 8 * 1024 * 1024;
/** What is read and thrown away of a body that is too large, so that its sender gets to see the answer. */
const mostDrained = 64 * 1024 * 1024;
const bounds = { maxSize: 4 * maxBytes, maxDepth: 64 };

export interface Body {
  /** null when the body was refused. */
  readonly json: JsonValue;
  /** Of `json`, as they came. */
  readonly bytes: number;
  readonly refused?: { readonly status: 400 | 413; readonly reason: string };
}

/** Reads a body of JSON within bounds. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
    else if (size > mostDrained) break;
    else chunks.length = 0;
  }
  if (size > maxBytes) return refused(413, `The request exceeds ${maxBytes} bytes`);
  return parseBody(Buffer.concat(chunks));
}

function parseBody(bytes: Buffer): Body {
  try {
    const json = JSON.parse(bytes.toString('utf8')) as JsonValue;
    if (withinBounds(json, bounds)) return { json, bytes: bytes.length };
    return refused(400, `The body is nested more than ${bounds.maxDepth} levels deep`);
  } catch {
    return refused(400, 'The body is no valid JSON');
  }
}

function refused(status: 400 | 413, reason: string): Body {
  return { json: null, bytes: 0, refused: { status, reason } };
}
