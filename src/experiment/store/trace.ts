import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { EpisodeEvent } from '../../contracts/events.ts';
import { isJsonObject } from '../../contracts/json.ts';
import { traceDictionary } from './traceDictionary.ts';

/** A large reply that is kept once for all traces. */
export interface SharedReply {
  /** SHA-256 of the reply's JSON. */
  readonly hash: Uint8Array;
  readonly data: Uint8Array;
}

export interface PackedTrace {
  readonly data: Uint8Array;
  readonly shared: readonly SharedReply[];
}

/** First byte of a packed trace: which dictionary and layout it has. */
const layout = 1;
/** Replies from this length of JSON on are shared; mostly lists of tools, which repeat in every episode. */
const sharedFrom = 1_000;
const replyMembers = ['reply', 'hostReply'] as const;

/** What stands in a packed trace in place of a shared reply. A real reply has a `kind`, so the two never mix. */
interface Reference {
  readonly shared: string;
}

/**
 * Compresses events for storage.
 * @param isKnown whether the reply with this hash (base64) is stored already, so that it need not be packed
 */
export function packTrace(events: readonly EpisodeEvent[], isKnown: (hash: string) => boolean): PackedTrace {
  const shared = new Map<string, SharedReply>();
  const refer = (reply: unknown): Reference | undefined => {
    const json = JSON.stringify(reply);
    if (json.length < sharedFrom) return undefined;
    const hash = createHash('sha256').update(json).digest();
    const name = hash.toString('base64');
    if (!isKnown(name) && !shared.has(name)) shared.set(name, { hash, data: deflateRawSync(json) });
    return { shared: name };
  };
  const lean = events.map((event) => {
    if (event.type !== 'exchange') return event;
    const copy: Record<string, unknown> = { ...event };
    for (const member of replyMembers) {
      const reference = event[member] && refer(event[member]);
      if (reference) copy[member] = reference;
    }
    return copy;
  });
  const body = deflateRawSync(JSON.stringify(lean), { dictionary: traceDictionary });
  return { data: Buffer.concat([Uint8Array.of(layout), body]), shared: [...shared.values()] };
}

/** Hashes (base64) of the shared replies that a packed trace refers to. @throws Error when the bytes are damaged */
export function sharedIn(data: Uint8Array): readonly string[] {
  return eventsIn(data)
    .filter(isJsonObject)
    .flatMap(placesIn)
    .map(({ hash }) => hash);
}

/** Loads the packed replies with these hashes (base64), by hash. */
export type LoadShared = (hashes: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>;

/**
 * Undoes {@link packTrace}. What comes back has yet to be validated.
 * @throws Error when the bytes are damaged or a shared reply is missing
 */
export async function unpackTrace(data: Uint8Array, load: LoadShared): Promise<unknown> {
  const events = eventsIn(data);
  const places = events.filter(isJsonObject).flatMap(placesIn);
  if (places.length === 0) return events;
  const replies = await load([...new Set(places.map(({ hash }) => hash))]);
  for (const { holder, member, hash } of places) {
    const packed = replies.get(hash);
    if (packed === undefined) throw new Error(`The shared reply ${hash} is missing`);
    holder[member] = parse(inflateRawSync(packed));
  }
  return events;
}

/** The events of a packed trace, with references in place of shared replies. */
function eventsIn(data: Uint8Array): unknown[] {
  if (data[0] !== layout) throw new Error(`The trace has the unknown layout ${String(data[0])}`);
  const events = parse(inflateRawSync(data.subarray(1), { dictionary: traceDictionary }));
  if (!Array.isArray(events)) throw new Error('The trace is no list of events');
  return events;
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly member: string;
  readonly hash: string;
}

function placesIn(event: Record<string, unknown>): Place[] {
  return replyMembers.flatMap((member) => {
    const reply = event[member];
    if (!isJsonObject(reply) || typeof reply['shared'] !== 'string') return [];
    return [{ holder: event, member, hash: reply['shared'] }];
  });
}

function parse(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
}
