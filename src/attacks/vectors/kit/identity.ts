import { isJsonObject, type JsonObject } from '../../../contracts/json.ts';
import { objectIn } from './tools.ts';

/** Where results of the 2026 era name their service (specification 2026-07-28, `_meta`). */
const identityKey = 'io.modelcontextprotocol/serverInfo';

/** A copy of a result in which the service's own name and title have gone through `change`; undefined where it has none. */
export function withIdentity(
  result: JsonObject,
  change: (identity: JsonObject) => JsonObject,
): JsonObject | undefined {
  const inMeta = objectIn(result['_meta'])[identityKey];
  if (isJsonObject(inMeta))
    return { ...result, _meta: { ...objectIn(result['_meta']), [identityKey]: change(inMeta) } };
  const identity = result['serverInfo'];
  return isJsonObject(identity) ? { ...result, serverInfo: change(identity) } : undefined;
}
