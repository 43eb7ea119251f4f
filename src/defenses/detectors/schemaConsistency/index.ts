import type { Defense, DefenseScope, Span, Verdict } from '../../../contracts/defense.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../contracts/json.ts';
import {
  type Exchange,
  errorReply,
  type McpReply,
  type McpRequest,
  resultReply,
  type Tap,
} from '../../../contracts/wire.ts';
import { noParameters, readParameters } from '../../parameters.ts';
import { boundedSpans, quote, summarize } from '../../texts.ts';
import { guardTools, pageOf, refusedCall, type ToolRules, theTool, toolKey } from '../../toolGuard.ts';
import { schemaProblem } from './bombs.ts';
import { createDeclarations, type Declarations } from './declarations.ts';
import { withoutParameters } from './parameters.ts';
import { inconsistenciesOf } from './results.ts';

const id = 'schema-consistency';
const notice = `[withheld by ${id}]`;
const refusal = 'The call was refused: it does not fit what the service has declared';
const refusedCode = -32000;
/** What a service asks of the user and of the model. */
const questions = new Set(['elicitation/create', 'sampling/createMessage']);
const mostFlagged = 1000;

export const schemaConsistency: Defense = {
  id,
  title: 'Schema consistency',
  description:
    'Holds what a service declares against what it accepts, asks and returns: schemas, structured content, text, annotations, parameters without a purpose.',
  kind: 'passive',
  modes: ['observe', 'enforce'],
  covers: ['schemas', 'parameters', 'calls', 'results', 'annotations', 'questions'],
  source:
    'MCP specification, server/tools (schemas, structured content, annotations); SAFE-T1501, SAFE-T1911',
  create(scope) {
    readParameters(id, noParameters, scope.parameters);
    return { tap: (service) => createTap(service, scope) };
  },
};

type Report = (
  verdict: Pick<Verdict, 'score' | 'reason' | 'spans' | 'message'>,
  action: 'block' | 'redact',
) => boolean;

function createTap(service: string, scope: DefenseScope): Tap {
  const declarations = createDeclarations();
  const guard = guardTools(scope, bombRules(service));
  const enforce = scope.mode === 'enforce';
  /** Reports, and tells whether to act. */
  const report: Report = (verdict, action) => {
    scope.report({ ...verdict, spans: boundedSpans(verdict.spans), action: enforce ? action : 'allow' });
    return enforce;
  };
  /** Names of the tools that are being called. */
  const underway: string[] = [];
  const checks = { service, declarations, report };

  const step =
    (next: Exchange): Exchange =>
    async (request, context) => {
      if (request.method === 'tools/list') return checkList(request, await next(request, context), checks);
      if (request.method !== 'tools/call') return next(request, context);
      if (refusesCall(request, checks)) return refusedCall(context, refusal);
      const tool = nameIn(request.params);
      underway.push(tool);
      try {
        return checkResult(request, await next(request, context), checks);
      } finally {
        underway.splice(underway.indexOf(tool), 1);
      }
    };

  return {
    name: id,
    hostRequest: (next) => guard(step(next)),
    serviceRequest: (next) => async (request, context) => {
      const reason = questionProblem(request, underway, declarations);
      if (reason === undefined) return next(request, context);
      const spans = [{ path: '', text: JSON.stringify(request.params ?? {}) }];
      const held = report(
        { score: 0.6, reason: `${reason}: ${service}`, spans, message: request.id },
        'block',
      );
      return held ? errorReply(refusedCode, 'The question was refused') : next(request, context);
    },
  };
}

interface Checks {
  readonly service: string;
  readonly declarations: Declarations;
  readonly report: Report;
}

/** Withholds tools whose schemas are bombs. */
function bombRules(service: string): ToolRules {
  const flagged = new Map<string, { readonly score: number; readonly reason: string }>();
  return {
    inspect({ tools, first }) {
      if (first) flagged.clear();
      return tools.flatMap(({ name, definition, path }) => {
        const found = isJsonObject(definition) ? bombIn(definition) : undefined;
        if (found === undefined) return [];
        const objection = {
          score: 1,
          reason: `the ${found.member} of ${theTool(name, service)} ${found.problem}`,
        };
        if (flagged.size < mostFlagged) flagged.set(toolKey(name), objection);
        const spans = [{ path: `${path}/${found.member}`, text: found.problem }];
        return [{ ...objection, tool: name, withhold: true, spans }];
      });
    },
    refusal: 'The call was refused: this tool has a schema that cannot be read safely',
    judge: (tool) => flagged.get(toolKey(tool)),
  };
}

function bombIn(definition: JsonObject): { readonly member: string; readonly problem: string } | undefined {
  for (const member of ['inputSchema', 'outputSchema']) {
    const problem = schemaProblem(definition[member]);
    if (problem !== undefined) return { member, problem };
  }
  return undefined;
}

/** Takes parameters without a purpose out of listed tools. */
function checkList(
  request: McpRequest,
  reply: McpReply,
  { service, declarations, report }: Checks,
): McpReply {
  if (reply.kind !== 'result') return reply;
  const page = pageOf(request, reply.result);
  declarations.note(page);
  const strange = page.tools.flatMap(({ name, path }) => {
    const names = declarations.of(name)?.strange ?? [];
    return names.length > 0 ? [{ name, path, names }] : [];
  });
  if (strange.length === 0) return reply;
  const verdict = {
    score: 0.4,
    reason: summarize(
      strange.map(
        ({ name, names }) => `${theTool(name, service)} asks for ${quote(names.join(', '))} without need`,
      ),
    ),
    spans: strange.flatMap(({ path, names }) =>
      names.map((name) => ({ path: `${path}/inputSchema/properties`, text: name })),
    ),
    message: request.id,
  };
  if (!report(verdict, 'redact')) return reply;
  const tools = Array.isArray(reply.result['tools']) ? (reply.result['tools'] as readonly JsonValue[]) : [];
  return resultReply({
    ...reply.result,
    tools: tools.map((tool) => {
      const names = declarations.of(nameIn(tool))?.strange ?? [];
      return isJsonObject(tool) && names.length > 0 ? withoutParameters(tool, names) : tool;
    }),
  });
}

/** Whether a call is to be refused for what the tool has not declared or has no use for. */
function refusesCall(request: McpRequest, { service, declarations, report }: Checks): boolean {
  const tool = nameIn(request.params);
  const message = request.id;
  if (!declarations.mayExist(tool)) {
    const spans = [{ path: '/name', text: tool }];
    return report(
      { score: 0.6, reason: `${theTool(tool, service)} is in no listing`, spans, message },
      'block',
    );
  }
  const declaration = declarations.of(tool);
  const given = isJsonObject(request.params?.['arguments']) ? Object.keys(request.params['arguments']) : [];
  const wrong = given.flatMap((name) => {
    if (declaration?.strange.includes(name)) return [{ name, why: 'has no use for' }];
    return declaration?.parameters?.has(name) === false ? [{ name, why: 'has not declared' }] : [];
  });
  if (wrong.length === 0) return false;
  const reasons = wrong.map(
    ({ name, why }) => `the argument ${quote(name)}, which ${theTool(tool, service)} ${why}`,
  );
  const spans: Span[] = wrong.map(({ name }) => ({ path: '/arguments', text: name }));
  return report({ score: 0.6, reason: summarize(reasons), spans, message }, 'block');
}

/** Holds a result against what the tool has declared. */
function checkResult(
  request: McpRequest,
  reply: McpReply,
  { service, declarations, report }: Checks,
): McpReply {
  if (reply.kind !== 'result') return reply;
  const tool = nameIn(request.params);
  const declaration = declarations.of(tool);
  let result = reply.result;
  const found = inconsistenciesOf(result, declaration, request.params?.['arguments']);
  if (found.length === 0) return reply;
  const verdict = {
    score: found.reduce((highest, { score }) => Math.max(highest, score), 0),
    reason: `${summarize(found.map(({ reason }) => reason))} in a result of ${theTool(tool, service)}`,
    spans: found.flatMap(({ spans }) => spans),
    message: request.id,
  };
  if (!report(verdict, 'redact')) return reply;
  // One correction can change what another is about, so each is found anew.
  for (let round = 0; round < found.length; round++) {
    const [first] = inconsistenciesOf(result, declaration, request.params?.['arguments']);
    if (first) result = { ...kept(result), ...first.withheld(notice) };
  }
  return resultReply(result);
}

/** What a result tells the protocol and not the agent. */
function kept({ resultType, _meta }: JsonObject): JsonObject {
  return { ...(resultType !== undefined && { resultType }), ...(_meta !== undefined && { _meta }) };
}

/** Why a question of the service is out of place; undefined when it is not. */
function questionProblem(
  { method, params }: McpRequest,
  underway: readonly string[],
  declarations: Declarations,
): string | undefined {
  const problem = schemaProblem(params?.['requestedSchema']);
  if (problem !== undefined) return `the schema of ${quote(method)} ${problem}`;
  const readOnly = underway.every((tool) => declarations.of(tool)?.readOnly === true);
  if (!questions.has(method) || underway.length === 0 || !readOnly) return undefined;
  return `${quote(method)} while only tools run that say they are read-only`;
}

function nameIn(value: JsonValue | undefined): string {
  const name = isJsonObject(value) ? value['name'] : undefined;
  return typeof name === 'string' ? name : '';
}
