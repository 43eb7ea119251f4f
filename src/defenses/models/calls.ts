import type { ToolCall } from '../../contracts/goal.ts';
import { canonicalJson, isJsonObject, type JsonObject } from '../../contracts/json.ts';
import type { McpRequest } from '../../contracts/wire.ts';

/** The call that a request makes; anything that is no name or no arguments counts as empty. */
export function callIn({ params }: McpRequest, service: string): ToolCall {
  const name = params?.['name'];
  const given = params?.['arguments'];
  return {
    service,
    tool: typeof name === 'string' ? name : '',
    arguments: isJsonObject(given) ? given : {},
  };
}

/** A call as a model reads it. */
export function callText({ service, tool, arguments: given }: ToolCall): string {
  return canonicalJson({ service, tool, arguments: given });
}

/** Every value in a call's arguments as words in lower case; names of arguments do not count. */
export function argumentWords(given: JsonObject): readonly string[] {
  const words: string[] = [];
  const read = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(read);
    else if (value !== undefined && value !== null)
      words.push(
        ...(String(value)
          .toLowerCase()
          .match(/[\p{L}\p{N}]+/gu) ?? []),
      );
  };
  read(given);
  return words;
}
