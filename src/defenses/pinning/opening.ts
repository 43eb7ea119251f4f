import type { DefenseScope } from '../../contracts/defense.ts';
import type { JsonValue } from '../../contracts/json.ts';
import { type McpReply, type McpRequest, resultReply } from '../../contracts/wire.ts';
import { flag } from '../guards/kit/flag.ts';
import { comparable, identityIn, isOpening, withIdentity } from '../guards/kit/identity.ts';
import type { Step } from '../guards/kit/steps.ts';
import { clip } from '../texts.ts';
import { describeChange } from './diff.ts';
import type { Trust } from './trust.ts';

/** Longest value that is held against later ones word by word. */
const maxKept = 20_000;

/** What a service said of itself; undefined as long as it is not known. */
type Pin = { readonly value: JsonValue | undefined } | undefined;

/** Holds what a service says of itself against first sight or a lockfile: instructions, and identity in any result. */
export function createOpeningPins(service: string, scope: DefenseScope, trust: Trust): Step {
  const { locked, since } = trust;
  let instructions: Pin = locked && { value: locked.instructions?.definition };
  let identity: Pin = locked && { value: locked.identity?.definition };
  const say = (what: string, was: JsonValue | undefined, is: JsonValue | undefined, path: string) => {
    const change = describeChange(clip(comparable(was), maxKept), clip(comparable(is), maxKept));
    const reason = `the ${what} of ${service} ${what === 'identity' ? 'has' : 'have'} changed since ${since}: ${change}`;
    return { score: 1, reason, spans: [{ path, text: change }] };
  };
  const ofInstructions = (request: McpRequest, reply: McpReply): McpReply => {
    if (reply.kind !== 'result' || !isOpening(request)) return reply;
    const { instructions: is, ...rest } = reply.result;
    instructions ??= { value: is };
    const was = instructions.value;
    if (comparable(was) === comparable(is)) return reply;
    if (!flag(scope, say('instructions', was, is, '/instructions'), request.id, 'redact')) return reply;
    return resultReply(was === undefined ? rest : { ...rest, instructions: was });
  };
  const ofIdentity = (request: McpRequest, reply: McpReply): McpReply => {
    const stated = reply.kind === 'result' ? identityIn(request, reply.result) : undefined;
    if (reply.kind !== 'result' || stated === undefined) return reply;
    identity ??= { value: stated.value };
    const was = identity.value;
    if (comparable(was) === comparable(stated.value)) return reply;
    if (!flag(scope, say('identity', was, stated.value, stated.path), request.id, 'redact')) return reply;
    return resultReply(withIdentity(request, reply.result, was ?? unnamed(service)));
  };
  return (next) => async (request, context) =>
    ofInstructions(request, ofIdentity(request, await next(request, context)));
}

/** For a service whose approved form has no identity: hosts demand one. */
function unnamed(service: string): JsonValue {
  return { name: service, version: '0' };
}
