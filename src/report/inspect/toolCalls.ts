import type { EpisodeEvent, EpisodeRecord } from '../../contracts/events.ts';
import { isJsonObject, type JsonObject } from '../../contracts/json.ts';
import { assistantMessage, contentFrom, type ToolAnswer, toolMessage } from './messages.ts';

type ExchangeEvent = Extract<EpisodeEvent, { type: 'exchange' }>;

/** A tool call as the host issued it, and what the host got. */
export interface ToolCall extends ToolAnswer {
  readonly arguments: JsonObject;
  /** What the content does not say. */
  readonly structured?: JsonObject;
  /** What crossed the wire, where a defense made the host see something else. */
  readonly wire?: JsonObject;
}

/** The exchange as a tool call of the agent; undefined for any other. */
export function toolCallOf(event: ExchangeEvent): ToolCall | undefined {
  const { message, service, direction, request, reply, hostRequest, hostReply } = event;
  const issued = hostRequest ?? request;
  if (direction !== 'to-service' || issued?.method !== 'tools/call') return undefined;
  const { name, arguments: args } = issued.params ?? {};
  const changed = hostRequest !== undefined || hostReply !== undefined;
  return {
    call: message,
    tool: `${service}__${typeof name === 'string' ? name : ''}`,
    arguments: isJsonObject(args) ? args : {},
    ...answerOf(hostReply ?? reply),
    ...(changed && { wire: { request: request ?? null, reply: reply ?? null } }),
  };
}

function answerOf(reply: ExchangeEvent['reply']): Pick<ToolCall, 'content' | 'isError' | 'structured'> {
  switch (reply?.kind) {
    case 'result': {
      const { content, isError, structuredContent } = reply.result;
      return {
        content: contentFrom(Array.isArray(content) ? content.filter(isJsonObject) : []),
        isError: isError === true,
        ...(isJsonObject(structuredContent) && { structured: structuredContent }),
      };
    }
    case 'error':
      return { content: `${reply.error.code} ${reply.error.message}`, isError: true };
    case 'dropped':
    case undefined:
      return { content: 'No reply', isError: true };
  }
}

/**
 * What an agent did whose model, if it has one, nobody saw: the instruction, each tool call with its result, and the
 * answer.
 */
export function callsAsMessages({ events, instruction }: EpisodeRecord): JsonObject[] {
  const messages: JsonObject[] = [];
  const add = (make: (id: string) => JsonObject): void => {
    messages.push(make(`step-${messages.length}`));
  };
  add((id) => ({ id, role: 'user', content: instruction }));
  for (const event of events) {
    const call = event.type === 'exchange' ? toolCallOf(event) : undefined;
    if (call) {
      const issued = { id: call.call, function: call.tool, arguments: call.arguments };
      add((id) => assistantMessage(id, '', [issued]));
      add((id) => toolMessage(id, call));
    } else if (event.type === 'answer') add((id) => assistantMessage(id, event.text, []));
  }
  return messages;
}
