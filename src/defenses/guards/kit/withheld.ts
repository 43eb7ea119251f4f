import { toolKey } from '../../toolGuard.ts';
import type { Finding } from './flag.ts';
import type { OfferKind, OfferObjection, OfferPage, OfferRules } from './offers.ts';

/** Withheld items remembered per connection. */
const maxWithheld = 1000;

/** Rules by which what is withheld from a list cannot be used either, until it is listed without objection. */
export function withholding(
  inspect: (page: OfferPage) => readonly OfferObjection[],
  refusal: OfferRules['refusal'],
): OfferRules {
  const withheld = new Map<string, Pick<Finding, 'score' | 'reason'>>();
  const keyOf = ({ noun }: OfferKind, key: string): string => `${noun} ${toolKey(key)}`;
  return {
    inspect(page) {
      const objections = inspect(page);
      for (const { key } of page.items) withheld.delete(keyOf(page.kind, key));
      for (const { key, score, reason, remedy } of objections)
        if (remedy.kind === 'withhold' && withheld.size < maxWithheld)
          withheld.set(keyOf(page.kind, key), { score, reason });
      return objections;
    },
    judge: (kind, key) => withheld.get(keyOf(kind, key)),
    refusal,
  };
}
