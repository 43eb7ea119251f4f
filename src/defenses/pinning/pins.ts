import { canonicalJson, digest, type JsonValue } from '../../contracts/json.ts';
import {
  type OfferedItem,
  type OfferKind,
  type OfferObjection,
  type OfferPage,
  type OfferRules,
  offerKinds,
  theOffer,
} from '../guards/kit/offers.ts';
import { withholding } from '../guards/kit/withheld.ts';
import { toolKey } from '../toolGuard.ts';
import { diff } from './diff.ts';
import { approvedItems, type Trust } from './trust.ts';

/** Definitions of a kind pinned per connection; one beyond this number counts as added later. */
const maxPins = 1000;
/** Longest canonical definition that is kept to show a difference; of a longer one only the digest is. */
const maxKept = 20_000;

interface Pin {
  readonly digest: string;
  /** Absent when too long to keep. */
  readonly definition?: JsonValue;
}

/**
 * Definitions of all that one service lists, fixed at first sight (in the first listing of their kind) or by a
 * lockfile. Later listings are held against them. A pin stays when its item vanishes, so a definition cannot be
 * changed by taking the item away for a while.
 */
export function createPins(service: string, trust: Trust): OfferRules {
  const { locked } = trust;
  const pinned = new Map(offerKinds.map((kind) => [kind, createKindPins(kind, service, trust)]));
  return withholding(
    (page) => pinned.get(page.kind)?.(page) ?? [],
    ({ noun }) =>
      `The call was refused: this ${noun} is not as it was ${locked ? 'approved' : 'when it was first listed'}`,
  );
}

function createKindPins(
  kind: OfferKind,
  service: string,
  trust: Trust,
): (page: OfferPage) => readonly OfferObjection[] {
  const { locked, additions } = trust;
  const approved = locked ? approvedItems(locked, kind) : [];
  const pins = new Map(approved.map(({ key, definition }) => [toolKey(key), pinOf(definition)]));
  let seen = new Set<string>();
  let vanished = new Set<string>();
  let firstListing: 'not-begun' | 'open' | 'over' = locked ? 'over' : 'not-begun';
  const say = { kind, service, trust };

  const examine = (item: OfferedItem): OfferObjection | undefined => {
    const key = toolKey(item.key);
    seen.add(key);
    const pin = pins.get(key);
    const full = pins.size >= maxPins;
    if (pin === undefined) {
      const isAddition = firstListing === 'over' || full;
      if (!full && (!isAddition || additions === 'report')) pins.set(key, pinOf(item.definition));
      return isAddition ? added(item, say) : undefined;
    }
    const gone = vanished.delete(key);
    if (digest(item.definition) !== pin.digest) return changed(item, pin, say);
    return gone ? returned(item, say) : undefined;
  };

  return ({ items, first, last }) => {
    if (first) {
      // A listing that the service never ends does not keep first sight open.
      if (!locked) firstListing = firstListing === 'not-begun' ? 'open' : 'over';
      seen = new Set();
    }
    const objections = items.map(examine).filter((each) => each !== undefined);
    if (last) {
      firstListing = 'over';
      vanished = new Set([...(locked ? [] : pins.keys())].filter((key) => !seen.has(key)));
    }
    return objections;
  };
}

function pinOf(definition: JsonValue): Pin {
  const canonical = canonicalJson(definition);
  return {
    digest: digest(definition),
    ...(canonical.length <= maxKept && { definition }),
  };
}

interface Say {
  readonly kind: OfferKind;
  readonly service: string;
  readonly trust: Trust;
}

function added({ key, definition, path }: OfferedItem, { kind, service, trust }: Say): OfferObjection {
  return {
    key,
    remedy: { kind: trust.additions === 'withhold' ? 'withhold' : 'keep' },
    score: 1,
    reason: `${theOffer(kind, key, service)} was not there ${trust.before}`,
    spans: [{ path, text: canonicalJson(definition) }],
  };
}

function returned({ key, path }: OfferedItem, { kind, service }: Say): OfferObjection {
  return {
    key,
    remedy: { kind: 'keep' },
    score: 0.5,
    reason: `${theOffer(kind, key, service)} had vanished and is back as it was`,
    spans: [{ path, text: key }],
  };
}

function changed(item: OfferedItem, pin: Pin, { kind, service, trust }: Say): OfferObjection {
  const shown = pin.definition === undefined ? [] : diff(pin.definition, item.definition);
  const [first = { path: '', text: 'in a part too long to show' }, ...others] = shown;
  const more = others.length > 0 ? ` (and ${others.length} more fields)` : '';
  const restorable = trust.changes === 'restore' && pin.definition !== undefined;
  return {
    key: item.key,
    remedy: restorable ? { kind: 'replace', by: pin.definition } : { kind: 'withhold' },
    score: 1,
    reason: `${theOffer(kind, item.key, service)} has changed since ${trust.since}: ${first.path} ${first.text}${more}`,
    spans: [first, ...others].map(({ path, text }) => ({ path: item.path + path, text })),
  };
}
