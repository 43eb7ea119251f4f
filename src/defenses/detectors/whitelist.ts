import { z } from 'zod';
import type { Defense, DefenseScope, Span } from '../../contracts/defense.ts';
import {
  canonicalJson,
  digest,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '../../contracts/json.ts';
import { type Exchange, errorReply, type McpRequest, resultReply, type Tap } from '../../contracts/wire.ts';
import { readParameters } from '../parameters.ts';
import { boundedSpans, quote } from '../texts.ts';
import {
  guardTools,
  type ListedTool,
  type Objection,
  type ToolObjection,
  type ToolRules,
  theTool,
  toolKey,
} from '../toolGuard.ts';

/** What keeps a connection open, whoever the service is. Tools are judged one by one. */
const connectionMethods = new Set([
  'initialize',
  'server/discover',
  'ping',
  'subscriptions/listen',
  'logging/setLevel',
  'tools/list',
  'tools/call',
]);
const openings = new Set(['initialize', 'server/discover']);
const refusedCode = -32000;
/** Tools remembered per connection; one beyond them counts as not listed. */
const maxRemembered = 1000;

const parameters = z.strictObject({
  /**
   * Digests of approved definitions, by service and tool: SHA-256 of the definition's canonical JSON, in hex. For
   * a service named here, a tool without the right digest is not approved.
   */
  definitions: z
    .record(z.string(), z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/, 'Expected a SHA-256 in hex')))
    .default({}),
});
type Digests = ReadonlyMap<string, string>;

export const whitelist: Defense = {
  id: 'whitelist',
  title: 'Whitelist',
  description:
    'Only tools that the user approved, with the definitions that were approved, are listed and can be called; a service that is not approved gives the agent nothing to read.',
  kind: 'passive',
  modes: ['observe', 'enforce'],
  covers: ['services', 'tools', 'tool definitions'],
  source: 'The whitelist of passive defenses; least privilege at discovery and at call',
  create(scope) {
    const { definitions } = readParameters('whitelist', parameters, scope.parameters);
    const digests = new Map(
      Object.entries(definitions).map(([service, tools]) => [service, new Map(Object.entries(tools))]),
    );
    return { tap: (service) => createTap(service, scope, digests.get(service)) };
  },
};

function createTap(service: string, scope: DefenseScope, digests: Digests | undefined): Tap {
  const approved = scope.approved.find(({ name }) => name === service);
  const tools = new Set(approved?.tools);
  const why = approved ? 'is not among the approved tools' : 'belongs to a service that is not approved';
  const objection = (tool: string): Objection | undefined =>
    tools.has(tool) ? undefined : { score: 1, reason: `${theTool(tool, service)} ${why}` };
  const guard = guardTools(scope, digests ? byDefinition(service, objection, digests) : byName(objection));
  if (approved) return { name: 'whitelist', hostRequest: guard };
  const closed = closeService(service, scope);
  return {
    name: 'whitelist',
    hostRequest: (next) => guard(closed.hostRequest(next)),
    serviceRequest: closed.serviceRequest,
  };
}

const refusal = 'The call was refused: this tool is not approved';

type ByName = (tool: string) => Objection | undefined;

function byName(objection: ByName): ToolRules {
  return {
    inspect: ({ tools }) =>
      tools.flatMap((tool) => {
        const found = objection(tool.name);
        return found ? [withheld(tool, found)] : [];
      }),
    refusal,
    judge: objection,
  };
}

function withheld({ name, path }: ListedTool, objection: Objection): ToolObjection {
  return { ...objection, tool: name, withhold: true, spans: [{ path: `${path}/name`, text: name }] };
}

/** As by name, and a tool must have been listed with the approved definition before it can be called. */
function byDefinition(service: string, objection: ByName, digests: Digests): ToolRules {
  const good = new Set<string>();
  return {
    inspect({ tools, first }) {
      if (first) good.clear();
      // Of two tools with one name, neither is the approved one for certain.
      const bad = new Set<string>();
      const objections = tools.flatMap((tool) => {
        const found = objection(tool.name) ?? otherDefinition(service, tool, digests);
        if (!found) {
          if (good.size < maxRemembered) good.add(toolKey(tool.name));
          return [];
        }
        bad.add(toolKey(tool.name));
        return [withheld(tool, found)];
      });
      for (const key of bad) good.delete(key);
      return objections;
    },
    refusal,
    judge: (tool) =>
      objection(tool) ??
      (good.has(toolKey(tool))
        ? undefined
        : { score: 1, reason: `${theTool(tool, service)} was not listed with its approved definition` }),
  };
}

function otherDefinition(service: string, tool: ListedTool, digests: Digests): Objection | undefined {
  const is = digest(tool.definition);
  const approved = digests.get(tool.name);
  if (is === approved) return undefined;
  const want = approved === undefined ? 'none is approved' : `approved is ${approved}`;
  return {
    score: 1,
    reason: `${theTool(tool.name, service)} has a definition with the digest ${is}; ${want}`,
  };
}

/** Keeps everything but tools of a service that is not approved from the agent, and its requests from the host. */
function closeService(
  service: string,
  scope: DefenseScope,
): Required<Pick<Tap, 'hostRequest' | 'serviceRequest'>> {
  const enforce = scope.mode === 'enforce';
  const report = (
    request: McpRequest,
    action: 'block' | 'redact',
    what: string,
    spans: readonly Span[],
  ): void =>
    scope.report({
      action: enforce ? action : 'allow',
      score: 1,
      reason: `${what} of ${service}, a service that is not approved`,
      spans: boundedSpans(spans),
      message: request.id,
    });
  const refuse =
    (next: Exchange): Exchange =>
    (request, context) => {
      if (connectionMethods.has(request.method)) return next(request, context);
      report(request, 'block', quote(request.method), [
        { path: '', text: canonicalJson(request.params ?? {}) },
      ]);
      return enforce
        ? Promise.resolve(errorReply(refusedCode, `${service} is not approved`))
        : next(request, context);
    };
  return {
    hostRequest: (next) => {
      const pass = refuse(next);
      return async (request, context) => {
        const reply = await pass(request, context);
        if (!openings.has(request.method) || reply.kind !== 'result') return reply;
        const words = wordsOf(reply.result, service);
        if (words.length === 0) return reply;
        const what = words.map(({ path }) => path.slice(1)).join(' and ');
        report(request, 'redact', what, words);
        return enforce ? resultReply(withoutWords(reply.result, service)) : reply;
      };
    },
    serviceRequest: refuse,
  };
}

/** Where a service of the 2026 era names itself. */
const identityKey = 'io.modelcontextprotocol/serverInfo';

/** What an opening tells the agent besides facts about the protocol: instructions, and names of the service's choosing. */
function wordsOf({ instructions, serverInfo, _meta }: JsonObject, service: string): Span[] {
  const named = isJsonObject(_meta) ? _meta[identityKey] : undefined;
  return Object.entries({ instructions, serverInfo, _meta: named }).flatMap(([member, value]) =>
    value === undefined || isPlainIdentity(value, service)
      ? []
      : [{ path: `/${member}`, text: canonicalJson(value) }],
  );
}

/** Whether an identity says no more than the name that the user has given the service, and a version. */
function isPlainIdentity(value: JsonValue, service: string): boolean {
  if (!isJsonObject(value)) return false;
  const { name, version, ...rest } = value;
  const plain = typeof version === 'string' && /^[\w.+-]{1,40}$/.test(version);
  return name === service && plain && Object.keys(rest).length === 0;
}

function withoutWords(result: JsonObject, service: string): JsonObject {
  const { instructions: _, ...rest } = result;
  const identity = { name: service, version: '0' };
  const meta = rest['_meta'];
  return {
    ...rest,
    ...(rest['serverInfo'] !== undefined && { serverInfo: identity }),
    ...(isJsonObject(meta) &&
      meta[identityKey] !== undefined && { _meta: { ...meta, [identityKey]: identity } }),
  };
}
