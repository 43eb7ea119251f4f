import { isJsonObject, type JsonObject, type JsonValue } from '../contracts/json.ts';
import type { MediaPart } from '../contracts/model.ts';

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
  return isJsonObject(block['resource']) ? resourceText(block['resource']) : bracketed('resource');
}

/** What an agent reads of a resource's contents: its text, or its address where that is no text. */
export function resourceText(contents: JsonObject): string {
  return typeof contents['text'] === 'string' ? contents['text'] : bracketed('resource', contents['uri']);
}

/** Addresses of the resources that content blocks link to. */
export function linksIn(content: unknown): string[] {
  if (!Array.isArray(content)) return [];
  return content
    .filter(isJsonObject)
    .flatMap(({ type, uri }) => (type === 'resource_link' && typeof uri === 'string' ? [uri] : []));
}

/** The pictures and sound in content blocks, those inside embedded resources too. */
export function mediaIn(content: unknown): MediaPart[] {
  if (!Array.isArray(content)) return [];
  return content.filter(isJsonObject).flatMap(({ type, data, mimeType, resource }) => {
    if (type === 'resource') return isJsonObject(resource) ? mediaOfResource(resource) : [];
    return type === 'image' || type === 'audio' ? mediaPart(mimeType, data) : [];
  });
}

/** A resource's contents as a picture or sound, where they are that. */
export function mediaOfResource({ mimeType, blob }: JsonObject): MediaPart[] {
  return mediaPart(mimeType, blob);
}

function mediaPart(mimeType: JsonValue | undefined, data: JsonValue | undefined): MediaPart[] {
  if (typeof mimeType !== 'string' || typeof data !== 'string') return [];
  const type = mimeType.startsWith('image/') ? 'image' : mimeType.startsWith('audio/') ? 'audio' : undefined;
  return type ? [{ type, mimeType, data }] : [];
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

/** Members whose own names say something to a reader: parameters, fields and shared parts of schemas. */
const named = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'structured']);

/** What an agent reads of a definition or of structured data: every string in it, and the names of its members. */
export function definitionText(definition: JsonObject): string {
  const found: string[] = [];
  const walk = (node: unknown, parent: string): void => {
    if (typeof node === 'string') found.push(node);
    else if (Array.isArray(node)) for (const item of node) walk(item, parent);
    else if (isJsonObject(node))
      for (const [key, value] of Object.entries(node)) {
        if (named.has(parent)) found.push(key);
        walk(value, key);
      }
  };
  walk(definition, '');
  return found.join('\n');
}
