import { isJsonObject, type JsonObject, type JsonValue, stringsIn } from '../contracts/json.ts';

/** What an agent reads of a result's content blocks (MCP specification, server/tools): every block, as text. */
export function contentText(content: unknown): string {
  if (!Array.isArray(content)) return '';
  return content.filter(isJsonObject).map(blockText).join('\n');
}

function blockText(block: JsonObject): string {
  const type = block['type'];
  if (type === 'text') return plain(block['text']);
  if (type === 'resource_link') return bracketed('link', block['name'], block['uri'], block['description']);
  if (type !== 'resource') return bracketed(type, block['mimeType']);
  const resource = isJsonObject(block['resource']) ? block['resource'] : {};
  return typeof resource['text'] === 'string' ? resource['text'] : bracketed('resource', resource['uri']);
}

function bracketed(...parts: (JsonValue | undefined)[]): string {
  return `[${parts
    .filter((part) => part !== undefined)
    .map(plain)
    .join(' ')}]`;
}

/** A string as it is, anything else as JSON. */
function plain(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** What an agent reads of a tool's definition: every string in it. */
export function definitionText(tool: JsonObject): string {
  return stringsIn(tool).join('\n');
}
