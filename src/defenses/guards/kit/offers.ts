import type { DefenseScope } from '../../../contracts/defense.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../contracts/json.ts';
import {
  type Exchange,
  type McpReply,
  type McpRequest,
  resultReply,
  type WireContext,
} from '../../../contracts/wire.ts';
import { quote, summarize } from '../../texts.ts';
import { type Finding, flag, note, refusal } from './flag.ts';

/** A kind of thing that services list (MCP specification, server/tools, prompts, resources). */
export interface OfferKind {
  readonly noun: 'tool' | 'prompt' | 'resource' | 'resource template';
  /** The method that lists it, and the member of its result with the items. */
  readonly list: string;
  readonly member: string;
  /** The member of an item by which it is named. */
  readonly key: 'name' | 'uri' | 'uriTemplate';
  /** The method that uses an item, naming it in its parameter {@link key}. */
  readonly use?: string;
}

export const toolKind = {
  noun: 'tool',
  list: 'tools/list',
  member: 'tools',
  key: 'name',
  use: 'tools/call',
} as const satisfies OfferKind;
export const promptKind = {
  noun: 'prompt',
  list: 'prompts/list',
  member: 'prompts',
  key: 'name',
  use: 'prompts/get',
} as const satisfies OfferKind;
export const resourceKind = {
  noun: 'resource',
  list: 'resources/list',
  member: 'resources',
  key: 'uri',
  use: 'resources/read',
} as const satisfies OfferKind;
export const templateKind = {
  noun: 'resource template',
  list: 'resources/templates/list',
  member: 'resourceTemplates',
  key: 'uriTemplate',
} as const satisfies OfferKind;

export const offerKinds: readonly OfferKind[] = [toolKind, promptKind, resourceKind, templateKind];

/** One entry of a list; whatever has no readable key has the empty one. */
export interface OfferedItem {
  readonly key: string;
  readonly definition: JsonValue;
  /** JSON pointer into the result. */
  readonly path: string;
}

/** One page of a list. */
export interface OfferPage {
  readonly kind: OfferKind;
  readonly items: readonly OfferedItem[];
  /** Whether a listing begins with this page. */
  readonly first: boolean;
  /** Whether no page follows. */
  readonly last: boolean;
}

/** What is wrong with a listed item. */
export interface OfferObjection extends Finding {
  readonly key: string;
  /** `keep`: reported and nevertheless shown. `replace`: `by` is shown in its place. */
  readonly remedy:
    | { readonly kind: 'keep' | 'withhold' }
    | { readonly kind: 'replace'; readonly by: JsonValue };
}

/** What a defense thinks of the things that a service offers. */
export interface OfferRules {
  inspect(page: OfferPage): readonly OfferObjection[];
  /** Why an item may not be used; undefined when it may. */
  judge(kind: OfferKind, key: string): Pick<Finding, 'score' | 'reason'> | undefined;
  /** What the agent is told about a use that was refused. Not the objection, which may quote the service. */
  refusal(kind: OfferKind): string;
}

/** The step on a wire that keeps listed things, and their use, from the agent as `rules` say. */
export function guardOffers(scope: DefenseScope, rules: OfferRules): (next: Exchange) => Exchange {
  const listed = (request: McpRequest, reply: McpReply, result: JsonObject, kind: OfferKind): McpReply => {
    const objections = rules.inspect(pageOf(request, result, kind));
    if (objections.length === 0) return reply;
    const finding = {
      score: objections.reduce((highest, { score }) => Math.max(highest, score), 0),
      reason: summarize(objections.map(({ reason }) => reason)),
      spans: objections.slice(0, 100).flatMap(({ spans }) => spans),
    };
    const acting = objections.filter(({ remedy }) => remedy.kind !== 'keep');
    if (acting.length === 0) {
      note(scope, finding, request.id);
      return reply;
    }
    return flag(scope, finding, request.id, 'redact') ? resultReply(remedied(result, kind, acting)) : reply;
  };
  return (next) => async (request, context) => {
    const used = usedOffer(request);
    const objection = used && rules.judge(used.kind, used.key);
    if (used && objection) {
      const spans = [{ path: used.path, text: used.key }];
      if (flag(scope, { ...objection, spans }, request.id, 'block'))
        return refusal(request, context, rules.refusal(used.kind));
    }
    const reply = await next(request, context);
    const kind = kindListedBy(request);
    return kind && reply.kind === 'result' ? listed(request, reply, reply.result, kind) : reply;
  };
}

/** The kind of thing that a request lists. */
export function kindListedBy({ method }: McpRequest): OfferKind | undefined {
  return offerKinds.find(({ list }) => list === method);
}

interface UsedOffer {
  readonly kind: OfferKind;
  readonly key: string;
  readonly path: string;
}

/** What a request uses: a call, a prompt, a resource, or a completion for one of the last two. */
function usedOffer({ method, params }: McpRequest): UsedOffer | undefined {
  if (method === 'completion/complete') {
    const ref = params?.['ref'];
    if (!isJsonObject(ref)) return undefined;
    return ref['type'] === 'ref/prompt'
      ? { kind: promptKind, key: stringIn(ref['name']), path: '/ref/name' }
      : { kind: templateKind, key: stringIn(ref['uri']), path: '/ref/uri' };
  }
  const kind = offerKinds.find(({ use }) => use === method);
  return kind && { kind, key: stringIn(params?.[kind.key]), path: `/${kind.key}` };
}

function pageOf({ params }: McpRequest, result: JsonObject, kind: OfferKind): OfferPage {
  return {
    kind,
    items: itemsIn(result, kind),
    first: params?.['cursor'] === undefined,
    last: typeof result['nextCursor'] !== 'string',
  };
}

/** A list of nothing: a host that gets an error for a list gives up on the service. */
export function emptyList({ member }: OfferKind, { era }: Pick<WireContext, 'era'>): McpReply {
  const modern = { resultType: 'complete', ttlMs: 0, cacheScope: 'private' };
  return resultReply({ ...(era === '2026' && modern), [member]: [] });
}

/** The entries of a list's page. */
export function itemsIn(result: JsonObject, { member, key }: OfferKind): readonly OfferedItem[] {
  const items = result[member];
  if (!Array.isArray(items)) return [];
  return items.map((definition: JsonValue, index) => ({
    key: isJsonObject(definition) ? stringIn(definition[key]) : '',
    definition,
    path: `/${member}/${index}`,
  }));
}

function remedied(result: JsonObject, kind: OfferKind, objections: readonly OfferObjection[]): JsonObject {
  const remedies = new Map(objections.map(({ key, remedy }) => [key, remedy]));
  // Of two objections to one item, withholding it wins.
  for (const { key, remedy } of objections) if (remedy.kind === 'withhold') remedies.set(key, remedy);
  const items = itemsIn(result, kind).flatMap(({ key, definition }) => {
    const remedy = remedies.get(key);
    if (remedy === undefined || remedy.kind === 'keep') return [definition];
    return remedy.kind === 'replace' ? [remedy.by] : [];
  });
  return { ...result, [kind.member]: items };
}

/** A string as it is, anything else as the empty string. */
export function stringIn(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** A listed thing for use in a sentence. */
export function theOffer({ noun }: OfferKind, key: string, service: string): string {
  return `the ${noun} ${quote(key)} of ${service}`;
}
