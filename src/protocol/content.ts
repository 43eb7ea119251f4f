import { isJsonObject, type JsonObject, stringsIn } from '../contracts/json.ts';

/** What an agent reads of a result's content blocks (MCP specification, server/tools): every block, as text. */
export function contentText(content: unknown): string {
  if (!Array.isArray(content)) return '';
  return content.filter(isJsonObject).map(blockText).join('\n');
}

function blockText(block: JsonObject): string {
  switch (block['type']) {
    case 'text':
      return String(block['text']);
    case 'resource': {
      const resource = isJsonObject(block['resource']) ? block['resource'] : {};
      return typeof resource['text'] === 'string'
        ? resource['text']
        : `[resource ${String(resource['uri'])}]`;
    }
    case 'resource_link':
      return `[link ${String(block['name'])} ${String(block['uri'])}${block['description'] ? ` ${String(block['description'])}` : ''}]`;
    default:
      return `[${String(block['type'])} ${String(block['mimeType'] ?? '')}]`;
  }
}

/** What an agent reads of a tool's definition: every string in it. */
export function definitionText(tool: JsonObject): string {
  return stringsIn(tool).join('\n');
}
