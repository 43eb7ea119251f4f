import type { EpisodeEvent, EpisodeRecord } from '../../contracts/events.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { titleOf } from '../eventText.ts';
import { stopReason, toolError } from './messages.ts';
import { type MessagePool, rangesOf, type SeenCall } from './modelCalls.ts';
import type { Subject } from './subject.ts';
import { clockTime } from './time.ts';
import { type ToolCall, toolCallOf } from './toolCalls.ts';
import { usageOf } from './usage.ts';

/** What all events of a log need to know. */
export interface EventScope {
  readonly subject: Subject;
  readonly pool: MessagePool;
  /** Milliseconds since 1970 that stand for the beginning of every episode. */
  readonly start: number;
}

/** The trace as Inspect's events: tool calls and model calls in Inspect's form, everything else as it was recorded. */
export function inspectEvents(record: EpisodeRecord, scope: EventScope): JsonObject[] {
  return record.events.map((event) => ({ uuid: `${record.id}-${event.seq}`, ...eventOf(event, scope) }));
}

function eventOf(event: EpisodeEvent, scope: EventScope): JsonObject {
  const call = scope.pool.calls.get(event.seq);
  if (call) return modelEvent(call, scope);
  const made = event.type === 'exchange' ? toolCallOf(event) : undefined;
  return made ? toolEvent(event, made, scope) : infoEvent(event, scope);
}

function infoEvent(event: EpisodeEvent, scope: EventScope): JsonObject {
  const { at, seq, ...data } = event;
  const [title] = titleOf(event, false);
  return { event: 'info', ...clock(at, scope), source: title, data, metadata: { seq } };
}

function toolEvent({ seq, at }: EpisodeEvent, call: ToolCall, scope: EventScope): JsonObject {
  const { structured, wire, content, isError } = call;
  return {
    event: 'tool',
    ...clock(at, scope),
    id: call.call,
    function: call.tool,
    arguments: call.arguments,
    result: content,
    ...(isError && { error: toolError(content) }),
    metadata: { seq, ...(structured && { structuredContent: structured }), ...(wire && { wire }) },
  };
}

function modelEvent({ event, input, reply: said }: SeenCall, scope: EventScope): JsonObject {
  const { subject, pool } = scope;
  const { seq, at, purpose, by, model, version, reply, tools, ms, cached } = event;
  const name = subject.modelName(model);
  const missing = event.carried + event.messages.length - input.length;
  return {
    event: 'model',
    ...clock(Math.max(0, at - ms), scope),
    completed: clockTime(scope.start, at),
    working_time: ms / 1000,
    model: name,
    ...(purpose !== 'agent' && { role: `${purpose}: ${by}` }),
    input: [],
    input_refs: rangesOf(input),
    tools: tools.map((tool) => ({ name: tool, description: '(not recorded)' })),
    tool_choice: tools.length > 0 ? 'auto' : 'none',
    config: subject.generateConfig(model),
    output: {
      model: version ?? name,
      choices:
        reply.kind === 'turn' && said !== undefined
          ? [{ message: pool.messages[said] ?? null, stop_reason: stopReason(reply.finish) }]
          : [],
      usage: usageOf(event),
    },
    ...(reply.kind === 'failure' && { error: `${reply.failure}: ${reply.what}` }),
    ...(cached && { cache: 'read' }),
    metadata: { seq, ...(missing > 0 && { earlier_messages_not_found: missing }) },
  };
}

function clock(at: number, scope: EventScope): JsonObject {
  return { timestamp: clockTime(scope.start, at), working_start: at / 1000 };
}
