import type { JsonObject } from '../../contracts/json.ts';
import type { FakeBehavior, FakeFlag } from './behavior.ts';
import { fakeModelVersion } from './mark.ts';
import type { FakeTurn } from './turn.ts';

/** A reply before it is put into a format. */
export interface FakeReply {
  /** Number of the request; all ids derive from it. */
  readonly n: number;
  /** Seconds since 1970; counted, not read from a clock. */
  readonly created: number;
  readonly model: string;
  readonly text: string;
  readonly calls: readonly ReplyCall[];
  readonly end: 'stop' | 'tool-calls' | 'length' | 'content-filter' | 'refusal';
  readonly flags: readonly FakeFlag[];
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface ReplyCall {
  readonly id: string;
  readonly tool: string;
  /** JSON, or what stands in its place. */
  readonly text: string;
  /** Undefined when `text` is no JSON. */
  readonly value: JsonObject | undefined;
}

/** What a client is told when it gets a reply at all. */
export type Speaking = Extract<
  FakeBehavior,
  | { readonly say: string }
  | { readonly call: unknown }
  | { readonly refuse: string }
  | { readonly flag: unknown }
>;

const epoch = 1_767_225_600;

export function replyTo(turn: FakeTurn, behavior: Speaking): FakeReply {
  const calls = 'call' in behavior ? behavior.call.map((call, place) => replyCall(call, turn.n, place)) : [];
  const text = textOf(behavior);
  return {
    n: turn.n,
    created: epoch + turn.n,
    model: fakeModelVersion(turn.model),
    text,
    calls,
    end: endOf(behavior),
    flags: 'flag' in behavior ? behavior.flag : [],
    inputTokens: inputTokens(turn),
    outputTokens: tokensOf(text) + calls.reduce((sum, call) => sum + tokensOf(call.tool + call.text), 0),
  };
}

function textOf(behavior: Speaking): string {
  if ('refuse' in behavior) return behavior.refuse;
  if ('flag' in behavior) return ['unsafe', ...behavior.flag.map(({ category }) => category)].join('\n');
  return behavior.say ?? '';
}

function endOf(behavior: Speaking): FakeReply['end'] {
  if ('refuse' in behavior) return 'refusal';
  if ('call' in behavior) return behavior.call.length > 0 ? 'tool-calls' : 'stop';
  return ('end' in behavior && behavior.end) || 'stop';
}

function replyCall(
  call: Extract<FakeBehavior, { readonly call: unknown }>['call'][number],
  n: number,
  place: number,
): ReplyCall {
  const id = `call_${n}_${place}`;
  return 'broken' in call
    ? { id, tool: call.tool, text: call.broken, value: undefined }
    : { id, tool: call.tool, text: JSON.stringify(call.arguments), value: call.arguments };
}

/** An estimate, the same for the same text: four UTF-16 units to a token. */
export function tokensOf(text: string): number {
  return Math.ceil(text.length / 4);
}

/** Four tokens for what is around each message. */
export function inputTokens(turn: Pick<FakeTurn, 'messages' | 'tools'>): number {
  const messages = turn.messages.reduce((sum, { text, calls, results }) => {
    const around = 4 + tokensOf(text) + results.reduce((all, result) => all + tokensOf(result.text), 0);
    return sum + around + (calls.length > 0 ? tokensOf(JSON.stringify(calls)) : 0);
  }, 0);
  return messages + (turn.tools.length > 0 ? tokensOf(JSON.stringify(turn.tools)) : 0);
}
