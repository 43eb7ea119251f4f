import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { unpacked } from '../../../contracts/packing.ts';

/** Largest request, and how much is kept of an answer, in bytes. */
export const maxBytes = 32_000_000;

/** A request's body as it goes on. */
export interface Body {
  readonly bytes: Buffer;
  /** What it is still packed with. */
  readonly encoding?: string;
}

/** Why a request does not go on. */
export interface Refusal {
  readonly status: 400 | 413 | 415;
  readonly message: string;
}

/** @param unpack whether its text has to be read here */
export async function bodyOf(request: IncomingMessage, unpack: boolean): Promise<Body | Refusal> {
  const bytes = await bytesOf(request);
  if (bytes === undefined) {
    // Whoever sends more than is read does not come to hear the answer.
    request.resume();
    return tooLarge;
  }
  const encoding = request.headers['content-encoding'];
  if (!unpack || encoding === undefined) return { bytes, ...(encoding !== undefined && { encoding }) };
  const plain = unpacked(Readable.from([bytes]), encoding);
  if (!plain) return { status: 415, message: 'The body has to be plain, or gzip, br or deflate' };
  try {
    const text = await bytesOf(plain);
    return text ? { bytes: text } : tooLarge;
  } catch {
    return { status: 400, message: 'The body is not packed as its content-encoding says' };
  } finally {
    plain.destroy();
  }
}

const tooLarge: Refusal = { status: 413, message: `The request is larger than ${maxBytes} bytes` };

/** Undefined for more than {@link maxBytes}; the stream stays open then. */
export async function bytesOf(stream: Readable): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBytes) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
