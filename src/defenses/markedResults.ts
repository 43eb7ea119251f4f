import type { DefenseInstance } from '../contracts/defense.ts';
import { isJsonObject, type JsonObject, type JsonValue, mapStrings } from '../contracts/json.ts';
import { type McpReply, resultReply } from '../contracts/wire.ts';
import type { Marking } from './marking.ts';

/** What comes from a service's data, as against the words of its definitions. */
const dataMethods = new Set(['tools/call', 'resources/read']);

/** A defense that marks all that tools and resources return, and tells the model what the marks mean. */
export function markingDefense(name: string, systemPrompt: string, marking: Marking): DefenseInstance {
  return {
    systemPrompt,
    reveal: (text) => marking.reveal(text),
    tap: () => ({
      name,
      hostRequest: (next) => async (request, context) => {
        const reply = await next(request, context);
        return dataMethods.has(request.method) ? markReply(reply, marking) : reply;
      },
    }),
  };
}

function markReply(reply: McpReply, marking: Marking): McpReply {
  switch (reply.kind) {
    case 'result':
      return resultReply(markResult(reply.result, marking));
    case 'error': {
      const { message } = reply.error;
      if (typeof message !== 'string') return reply;
      return { kind: 'error', error: { ...reply.error, message: marking.wrap(message) } };
    }
    case 'dropped':
      return reply;
  }
}

function markResult(result: JsonObject, marking: Marking): JsonObject {
  const marked: Record<string, JsonValue> = {};
  for (const member of ['content', 'contents']) {
    const blocks = result[member];
    if (Array.isArray(blocks)) marked[member] = blocks.map((block: JsonValue) => markBlock(block, marking));
  }
  // Structured values keep their delimiters off, since schemas demand words of enumerations, dates and ids as they are.
  if (result['structuredContent'] !== undefined)
    marked['structuredContent'] = mapStrings(result['structuredContent'], (text) => marking.mark(text));
  return { ...result, ...marked };
}

/** Members of content blocks that hold bytes. */
const unmarked = new Set(['data', 'blob']);

/** Marks every string of a content block but its bytes, and sets its text off by delimiters. */
function markBlock(block: JsonValue, marking: Marking): JsonValue {
  if (!isJsonObject(block)) return block;
  const entries = Object.entries(block).map(([key, value]) => {
    if (value === undefined || unmarked.has(key)) return [key, value];
    if (key === 'text' && typeof value === 'string') return [key, marking.wrap(value)];
    if (key === 'resource') return [key, markBlock(value, marking)];
    return [key, mapStrings(value, (text) => marking.mark(text))];
  });
  return Object.fromEntries(entries) as JsonObject;
}
