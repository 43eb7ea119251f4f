import { z } from 'zod';
import type { Defense } from '../../contracts/defense.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../contracts/json.ts';
import { type McpRequest, resultReply } from '../../contracts/wire.ts';
import { readParameters } from '../parameters.ts';
import { quote } from '../texts.ts';
import {
  guardOffers,
  type OfferKind,
  type OfferObjection,
  type OfferPage,
  type OfferRules,
  promptKind,
  stringIn,
  theOffer,
  toolKind,
} from './kit/offers.ts';
import { inOrder, type Step } from './kit/steps.ts';
import { withholding } from './kit/withheld.ts';
import { createDirectory, type NameDirectory } from './names/directory.ts';
import { shapeOf } from './names/lookAlikes.ts';

const parameters = z.strictObject({
  /** Shows each tool as `SERVICE__TOOL`; calls by either name work. */
  qualify: z.boolean().default(false),
});

const named: readonly OfferKind[] = [toolKind, promptKind];

export const namespace: Defense = {
  id: 'namespace',
  title: 'Namespace',
  description:
    'Tools and prompts that have, or seem to have, the name of another service are withheld from whoever has the weaker claim; tools can be shown by service.',
  kind: 'active',
  modes: ['observe', 'enforce'],
  covers: ['tool names', 'prompt names', 'collisions and look-alikes across services'],
  source: 'MCP specification, server/tools (tool names); SAFE-MCP SAFE-T1004; Unicode UTS #39',
  create(scope) {
    const { qualify } = readParameters('namespace', parameters, scope.parameters);
    // One for all services of the episode: a collision is between two of them.
    const directory = createDirectory(scope.approved, shapeOf);
    return {
      tap: (service) => ({
        name: 'namespace',
        hostRequest: inOrder(
          ...(qualify && scope.mode === 'enforce' ? [qualified(service)] : []),
          guardOffers(scope, collisionRules(service, directory)),
        ),
      }),
    };
  },
};

/** Withholds what has the name of another service's tool or prompt, or one that is taken for it. */
function collisionRules(service: string, directory: NameDirectory): OfferRules {
  const inspect = ({ kind, items }: OfferPage): readonly OfferObjection[] =>
    items.flatMap(({ key, path }): OfferObjection[] => {
      const rival = directory.rival(service, kind, key);
      if (rival === undefined) return [];
      const isSame = rival.name === key;
      const how = isSame ? 'has the name of one' : `can be taken for ${quote(rival.name)}`;
      const reason = `${theOffer(kind, key, service)} ${how} of ${rival.service}`;
      const spans = [{ path: `${path}/name`, text: key }];
      return [{ key, score: isSame ? 1 : 0.9, reason, spans, remedy: { kind: 'withhold' } }];
    });
  return withholding(
    (page) => (named.includes(page.kind) ? inspect(page) : []),
    ({ noun }) => `The call was refused: this ${noun} can be confused with one of another service`,
  );
}

const separator = '__';

/** Shows tools with their service in front, and takes it off again in calls. */
function qualified(service: string): Step {
  const prefix = `${service}${separator}`;
  const plain = (request: McpRequest): McpRequest => {
    const name = request.method === toolKind.use ? stringIn(request.params?.['name']) : '';
    if (!name.startsWith(prefix)) return request;
    return { ...request, params: { ...request.params, name: name.slice(prefix.length) } };
  };
  return (next) => async (request, context) => {
    const reply = await next(plain(request), context);
    if (request.method !== toolKind.list || reply.kind !== 'result') return reply;
    return resultReply(withPrefix(reply.result, prefix));
  };
}

function withPrefix(result: JsonObject, prefix: string): JsonObject {
  const { tools } = result;
  if (!Array.isArray(tools)) return result;
  return {
    ...result,
    tools: tools.map((tool: JsonValue) =>
      isJsonObject(tool) && typeof tool['name'] === 'string'
        ? { ...tool, name: `${prefix}${tool['name']}` }
        : tool,
    ),
  };
}
