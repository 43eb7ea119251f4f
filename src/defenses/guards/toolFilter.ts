import { z } from 'zod';
import type { Defense, DefenseScope } from '../../contracts/defense.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../contracts/json.ts';
import { askingParameters } from '../models/asking.ts';
import { createToolPlan, type ToolPlan } from '../models/toolPlan.ts';
import { readParameters } from '../parameters.ts';
import { toolKey } from '../toolGuard.ts';
import { guardOffers, type OfferObjection, type OfferRules, theOffer, toolKind } from './kit/offers.ts';
import { inOrder, type Step } from './kit/steps.ts';
import { createWordIndex } from './words.ts';

const { model, ...asking } = askingParameters;
const parameters = z
  .strictObject({
    /** `list`: by {@link tools}. `plan`: a model chooses for the task, by the names of the tools alone. */
    by: z.enum(['list', 'plan']).default('list'),
    ...asking,
    model: model.optional(),
    /** Tools by service, in place of those that the user has approved; `any` for all. */
    tools: z.union([z.literal('any'), z.record(z.string(), z.array(z.string()))]).optional(),
    /** Withholds every tool that is not marked as read-only. */
    readOnly: z.boolean().default(false),
    /** What becomes of tools marked as destructive. `named`: shown when the instruction names the tool or its service. */
    destructive: z.enum(['show', 'named', 'withhold']).default('show'),
  })
  .refine(
    ({ by, model: id, tools }) =>
      by === 'plan' ? id !== undefined && tools === undefined : id === undefined,
    'by: plan goes with a model and without tools, and only it goes with a model',
  );
type Parameters = z.output<typeof parameters>;

/** Definitions remembered per connection. */
const maxKnown = 1000;

export const toolFilter: Defense = {
  id: 'tool-filter',
  title: 'Tool filter',
  description:
    'Shows the agent only tools on a list (those the user approved, unless told otherwise) or in the plan that a model makes for the task, and on demand only read-only ones or destructive ones that the instruction names.',
  kind: 'active',
  modes: ['observe', 'enforce'],
  covers: ['tool lists', 'calls'],
  source:
    'Least privilege by static filter; the tool filter of AgentDojo, arXiv 2406.13352; MCP specification, server/tools',
  create(scope) {
    const chosen = readParameters('tool-filter', parameters, scope.parameters);
    const plan =
      chosen.model === undefined
        ? undefined
        : createToolPlan('tool-filter', scope, { ...chosen, model: chosen.model });
    return {
      tap: (service) => {
        const guard = guardOffers(scope, createRules(service, scope, { chosen, plan }));
        return { name: 'tool-filter', hostRequest: plan ? inOrder(guard, planFirst(service, plan)) : guard };
      },
    };
  },
};

/** The step that has the plan made from a list before the list is filtered. */
function planFirst(service: string, plan: ToolPlan): Step {
  return (next) => async (request, context) => {
    const reply = await next(request, context);
    if (request.method === 'tools/call') plan.freeze();
    if (request.method === 'tools/list' && reply.kind === 'result')
      await plan.consider(service, reply.result['tools'], context.signal);
    return reply;
  };
}

type Judgement = Pick<OfferObjection, 'score' | 'reason'> & { readonly path: string };

interface Choice {
  readonly chosen: Parameters;
  readonly plan: ToolPlan | undefined;
}

function createRules(service: string, scope: DefenseScope, { chosen, plan }: Choice): OfferRules {
  const listed = listedTools(service, scope, chosen);
  const wanted = createWordIndex(scope.user.instruction);
  const known = new Map<string, JsonValue>();
  const byAnnotations = chosen.readOnly || chosen.destructive !== 'show';

  const object = (name: string, definition: JsonValue | undefined): Judgement | undefined => {
    const about = theOffer(toolKind, name, service);
    if (plan && !plan.has(service, name))
      return { score: 0.8, reason: `${about} is not in the plan for the task`, path: '/name' };
    if (!plan && listed !== undefined && !listed.has(name))
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
