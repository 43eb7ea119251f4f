import type { ServiceInfo } from '../../../contracts/service.ts';
import type { OfferKind } from '../kit/offers.ts';

/** Names remembered per service; a service of more cannot claim the others. */
const maxNames = 2000;

/** Who holds a name. */
export interface Holder {
  readonly service: string;
  readonly name: string;
}

/** The names of all services of an episode, and which service may use one that several want. */
export interface NameDirectory {
  /**
   * Another service with the better claim to `name`, or to one that is equal after folding: a service whose tool the
   * user has approved, else the one that listed it first. Undefined when the name is free, and then it is claimed.
   */
  rival(service: string, kind: OfferKind, name: string): Holder | undefined;
}

/** @param fold gives names that count as equal the same text */
export function createDirectory(
  approved: readonly ServiceInfo[],
  fold: (name: string) => string,
): NameDirectory {
  const claims = new Map<string, Holder>();
  const counts = new Map<string, number>();
  const keyOf = ({ noun }: OfferKind, name: string): string => `${noun} ${fold(name)}`;
  const approvedTools = new Map<string, Holder[]>();
  for (const { name: service, tools } of approved)
    for (const name of tools) {
      const key = `tool ${fold(name)}`;
      approvedTools.set(key, [...(approvedTools.get(key) ?? []), { service, name }]);
    }
  return {
    rival(service, kind, name) {
      const key = keyOf(kind, name);
      const holders = approvedTools.get(key) ?? [];
      if (holders.some((each) => each.service === service && each.name === name)) return undefined;
      const favored = holders.find((each) => each.service !== service);
      if (favored) return favored;
      const first = claims.get(key);
      if (first) return first.service === service ? undefined : first;
      const count = counts.get(service) ?? 0;
      if (count >= maxNames) return undefined;
      counts.set(service, count + 1);
      claims.set(key, { service, name });
      return undefined;
    },
  };
}
