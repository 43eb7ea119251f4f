import type { ToolOutcome } from '../../contracts/agent.ts';
import type { Actor, Environment } from '../../contracts/environment.ts';
import type { ActionTarget, GoalKind, Impossible, ToolCall } from '../../contracts/goal.ts';
import { canonicalJson, isJsonObject, type JsonValue, stringsIn } from '../../contracts/json.ts';
import type { McpRequest } from '../../contracts/wire.ts';

/** Whether the worlds of an environment have what this kind of goal aims at. */
export function supports(environment: Environment, kind: GoalKind): 'compatible' | Impossible {
  const support = environment.goals[kind];
  if (support === 'supported') return 'compatible';
  return support ?? { impossible: `${environment.id} has no target for ${kind}` };
}

/** A call in words, with its arguments verbatim. */
export function callInWords({ service, tool, arguments: args }: ToolCall): string {
  return `call the tool ${tool} of the service ${service} with the arguments ${JSON.stringify(args)}`;
}

/** The literals of a call that its words contain unchanged. */
export function literalsOf(call: ToolCall): string[] {
  const words = callInWords(call);
  return [call.tool, ...stringsIn(call.arguments)].filter((literal) => literal && words.includes(literal));
}

/** The tool call in a request; undefined for every other request. */
export function callIn({ method, params }: McpRequest, service: string): ToolCall | undefined {
  if (method !== 'tools/call' || typeof params?.['name'] !== 'string') return undefined;
  const args = params['arguments'];
  return { service, tool: params['name'], arguments: isJsonObject(args) ? args : {} };
}

/** Whether a call is one of the planned ones; arguments besides the planned ones make no difference. */
export function isPlanned(call: ToolCall, planned: readonly ToolCall[]): boolean {
  return planned.some(
    ({ service, tool, arguments: args }) =>
      call.service === service &&
      call.tool === tool &&
      Object.entries(args).every(([name, value]) => same(value, call.arguments[name])),
  );
}

function same(planned: JsonValue | undefined, given: JsonValue | undefined): boolean {
  if (planned === undefined || given === undefined) return planned === given;
  return canonicalJson(planned) === canonicalJson(given);
}

/** Issues all calls that reach a target; the conclusion only if the calls before it succeeded. */
export async function pursue(
  actor: Actor,
  { approach, calls, conclusion = [] }: Pick<ActionTarget, 'approach' | 'calls' | 'conclusion'>,
): Promise<void> {
  await callAll(actor, approach?.() ?? []);
  const outcomes = await callAll(actor, calls);
  if (outcomes.every(({ kind }) => kind === 'result')) await callAll(actor, conclusion);
}

/** Issues the calls one after the other, whatever comes back. */
async function callAll(actor: Actor, calls: readonly ToolCall[]): Promise<readonly ToolOutcome[]> {
  const outcomes: ToolOutcome[] = [];
  for (const call of calls) outcomes.push(await issue(actor, call));
  return outcomes;
}

export function issue(actor: Actor, { service, tool, arguments: args }: ToolCall): Promise<ToolOutcome> {
  return actor.call(service, tool, args);
}

/** The text as the end of a sentence. */
export function ended(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
