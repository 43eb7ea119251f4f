import type { AttackPart, Deliver, Payload, Vector, VectorInstance } from '../../../contracts/attack.ts';
import type { JsonObject } from '../../../contracts/json.ts';
import type { Rng } from '../../../contracts/seed.ts';
import { keepWorking } from './keepWorking.ts';
import { inPieces } from './pieces.ts';
import { isListing, poisonTap } from './poison.ts';
import { createSeated } from './seated.ts';

/** Puts a payload into a `tools/list` result; undefined where there is no place for it. */
export type ListingPoison = (result: JsonObject, payload: Payload) => JsonObject | undefined;

export interface ListingFacts extends AttackPart, Partial<Pick<Vector, 'group' | 'eras'>> {
  /** Greatest number of pieces that go to places of their own; the payload stays in one if absent. */
  readonly mostPieces?: number;
}

/**
 * The payload stands in the tool list of a service that the task needs, each time the list is read from its start.
 * @param begin draws what stays the same for an episode
 */
export function createListingVector(
  { mostPieces, ...facts }: ListingFacts,
  begin: (rng: Rng) => ListingPoison,
): Vector {
  const places = mostPieces === undefined ? 'one' : 'several';
  return createSeated({ group: 'metadata', ...facts, places }, ({ rng }) => {
    const tap = listingTap(facts.id, begin(rng));
    if (mostPieces === undefined) return { tap };
    const count = rng.int(2, mostPieces);
    return { tap, shape: (payload) => inPieces(payload, count) };
  });
}

/** The tap that poisons listings, and keeps from the service what it does not know of them. */
export function listingTap(id: string, poison: ListingPoison): VectorInstance['tap'] {
  return (payload, deliver) =>
    keepWorking(
      poisonTap(id, everyPart(payload, deliver), (request, result) =>
        isListing(request) ? poison(result, payload) : undefined,
      ),
    );
}

/** Reports a message that holds all parts of the payload. */
function everyPart({ parts = [''] }: Payload, deliver: Deliver): Deliver {
  return (message) => {
    for (const part of parts.keys()) deliver(message, part);
  };
}

/** Each part as something to be put into a place; the whole payload where it is in one piece. */
export function partsOf(payload: Payload): readonly Payload[] {
  return payload.parts?.map((text) => ({ text, literals: [] })) ?? [payload];
}
