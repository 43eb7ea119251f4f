import { SUBSCRIPTION_ID_META_KEY } from '@modelcontextprotocol/client';
import { isJsonObject, type JsonObject } from '../contracts/json.ts';
import type { FrameId } from './frames.ts';

/** The `subscriptions/listen` streams of a 2026-era connection, and which change notices each asked for. */
export interface Subscriptions {
  open(id: FrameId, params: JsonObject | undefined): void;
  close(id: FrameId): void;
  /** Whether `method` is a change notice, which only subscribers receive. */
  concerns(method: string): boolean;
  /** `params` once for each stream that asked for `method`, stamped with its id; other notices go out as they are. */
  address(method: string, params: JsonObject | undefined): (JsonObject | undefined)[];
}

const filterMember: Readonly<Record<string, string>> = {
  'notifications/tools/list_changed': 'toolsListChanged',
  'notifications/prompts/list_changed': 'promptsListChanged',
  'notifications/resources/list_changed': 'resourcesListChanged',
};

export function createSubscriptions(): Subscriptions {
  const streams = new Map<FrameId, JsonObject>();
  return {
    open(id, params) {
      const filter = params?.['notifications'];
      streams.set(id, isJsonObject(filter) ? filter : {});
    },
    close: (id) => void streams.delete(id),
    concerns: (method) => Object.hasOwn(filterMember, method),
    address(method, params) {
      const member = filterMember[method];
      if (member === undefined) return [params];
      const listeners = [...streams].filter(([, filter]) => filter[member] === true);
      return listeners.map(([id]) => {
        const meta = isJsonObject(params?.['_meta']) ? params['_meta'] : {};
        return { ...params, _meta: { ...meta, [SUBSCRIPTION_ID_META_KEY]: id } };
      });
    },
  };
}
