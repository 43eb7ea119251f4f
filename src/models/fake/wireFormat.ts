import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import type { FakeReply } from './reply.ts';
import type { FakeFormat, FakeTurn } from './turn.ts';

/** A provider's wire format: reads its requests, writes its replies and its errors. */
export interface WireFormat {
  readonly id: FakeFormat;
  /** Whether a POST to this path is its business. */
  serves(path: string): boolean;
  /** @throws ZodError or {@link BadRequest} when the provider would answer 400 */
  read(url: URL, body: JsonValue): Reading;
  /** The body of an error. */
  failure(failure: Failure): JsonObject;
}

/** A request that was understood, with the way to answer it. */
export interface Reading {
  readonly turn: Pick<FakeTurn, 'model' | 'messages' | 'tools' | 'mustCall' | 'schema' | 'stream'>;
  answer(reply: FakeReply): Answer;
}

/** A body in the pieces in which it is sent. */
export interface Answer {
  readonly contentType: string;
  readonly pieces: readonly string[];
}

export interface Failure {
  readonly status: number;
  readonly message: string;
  readonly n: number;
  /** Seconds. */
  readonly retryAfter?: number;
}

/** A request that is well formed and still refused. */
export class BadRequest extends Error {
  readonly status: 400 | 404;

  constructor(message: string, status: 400 | 404 = 400) {
    super(message);
    this.status = status;
  }
}

export function jsonAnswer(body: JsonValue): Answer {
  return { contentType: 'application/json', pieces: [JSON.stringify(body)] };
}

/** Server-sent events, each with its data alone. */
export function eventAnswer(events: readonly (JsonObject | '[DONE]')[]): Answer {
  return {
    contentType: 'text/event-stream',
    pieces: events.map((event) => `data: ${event === '[DONE]' ? event : JSON.stringify(event)}\n\n`),
  };
}

/** Server-sent events that carry their `type` as the event's name too. */
export function namedEventAnswer(events: readonly (JsonObject & { readonly type: string })[]): Answer {
  return {
    contentType: 'text/event-stream',
    pieces: events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
  };
}

const shortestPiece = 12;
const mostPieces = 64;

/** Cuts a text as a stream brings it; never within a character. */
export function piecesOf(text: string): string[] {
  const characters = Array.from(text);
  const length = Math.max(shortestPiece, Math.ceil(characters.length / mostPieces));
  return Array.from({ length: Math.ceil(characters.length / length) }, (_, place) =>
    characters.slice(place * length, (place + 1) * length).join(''),
  );
}
