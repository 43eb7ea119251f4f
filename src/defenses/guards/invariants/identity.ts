import type { DefenseScope } from '../../../contracts/defense.ts';
import type { JsonValue } from '../../../contracts/json.ts';
import { resultReply } from '../../../contracts/wire.ts';
import { flag } from '../kit/flag.ts';
import { comparable, identityIn, withIdentity } from '../kit/identity.ts';
import type { Step } from '../kit/steps.ts';

/** Holds the name that a service gives itself in its results against the first one. */
export function guardIdentity(service: string, scope: DefenseScope): Step {
  let first: { readonly value: JsonValue; readonly as: string } | undefined;
  return (next) => async (request, context) => {
    const reply = await next(request, context);
    const stated = reply.kind === 'result' ? identityIn(request, reply.result) : undefined;
    if (reply.kind !== 'result' || stated === undefined) return reply;
    const as = comparable(stated.value);
    first ??= { value: stated.value, as };
    if (first.as === as) return reply;
    const reason = `${service} gives itself another identity than before`;
    const spans = [{ path: stated.path, text: as.slice(0, 400) }];
    return flag(scope, { score: 1, reason, spans }, request.id, 'redact')
      ? resultReply(withIdentity(request, reply.result, first.value))
      : reply;
  };
}
