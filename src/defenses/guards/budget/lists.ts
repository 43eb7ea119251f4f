import type { JsonObject, JsonValue } from '../../../contracts/json.ts';
import { resultReply } from '../../../contracts/wire.ts';
import { itemsIn, kindListedBy, type OfferedItem, type OfferKind, toolKind } from '../kit/offers.ts';
import type { Step } from '../kit/steps.ts';
import { type Account, overBudget } from './limits.ts';

interface Listed {
  readonly pages: number;
  readonly items: number;
}

/** Cuts lists that are too long down to what the user has approved. */
export function guardLists(account: Account): Step {
  const { service, limits } = account;
  const sofar = new Map<OfferKind, Listed>();
  const excess = ({ noun }: OfferKind, { pages, items }: Listed): string | undefined => {
    if (pages > limits.pages) return `more than ${limits.pages} pages of ${noun}s of ${service}`;
    return items > limits.items ? `more than ${limits.items} ${noun}s of ${service}` : undefined;
  };
  return (next) => async (request, context) => {
    const reply = await next(request, context);
    const kind = kindListedBy(request);
    if (kind === undefined || reply.kind !== 'result') return reply;
    const isFirst = request.params?.['cursor'] === undefined;
    const { pages, items } = (isFirst ? undefined : sofar.get(kind)) ?? { pages: 0, items: 0 };
    const page = itemsIn(reply.result, kind);
    const now = { pages: pages + 1, items: items + page.length };
    sofar.set(kind, now);
    const what = excess(kind, now);
    if (what === undefined) return reply;
    const span = { path: `/${kind.member}`, text: `${now.items} items on ${now.pages} pages` };
    return overBudget(account, request.id, { what, span, action: 'redact' })
      ? resultReply(cut(reply.result, kind, approvedAmong(page, kind, account)))
      : reply;
  };
}

/** The page as the last one of its list, with these items only. */
export function cut(result: JsonObject, { member }: OfferKind, items: readonly JsonValue[]): JsonObject {
  const { nextCursor: _, ...rest } = result;
  return { ...rest, [member]: items };
}

/** The tools that the user has approved; of everything else none. */
export function approvedAmong(
  page: readonly OfferedItem[],
  kind: OfferKind,
  { service, scope }: Account,
): readonly JsonValue[] {
  const approved = new Set(scope.approved.find(({ name }) => name === service)?.tools);
  const seen = new Set<string>();
  return page.flatMap(({ key, definition }) => {
    if (kind !== toolKind || !approved.has(key) || seen.has(key)) return [];
    seen.add(key);
    return [definition];
  });
}
