import { digest, isJsonObject, type JsonObject } from '../../../contracts/json.ts';
import type { McpRequest, WireContext } from '../../../contracts/wire.ts';
import { toolKey } from '../../toolGuard.ts';
import { itemsIn, type OfferedItem, type OfferKind, type OfferPage } from '../kit/offers.ts';
import { within } from '../kit/timing.ts';

/** A whole list: the digest of each item's definition, by key. */
export type Listing = ReadonlyMap<string, string>;

const maxPages = 8;
const maxItems = 2000;

function addTo(listing: Map<string, string>, items: readonly OfferedItem[]): boolean {
  if (listing.size + items.length > maxItems) return false;
  for (const { key, definition } of items) listing.set(toolKey(key), digest(definition));
  return true;
}

/** Puts the pages of the host's own listings together. */
export interface Collector {
  /** @returns the list, with its last page; undefined before that, or when it is too long */
  add(page: OfferPage): Listing | undefined;
}

export function createCollector(): Collector {
  const lists = new Map<OfferKind, Map<string, string>>();
  return {
    add({ kind, items, first, last }) {
      const sofar = first ? new Map<string, string>() : lists.get(kind);
      if (sofar === undefined || !addTo(sofar, items)) {
        lists.delete(kind);
        return undefined;
      }
      lists.set(kind, sofar);
      return last ? sofar : undefined;
    },
  };
}

/** Keys of `_meta` by which each request of the 2026 era names its caller. */
const ownMeta = 'io.modelcontextprotocol/';
const clientInfoKey = `${ownMeta}clientInfo`;
/** A caller as reviewers have it, who has no user. */
const neutralCaller = { name: 'mcp-inspector', version: '1.0.0' };

/** What a listing of the defense's own says of the caller, after a request of the host. */
export function probeMeta({ params }: McpRequest, caller: 'same' | 'neutral'): JsonObject | undefined {
  const meta = params?.['_meta'];
  if (!isJsonObject(meta)) return undefined;
  const own = Object.entries(meta).filter(([key]) => key.startsWith(ownMeta));
  return { ...Object.fromEntries(own), ...(caller === 'neutral' && { [clientInfoKey]: neutralCaller }) };
}

export interface Probe {
  readonly context: WireContext;
  readonly kind: OfferKind;
  readonly meta: JsonObject | undefined;
  readonly milliseconds: number;
}

/** Lists by a request of the defense's own. `failed`: no whole list came in time. */
export async function probe({ context, kind, meta, milliseconds }: Probe): Promise<Listing | 'failed'> {
  const listing = new Map<string, string>();
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const params = { ...(cursor !== undefined && { cursor }), ...(meta && { _meta: meta }) };
    const reply = await within(context.request('to-service', kind.list, params), milliseconds);
    if (reply === 'late' || reply.kind !== 'result') return 'failed';
    if (!addTo(listing, itemsIn(reply.result, kind))) return 'failed';
    const { nextCursor } = reply.result;
    if (typeof nextCursor !== 'string') return listing;
    cursor = nextCursor;
  }
  return 'failed';
}

/** Keys whose definitions differ, or that only one of the two lists has. */
export function differences(one: Listing, other: Listing): readonly string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((key) => one.get(key) !== other.get(key));
}
