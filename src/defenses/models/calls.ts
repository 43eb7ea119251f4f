import type { ToolCall } from '../../contracts/goal.ts';
import { canonicalJson, isJsonObject, type JsonObject, type JsonValue } from '../../contracts/json.ts';
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
  const read = (value: JsonValue | undefined): void => {
    if (value === undefined || value === null) return;
    if (typeof value === 'object') Object.values(value).forEach(read);
    else
      for (const [word] of String(value)
        .toLowerCase()
        .matchAll(/[\p{L}\p{N}]+/gu))
        words.push(word);
  };
  read(given);
  return words;
}
