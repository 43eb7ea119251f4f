import type { DefenseScope, Span } from '../../../contracts/defense.ts';
import { canonicalJson, type JsonObject, type JsonValue } from '../../../contracts/json.ts';
import { type McpRequest, resultReply } from '../../../contracts/wire.ts';
import { flag } from '../kit/flag.ts';
import { kindListedBy, type OfferKind } from '../kit/offers.ts';
import type { Step } from '../kit/steps.ts';

/** Undoes hints for caching that the specification forbids, or that would keep a result for too long (2026 era). */
export function guardCaching(service: string, scope: DefenseScope, maxTtlMs: number): Step {
  const scopes = new Map<OfferKind, JsonValue | undefined>();
  const problem = (request: McpRequest, { ttlMs, cacheScope }: JsonObject): [string, Span] | undefined => {
    const about = (member: string, value: JsonValue | undefined, what: string): [string, Span] => [
      what,
      { path: `/${member}`, text: canonicalJson(value ?? null) },
    ];
    if (ttlMs !== undefined && !(typeof ttlMs === 'number' && Number.isFinite(ttlMs) && ttlMs >= 0))
      return about('ttlMs', ttlMs, 'no time in milliseconds');
    if (typeof ttlMs === 'number' && ttlMs > maxTtlMs)
      return about('ttlMs', ttlMs, `a result to be kept for longer than ${maxTtlMs} ms`);
    if (cacheScope !== undefined && cacheScope !== 'public' && cacheScope !== 'private')
      return about('cacheScope', cacheScope, 'a scope that does not exist');
    if (isRetry(request) && typeof ttlMs === 'number' && ttlMs > 0)
      return about('ttlMs', ttlMs, 'the result of a retry to be kept, which no retry may be');
    const kind = kindListedBy(request);
    if (kind === undefined) return undefined;
    if (request.params?.['cursor'] === undefined) scopes.set(kind, cacheScope);
    return scopes.get(kind) === cacheScope
      ? undefined
      : about('cacheScope', cacheScope, 'another scope than that of the first page');
  };
  return (next) => async (request, context) => {
    const reply = await next(request, context);
    if (reply.kind !== 'result' || context.era !== '2026') return reply;
    const found = problem(request, reply.result);
    if (found === undefined) return reply;
    const [what, span] = found;
    const reason = `${service} gives a wrong hint for caching: ${what}`;
    return flag(scope, { score: 0.8, reason, spans: [span] }, request.id, 'redact')
      ? resultReply({ ...reply.result, ttlMs: 0, cacheScope: 'private' })
      : reply;
  };
}

/** Whether a request brings answers to questions. */
export function isRetry({ params }: McpRequest): boolean {
  return params?.['inputResponses'] !== undefined || params?.['requestState'] !== undefined;
}
