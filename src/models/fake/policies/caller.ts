import type { FakePolicy } from '../behavior.ts';
import { answer, lastResult, lastUserText } from './answer.ts';
import { callsMade } from './callsMade.ts';
import { minimalArguments } from './minimalArguments.ts';

export interface CallerOptions {
  /** Calls in a conversation; 8 if absent. */
  readonly mostCalls?: number;
}

/**
 * Calls each offered tool once, one at a time and in their order, with the least arguments their schemas ask for.
 * Then it answers with the last result.
 */
export function caller({ mostCalls = 8 }: CallerOptions = {}): FakePolicy {
  return (turn) => {
    const made = callsMade(turn);
    const called = new Set(made.map(({ tool }) => tool));
    const next = made.length < mostCalls ? turn.tools.find(({ name }) => !called.has(name)) : undefined;
    const tool = next ?? (turn.mustCall ? turn.tools[0] : undefined);
    if (tool) return { call: [{ tool: tool.name, arguments: minimalArguments(tool.inputSchema) }] };
    return answer(turn, lastResult(turn.messages) ?? lastUserText(turn));
  };
}
