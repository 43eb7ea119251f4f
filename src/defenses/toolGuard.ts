import type { DefenseScope, Span } from '../contracts/defense.ts';
import { digest, isJsonObject, type JsonObject, type JsonValue } from '../contracts/json.ts';
import {
  type Exchange,
  type McpReply,
  type McpRequest,
  resultReply,
  type WireContext,
} from '../contracts/wire.ts';
import { boundedSpans, quote, summarize } from './texts.ts';

/** One entry of a `tools/list` result; whatever has no readable name has the empty name. */
export interface ListedTool {
  readonly name: string;
  readonly definition: JsonValue;
  /** JSON pointer into the result. */
  readonly path: string;
}

/** One page of a service's tool list. */
export interface ToolPage {
  readonly tools: readonly ListedTool[];
  /** Whether a listing begins with this page. */
  readonly first: boolean;
  /** Whether no page follows. */
  readonly last: boolean;
}

/** Why something is not in order, for a verdict. */
export interface Objection {
  readonly score: number;
  readonly reason: string;
}

/** An objection to a listed tool. */
export interface ToolObjection extends Objection {
  readonly tool: string;
  readonly spans: readonly Span[];
  /** False when the tool is reported and nevertheless shown. */
  readonly withhold: boolean;
}

/** What a defense thinks of tools. */
export interface ToolRules {
  inspect(page: ToolPage): readonly ToolObjection[];
  /** Whether a tool may be called; undefined when it may. */
  judge(tool: string): Objection | undefined;
  /** What the agent is told about a call that was refused. Not the objection, which may quote the service. */
  readonly refusal: string;
}

/**
 * The step on a wire that keeps tools from the agent: enforcing, it withholds the tools that `rules` object to
 * and refuses calls to them; observing, it only reports.
 */
export function guardTools(scope: DefenseScope, rules: ToolRules): (next: Exchange) => Exchange {
  return (next) => async (request, context) => {
    if (request.method === 'tools/call') return guardCall(request, context, next);
    const reply = await next(request, context);
    return request.method === 'tools/list' && reply.kind === 'result'
      ? guardList(request, reply, reply.result)
      : reply;
  };

  function guardCall(request: McpRequest, context: WireContext, next: Exchange): Promise<McpReply> {
    const tool = toolName(request.params);
    const objection = rules.judge(tool);
    if (objection === undefined) return next(request, context);
    const enforce = scope.mode === 'enforce';
    scope.report({
      score: objection.score,
      reason: objection.reason,
      action: enforce ? 'block' : 'allow',
      message: request.id,
      spans: boundedSpans([{ path: '/name', text: tool }]),
    });
    if (!enforce) return next(request, context);
    return Promise.resolve(refusedCall(context, rules.refusal));
  }

  function guardList(request: McpRequest, reply: McpReply, result: JsonObject): McpReply {
    const objections = rules.inspect(pageOf(request, result));
    if (objections.length === 0) return reply;
    const withheld = new Set(objections.filter(({ withhold }) => withhold).map(({ tool }) => tool));
    const enforce = scope.mode === 'enforce' && withheld.size > 0;
    scope.report({
      score: objections.reduce((highest, { score }) => Math.max(highest, score), 0),
      reason: summarize(objections.map(({ reason }) => reason)),
      spans: boundedSpans(objections.slice(0, 100).flatMap(({ spans }) => spans)),
      action: enforce ? 'redact' : 'allow',
      message: request.id,
    });
    return enforce ? resultReply(withoutTools(result, withheld)) : reply;
  }
}

export function pageOf(request: McpRequest, result: JsonObject): ToolPage {
  return {
    tools: listedTools(result),
    first: request.params?.['cursor'] === undefined,
    last: typeof result['nextCursor'] !== 'string',
  };
}

function listedTools({ tools }: JsonObject): readonly ListedTool[] {
  if (!Array.isArray(tools)) return [];
  return tools.map((definition: JsonValue, index) => ({
    name: toolName(definition),
    definition,
    path: `/tools/${index}`,
  }));
}

function withoutTools(result: JsonObject, withheld: ReadonlySet<string>): JsonObject {
  const tools: readonly JsonValue[] = Array.isArray(result['tools']) ? result['tools'] : [];
  return { ...result, tools: tools.filter((tool) => !withheld.has(toolName(tool))) };
}

function toolName(value: JsonValue | undefined): string {
  const name = isJsonObject(value) ? value['name'] : undefined;
  return typeof name === 'string' ? name : '';
}

/** What the agent gets for a call that a defense did not pass on: a tool error that says why. */
export function refusedCall(context: WireContext, text: string): McpReply {
  return resultReply({
    ...(context.era === '2026' && { resultType: 'complete' }),
    content: [{ type: 'text', text }],
    isError: true,
  });
}

/** A key to remember a tool by: a name of a stranger's choosing may be megabytes long. */
export function toolKey(name: string): string {
  return name.length <= 256 ? name : digest(name);
}

/** A tool for use in a sentence. */
export function theTool(name: string, service: string): string {
  return `the tool ${quote(name)} of ${service}`;
}
