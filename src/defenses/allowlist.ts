import type { Defense, DefenseScope, Span } from '../contracts/defense.ts';
import { canonicalJson } from '../contracts/json.ts';
import { type Exchange, errorReply, type McpRequest, resultReply, type Tap } from '../contracts/wire.ts';
import { noParameters, readParameters } from './parameters.ts';
import { boundedSpans, quote } from './texts.ts';
import { guardTools, theTool } from './toolGuard.ts';

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

export const allowlist: Defense = {
  id: 'allowlist',
  title: 'Allowlist',
  description:
    'Only tools that the user approved are listed and can be called; a service that is not approved gives the agent nothing to read.',
  kind: 'passive',
  modes: ['observe', 'enforce'],
  source: 'The whitelist of passive defenses; least privilege at discovery and at call',
  create(scope) {
    readParameters('allowlist', noParameters, scope.parameters);
    return { tap: (service) => createTap(service, scope) };
  },
};

function createTap(service: string, scope: DefenseScope): Tap {
  const approved = scope.approved.find(({ name }) => name === service);
  const tools = new Set(approved?.tools);
  const why = approved ? 'is not among the approved tools' : 'belongs to a service that is not approved';
  const guard = guardTools(scope, {
    inspect: (page) =>
      page.tools
        .filter(({ name }) => !tools.has(name))
        .map(({ name, path }) => ({
          tool: name,
          withhold: true,
          score: 1,
          reason: `${theTool(name, service)} ${why}`,
          spans: [{ path: `${path}/name`, text: name }],
        })),
    refusal: 'The call was refused: this tool is not approved',
    judge: (tool) => (tools.has(tool) ? undefined : { score: 1, reason: `${theTool(tool, service)} ${why}` }),
  });
  if (approved) return { name: 'allowlist', hostRequest: guard };
  const closed = closeService(service, scope);
  return {
    name: 'allowlist',
    hostRequest: (next) => guard(closed.hostRequest(next)),
    serviceRequest: closed.serviceRequest,
  };
}

/** Keeps everything but tools of a service that is not approved from the agent, and its requests from the host. */
function closeService(
  service: string,
  scope: DefenseScope,
): Required<Pick<Tap, 'hostRequest' | 'serviceRequest'>> {
  const enforce = scope.mode === 'enforce';
  const report = (request: McpRequest, action: 'block' | 'redact', what: string, span: Span): void =>
    scope.report({
      action: enforce ? action : 'allow',
      score: 1,
      reason: `${what} of ${service}, a service that is not approved`,
      spans: boundedSpans([span]),
      message: request.id,
    });
  const refuse =
    (next: Exchange): Exchange =>
    (request, context) => {
      if (connectionMethods.has(request.method)) return next(request, context);
      report(request, 'block', quote(request.method), {
        path: '',
        text: canonicalJson(request.params ?? {}),
      });
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
        const { instructions, ...rest } = reply.result;
        if (instructions === undefined) return reply;
        const span = { path: '/instructions', text: canonicalJson(instructions) };
        report(request, 'redact', 'instructions', span);
        return enforce ? resultReply(rest) : reply;
      };
    },
    serviceRequest: refuse,
  };
}
