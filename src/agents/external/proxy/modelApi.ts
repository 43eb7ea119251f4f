import type { HostModelCall } from '../../../contracts/externalAgent.ts';
import type { JsonObject, JsonValue } from '../../../contracts/json.ts';
import type { FinishReason } from '../../../contracts/model.ts';

/** A wire format of model endpoints, as far as it takes to see what a model reads and says. */
export interface ModelApi {
  readonly id: string;
  /** Whether requests to this path, without its query, are in this format. */
  isAt(path: string): boolean;
  readRequest(body: JsonObject, path: string): SeenRequest;
  /** @param chunks the events of a stream in order, or the one body of a whole answer */
  readReply(chunks: readonly JsonValue[]): SeenReply;
}

/** What is in front of a model. */
export interface SeenRequest {
  readonly model: string;
  readonly messages: readonly SeenMessage[];
  /** As the request defines them. */
  readonly tools: readonly SeenTool[];
}

export interface SeenMessage {
  readonly role: string;
  /** Everything in it that a model reads. */
  readonly text: string;
}

export interface SeenTool {
  readonly name: string;
  readonly definition: JsonObject;
}

export type SeenReply = Pick<HostModelCall, 'version' | 'inputTokens' | 'outputTokens'> & {
  readonly text: string;
  readonly calls: readonly SeenCall[];
  readonly finish: FinishReason;
};

export interface SeenCall {
  readonly tool: string;
  /** As they stand in the reply: an object, or the text of one. */
  readonly arguments: JsonValue;
}

/** Members of messages that are for programs. */
const unread = new Set([
  'type',
  'role',
  'id',
  'call_id',
  'tool_call_id',
  'tool_use_id',
  'status',
  'signature',
  'thoughtSignature',
  'encrypted_content',
  'cache_control',
  'data',
  'image_url',
]);

/** All that a model reads of a message, one string per line. */
export function readable(message: JsonValue | undefined): string {
  const found: string[] = [];
  const walk = (node: unknown): void => {
    if (typeof node === 'string') found.push(node);
    else if (Array.isArray(node)) node.forEach(walk);
    else if (typeof node === 'object' && node !== null)
      for (const [key, value] of Object.entries(node)) if (!unread.has(key)) walk(value);
  };
  walk(message);
  return found.join('\n');
}
