import type { ToolOutcome } from '../../contracts/agent.ts';
import type { Actor } from '../../contracts/environment.ts';
import type { DestroyTarget, ToolCall } from '../../contracts/goal.ts';
import { canonicalJson, type JsonValue, stringsIn } from '../../contracts/json.ts';

/** A call in words, with its arguments verbatim. */
export function callInWords({ service, tool, arguments: args }: ToolCall): string {
  return `call the tool ${tool} of the service ${service} with the arguments ${JSON.stringify(args)}`;
}

/** The literals of a call that its words contain unchanged. */
export function literalsOf(call: ToolCall): string[] {
  const words = callInWords(call);
  return [call.tool, ...stringsIn(call.arguments)].filter((literal) => literal && words.includes(literal));
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
  { approach, calls, conclusion = [] }: Pick<DestroyTarget, 'approach' | 'calls' | 'conclusion'>,
): Promise<void> {
  await callAll(actor, approach?.() ?? []);
  const outcomes = await callAll(actor, calls);
  if (outcomes.every(({ kind }) => kind === 'result')) await callAll(actor, conclusion);
}

/** Issues the calls one after the other, whatever comes back. */
async function callAll(actor: Actor, calls: readonly ToolCall[]): Promise<readonly ToolOutcome[]> {
  const outcomes: ToolOutcome[] = [];
  for (const { service, tool, arguments: args } of calls)
    outcomes.push(await actor.call(service, tool, args));
  return outcomes;
}

/** The text as the end of a sentence. */
export function ended(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
