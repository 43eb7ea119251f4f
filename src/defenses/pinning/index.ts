import type { Defense, DefenseScope } from '../../contracts/defense.ts';
import { canonicalJson, type JsonValue } from '../../contracts/json.ts';
import { type Exchange, type McpReply, type McpRequest, resultReply } from '../../contracts/wire.ts';
import { noParameters, readParameters } from '../parameters.ts';
import { boundedSpans } from '../texts.ts';
import { guardTools } from '../toolGuard.ts';
import { describeChange } from './diff.ts';
import { createPins } from './pins.ts';

const openings = new Set(['initialize', 'server/discover']);

export const pinning: Defense = {
  id: 'pinning',
  title: 'Pinning',
  description:
    'Fixes tool definitions and instructions at first sight; a tool that changes or appears later is withheld, changed instructions are undone.',
  kind: 'active',
  modes: ['observe', 'enforce'],
  source: 'Trust on first use, as in mcp-scan and mcp-context-protector; canonical JSON by RFC 8785',
  create(scope) {
    readParameters('pinning', noParameters, scope.parameters);
    return {
      tap(service) {
        const guard = guardTools(scope, createPins(service));
        const instructions = createInstructionsPin(service, scope);
        return {
          name: 'pinning',
          hostRequest: (next) => {
            const opened: Exchange = async (request, context) => {
              const reply = await next(request, context);
              return openings.has(request.method) ? instructions(request, reply) : reply;
            };
            return guard(opened);
          },
        };
      },
    };
  },
};

/** Holds the instructions of every opening exchange against those of the first. */
function createInstructionsPin(
  service: string,
  scope: DefenseScope,
): (request: McpRequest, reply: McpReply) => McpReply {
  let pin: { readonly instructions: JsonValue | undefined } | undefined;
  return (request, reply) => {
    if (reply.kind !== 'result') return reply;
    const { instructions, ...rest } = reply.result;
    pin ??= { instructions };
    const [was, is] = [textOf(pin.instructions), textOf(instructions)];
    if (was === is) return reply;
    const enforce = scope.mode === 'enforce';
    const change = describeChange(was, is);
    scope.report({
      action: enforce ? 'redact' : 'allow',
      score: 1,
      reason: `the instructions of ${service} have changed since first sight: ${change}`,
      spans: boundedSpans([{ path: '/instructions', text: change }]),
      message: request.id,
    });
    if (!enforce) return reply;
    return resultReply(pin.instructions === undefined ? rest : { ...rest, instructions: pin.instructions });
  };
}

function textOf(instructions: JsonValue | undefined): string {
  return instructions === undefined ? 'nothing' : canonicalJson(instructions);
}
