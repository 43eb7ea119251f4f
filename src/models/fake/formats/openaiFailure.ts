import type { JsonObject } from '../../../contracts/json.ts';
import type { Failure } from '../wireFormat.ts';

const kinds: ReadonlyMap<number, { readonly type: string; readonly code: string | null }> = new Map([
  [400, { type: 'invalid_request_error', code: null }],
  [401, { type: 'invalid_request_error', code: 'invalid_api_key' }],
  [403, { type: 'invalid_request_error', code: 'unsupported_country_region_territory' }],
  [404, { type: 'invalid_request_error', code: 'model_not_found' }],
  [429, { type: 'requests', code: 'rate_limit_exceeded' }],
]);

/** The error body of all OpenAI endpoints. */
export function openAiFailure({ status, message }: Failure): JsonObject {
  const byStatus = status < 500 ? kinds.get(400) : undefined;
  const { type, code } = kinds.get(status) ?? byStatus ?? { type: 'server_error', code: null };
  return { error: { message, type, param: null, code } };
}
