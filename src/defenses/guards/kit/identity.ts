import { canonicalJson, isJsonObject, type JsonObject, type JsonValue } from '../../../contracts/json.ts';
import type { McpRequest } from '../../../contracts/wire.ts';

/** Where results of the 2026 era name their service (specification 2026-07-28, `_meta`). */
const identityKey = 'io.modelcontextprotocol/serverInfo';

export interface StatedIdentity {
  readonly value: JsonValue;
  /** JSON pointer into the result. */
  readonly path: string;
}

/** Whether a request opens the connection, in either era. */
export function isOpening({ method }: McpRequest): boolean {
  return method === 'initialize' || method === 'server/discover';
}

/** The name that a service gives itself in a result; undefined where it gives none. */
export function identityIn(request: McpRequest, result: JsonObject): StatedIdentity | undefined {
  const meta = result['_meta'];
  const inMeta = isJsonObject(meta) ? meta[identityKey] : undefined;
  if (inMeta !== undefined) return { value: inMeta, path: `/_meta/${identityKey.replaceAll('/', '~1')}` };
  const info = isOpening(request) ? result['serverInfo'] : undefined;
  return info === undefined ? undefined : { value: info, path: '/serverInfo' };
}

/** A copy of a result that states an identity, with another one in its place. */
export function withIdentity(request: McpRequest, result: JsonObject, identity: JsonValue): JsonObject {
  const meta = result['_meta'];
  if (isJsonObject(meta) && meta[identityKey] !== undefined)
    return { ...result, _meta: { ...meta, [identityKey]: identity } };
  return isOpening(request) ? { ...result, serverInfo: identity } : result;
}

/** What is compared was often read before: the same name in each result, by one defense after the other. */
const read = new WeakMap<object, string>();

/** Equal values give equal texts; nothing gives `nothing`. */
export function comparable(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (!isJsonObject(value)) return canonicalJson(value);
  const text = read.get(value) ?? canonicalJson(value);
  read.set(value, text);
  return text;
}
