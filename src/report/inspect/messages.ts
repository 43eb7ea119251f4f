import { isJsonObject, type JsonObject, type JsonValue, withinBounds } from '../../contracts/json.ts';
import type { FinishReason } from '../../contracts/model.ts';

/** What a message of Inspect holds: text, or a list of parts. */
type Content = string | JsonObject[];

const roles: Readonly<Record<string, 'system' | 'user' | 'assistant' | 'tool'>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant',
  model: 'assistant',
  tool: 'tool',
  function: 'tool',
};

/** A message as a model call recorded it, as Inspect's. One of a host's own role counts as the user's. */
export function inspectMessage(message: JsonObject, id: string): JsonObject {
  const own = textOf(message['role']);
  const role = Object.hasOwn(roles, own) ? roles[own] : undefined;
  const content = contentOf(message);
  switch (role) {
    case 'assistant':
      return assistantMessage(id, content, callsIn(message['calls'], id));
    case 'tool':
      return toolMessage(id, {
        call: textOf(message['call']),
        tool: textOf(message['tool']),
        content,
        isError: message['isError'] === true,
      });
    case undefined:
      return { id, role: 'user', content, metadata: { role: own } };
    case 'system':
    case 'user':
      return { id, role, content };
  }
}

export function assistantMessage(id: string, content: Content, calls: readonly JsonObject[]): JsonObject {
  return { id, role: 'assistant', content, ...(calls.length > 0 && { tool_calls: calls }) };
}

export interface ToolAnswer {
  readonly call: string;
  readonly tool: string;
  readonly content: Content;
  readonly isError: boolean;
}

export function toolMessage(id: string, { call, tool, content, isError }: ToolAnswer): JsonObject {
  return {
    id,
    role: 'tool',
    content,
    ...(call !== '' && { tool_call_id: call }),
    ...(tool !== '' && { function: tool }),
    ...(isError && { error: toolError(content) }),
  };
}

/** Inspect has kinds of tool errors; MCP tells none. */
export function toolError(content: Content): JsonObject {
  return { type: 'unknown', message: typeof content === 'string' ? content : plainText(content) };
}

/** The calls of a turn. Those of hosts of others have no ids and hold their arguments as text. */
export function callsIn(calls: JsonValue | undefined, id: string): JsonObject[] {
  if (!Array.isArray(calls)) return [];
  return calls.filter(isJsonObject).map((call, index) => ({
    id: textOf(call['id']) || `${id}/call-${index}`,
    function: textOf(call['tool']),
    ...argumentsOf(call['arguments'] ?? call['invalid']),
  }));
}

const argumentBounds = { maxSize: 4_000_000, maxDepth: 64 };

function argumentsOf(given: JsonValue | undefined): JsonObject {
  if (isJsonObject(given)) return { arguments: given };
  const text = textOf(given);
  try {
    const parsed: unknown = JSON.parse(text);
    if (isJsonObject(parsed) && withinBounds(parsed, argumentBounds)) return { arguments: parsed };
  } catch {
    // Told below.
  }
  return { arguments: {}, parse_error: `The arguments are no JSON object: ${text}` };
}

const stopReasons: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  'tool-calls': 'tool_calls',
  length: 'max_tokens',
  'content-filter': 'content_filter',
  other: 'unknown',
};

export function stopReason(finish: FinishReason): string {
  return stopReasons[finish];
}

function contentOf({ text, parts }: JsonObject): Content {
  if (!Array.isArray(parts)) return textOf(text);
  return contentFrom(parts.filter(isJsonObject));
}

/** MCP's content blocks, or a model message's parts. Lone text stays text; what Inspect has no form for is told as JSON. */
export function contentFrom(blocks: readonly JsonObject[]): Content {
  const [first] = blocks;
  if (first === undefined) return '';
  if (blocks.length === 1 && first['type'] === 'text') return textOf(first['text']);
  return blocks.map(part);
}

const mediaTypes: Readonly<
  Record<string, { readonly type: 'image' | 'audio'; readonly format?: 'wav' | 'mp3' }>
> = {
  'image/png': { type: 'image' },
  'image/jpeg': { type: 'image' },
  'image/gif': { type: 'image' },
  'image/webp': { type: 'image' },
  'audio/wav': { type: 'audio', format: 'wav' },
  'audio/mpeg': { type: 'audio', format: 'mp3' },
  'audio/mp3': { type: 'audio', format: 'mp3' },
};

function part(block: JsonObject): JsonObject {
  const { type, text, mimeType, data } = block;
  if (type === 'text') return { type, text: textOf(text) };
  const kind = textOf(mimeType);
  const form = Object.hasOwn(mediaTypes, kind) ? mediaTypes[kind] : undefined;
  if (!form || type !== form.type || typeof data !== 'string')
    return { type: 'text', text: JSON.stringify(block) };
  return { ...form, [form.type]: `data:${kind};base64,${data}` };
}

function plainText(content: readonly JsonObject[]): string {
  return content
    .filter(({ type }) => type === 'text')
    .map(({ text }) => textOf(text))
    .join('\n');
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
