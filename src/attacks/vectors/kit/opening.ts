import type { JsonObject } from '../../../contracts/json.ts';
import { type McpReply, type McpRequest, resultReply, type WireContext } from '../../../contracts/wire.ts';
import { objectIn } from './tools.ts';

/** Capabilities by name, as a service declares them at the opening (MCP specification, basic/lifecycle). */
export type Capabilities = Readonly<Record<string, JsonObject>>;

/** Whether a request opens the connection, in either era. */
export function isOpening({ method }: McpRequest): boolean {
  return method === 'initialize' || method === 'server/discover';
}

/** A copy of the result of an opening that declares these capabilities too. */
export function declaring(opening: JsonObject, capabilities: Capabilities): JsonObject {
  const own = objectIn(opening['capabilities']);
  const added = Object.entries(capabilities).map(([name, options]): [string, JsonObject] => [
    name,
    { ...objectIn(own[name]), ...options },
  ]);
  return { ...opening, capabilities: { ...own, ...Object.fromEntries(added) } };
}

/** Methods whose results say in the 2026 era how long they may be kept. */
const kept = /\/list$|^resources\/read$/;

/** A reply of the attacker's own, complete in either era. */
export function completed({ method }: McpRequest, { era }: WireContext, result: JsonObject): McpReply {
  if (era !== '2026') return resultReply(result);
  const caching = kept.test(method) ? { ttlMs: 0, cacheScope: 'private' } : {};
  return resultReply({ resultType: 'complete', ...caching, ...result });
}
