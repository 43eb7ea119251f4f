import { isJsonObject, type JsonObject } from '../../../contracts/json.ts';
import type { McpRequest, Tap } from '../../../contracts/wire.ts';

/** Sends a notification to the host. */
export type Send = (method: string, params: JsonObject) => void;

/** A tap that sends notifications before the service gets a tool call. */
export function sendBefore(name: string, onCall: (request: McpRequest, send: Send) => void): Tap {
  return {
    name,
    hostRequest: (next) => (request, context) => {
      if (request.method === 'tools/call')
        onCall(request, (method, params) => context.notify('to-host', method, params));
      return next(request, context);
    },
  };
}

/** What the host wants progress on a request to be marked with; a service that was not asked for any invents a mark. */
export function progressTokenOf({ id, params }: McpRequest): string | number {
  const meta = params?.['_meta'];
  const token = isJsonObject(meta) ? meta['progressToken'] : undefined;
  return typeof token === 'string' || typeof token === 'number' ? token : id;
}
