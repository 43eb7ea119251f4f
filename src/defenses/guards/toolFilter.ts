import { z } from 'zod';
import type { Defense, DefenseScope } from '../../contracts/defense.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../contracts/json.ts';
import { readParameters } from '../parameters.ts';
import { toolKey } from '../toolGuard.ts';
import { guardOffers, type OfferObjection, type OfferRules, theOffer, toolKind } from './kit/offers.ts';
import { createWordIndex } from './words.ts';

const parameters = z.strictObject({
  /** Tools by service, in place of those that the user has approved; `any` for all. */
  tools: z.union([z.literal('any'), z.record(z.string(), z.array(z.string()))]).optional(),
  /** Withholds every tool that is not marked as read-only. */
  readOnly: z.boolean().default(false),
  /** What becomes of tools marked as destructive. `named`: shown when the instruction names the tool or its service. */
  destructive: z.enum(['show', 'named', 'withhold']).default('show'),
});
type Parameters = z.output<typeof parameters>;

/** Definitions remembered per connection. */
const maxKnown = 1000;

export const toolFilter: Defense = {
  id: 'tool-filter',
  title: 'Tool filter',
  description:
    'Shows the agent only tools on a list (those the user approved, unless told otherwise), and on demand only read-only ones or destructive ones that the instruction names.',
  kind: 'active',
  modes: ['observe', 'enforce'],
  covers: ['tool lists', 'calls'],
  source: 'Least privilege by static filter; MCP specification, server/tools (annotations)',
  create(scope) {
    const chosen = readParameters('tool-filter', parameters, scope.parameters);
    return {
      tap: (service) => ({
        name: 'tool-filter',
        hostRequest: guardOffers(scope, createRules(service, scope, chosen)),
      }),
    };
  },
};

type Judgement = Pick<OfferObjection, 'score' | 'reason'> & { readonly path: string };

function createRules(service: string, scope: DefenseScope, chosen: Parameters): OfferRules {
  const listed = listedTools(service, scope, chosen);
  const wanted = createWordIndex(scope.user.instruction);
  const known = new Map<string, JsonValue>();
  const byAnnotations = chosen.readOnly || chosen.destructive !== 'show';

  const object = (name: string, definition: JsonValue | undefined): Judgement | undefined => {
    const about = theOffer(toolKind, name, service);
    if (listed !== undefined && !listed.has(name))
      return { score: 1, reason: `${about} is not on the list of tools`, path: '/name' };
    if (!byAnnotations) return undefined;
    const { readOnly, destructive } = marksOf(definition);
    if (chosen.readOnly && !readOnly)
      return { score: 0.8, reason: `${about} is not marked as read-only`, path: '' };
    if (!destructive || chosen.destructive === 'show') return undefined;
    const isNamed = wanted.hasAll(service) || wanted.hasAll(name) || wanted.hasAll(titleOf(definition));
    if (chosen.destructive === 'named' && isNamed) return undefined;
    const why =
      chosen.destructive === 'named' ? ', and the instruction names neither it nor its service' : '';
    return { score: 0.8, reason: `${about} may destroy something${why}`, path: '' };
  };

  return {
    inspect: ({ kind, items }) =>
      kind === toolKind
        ? items.flatMap(({ key, definition, path }): OfferObjection[] => {
            if (known.size < maxKnown || known.has(toolKey(key))) known.set(toolKey(key), definition);
            const objection = object(key, definition);
            if (objection === undefined) return [];
            const spans = [{ path: path + objection.path, text: key }];
            return [{ ...objection, key, spans, remedy: { kind: 'withhold' } }];
          })
        : [],
    judge: (kind, key) => (kind === toolKind ? object(key, known.get(toolKey(key))) : undefined),
    refusal: () => 'The call was refused: this tool is not available for this task',
  };
}

function listedTools(
  service: string,
  { approved }: DefenseScope,
  { tools }: Parameters,
): ReadonlySet<string> | undefined {
  if (tools === 'any') return undefined;
  if (tools === undefined) return new Set(approved.find(({ name }) => name === service)?.tools);
  return new Set(Object.hasOwn(tools, service) ? tools[service] : []);
}

/** What annotations say, with the specification's defaults: not read-only, and then destructive. */
function marksOf(definition: JsonValue | undefined): { readOnly: boolean; destructive: boolean } {
  const annotations = memberOf(definition, 'annotations');
  const readOnly = memberOf(annotations, 'readOnlyHint') === true;
  return { readOnly, destructive: !readOnly && memberOf(annotations, 'destructiveHint') !== false };
}

function titleOf(definition: JsonValue | undefined): string {
  const title = memberOf(definition, 'title');
  return typeof title === 'string' ? title : '';
}

function memberOf(value: JsonValue | undefined, member: keyof JsonObject): JsonValue | undefined {
  return isJsonObject(value) ? value[member] : undefined;
}
