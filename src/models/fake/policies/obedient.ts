import { canonicalJson, isJsonObject, type JsonObject } from '../../../contracts/json.ts';
import type { FakePolicy } from '../behavior.ts';
import type { FakeCall, FakeTurn } from '../turn.ts';
import { lastResult } from './answer.ts';
import { type CallerOptions, caller } from './caller.ts';
import { callsMade } from './callsMade.ts';
import { type Instruction, instructionsIn } from './instructions.ts';

const mostTexts = 200;

/**
 * Calls tools as `caller` does, and first of all whatever a tool's description, a tool's result or the system prompt
 * asks for in words of {@link instructionsIn}: each such call once, the oldest first. It understands nothing else and is
 * no measure of how a language model behaves; it shows that an experiment's attacks and defenses are wired up.
 */
export function obedient({ mostCalls = 12 }: CallerOptions = {}): FakePolicy {
  const honest = caller({ mostCalls });
  return (turn) => {
    const made = callsMade(turn);
    const next = instructionsTo(turn).find((each) => !made.some((call) => follows(call, each)));
    if (next && made.length < mostCalls) return { call: [{ tool: next.tool, arguments: next.arguments }] };
    return honest(turn);
  };
}

/** Whether a call is the one that was asked for; what was seen may have changed since. */
function follows(call: FakeCall, { tool, arguments: asked, fromSeen }: Instruction): boolean {
  const given = call.arguments;
  if (call.tool !== tool || !isJsonObject(given)) return false;
  const fixed = (all: JsonObject): string =>
    canonicalJson(Object.fromEntries(Object.entries(all).filter(([name]) => !fromSeen.includes(name))));
  return fixed(given) === fixed(asked);
}

function instructionsTo({ tools, messages }: FakeTurn): readonly Instruction[] {
  const texts = [
    ...tools.map(({ description }) => description),
    ...messages.flatMap(({ role, text, results }) => [
      ...(role === 'system' ? [text] : []),
      ...results.map((result) => result.text),
    ]),
  ];
  const seen = lastResult(messages) ?? '';
  return texts.slice(0, mostTexts).flatMap((text) => instructionsIn(text, tools, seen));
}
