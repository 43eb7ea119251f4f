import { isJsonObject, type JsonObject } from '../../../contracts/json.ts';

const longestPointer = 1000;

/** What a reference within a schema points to (RFC 6901 pointers in a fragment); undefined when to nothing. */
export function resolveReference(root: JsonObject, reference: unknown): unknown {
  if (reference === '#') return root;
  if (typeof reference !== 'string' || !reference.startsWith('#/') || reference.length > longestPointer)
    return undefined;
  let node: unknown = root;
  for (const part of reference.slice(2).split('/')) {
    const key = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(node)) node = node[Number(key)];
    else if (isJsonObject(node) && Object.hasOwn(node, key)) node = node[key];
    else return undefined;
  }
  return node;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
