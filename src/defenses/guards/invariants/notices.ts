import type { DefenseScope } from '../../../contracts/defense.ts';
import {
  canonicalJson,
  digest,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '../../../contracts/json.ts';
import type { McpNotification, McpRequest, Tap } from '../../../contracts/wire.ts';
import { quote } from '../../texts.ts';
import { flag } from '../kit/flag.ts';
import type { Step } from '../kit/steps.ts';

/** What one host may have asked for at once. */
const maxAsked = 500;

const protocolKey = 'io.modelcontextprotocol/protocolVersion';
const logLevelKey = 'io.modelcontextprotocol/logLevel';
/** Change notices, and by which member of `subscriptions/listen` a host asks for them. */
const changeNotices: Readonly<Record<string, string>> = {
  'notifications/tools/list_changed': 'toolsListChanged',
  'notifications/prompts/list_changed': 'promptsListChanged',
  'notifications/resources/list_changed': 'resourcesListChanged',
};

/** Drops notifications that nobody asked for: progress, updates of resources, and in the 2026 era logs and changes. */
export function guardNotices(
  service: string,
  scope: DefenseScope,
): { readonly step: Step } & Required<Pick<Tap, 'notification'>> {
  const progress = new Set<JsonValue>();
  const resources = new Set<string>();
  const changes = new Set<string>();
  let logging = 0;
  /** Whether the host speaks the 2026 era, in which it says with each request what it wants to hear. */
  let modern = false;

  const subscribe = ({ method, params }: McpRequest): void => {
    const uri = params?.['uri'];
    if (method === 'resources/subscribe' && typeof uri === 'string' && resources.size < maxAsked)
      resources.add(digest(uri));
    if (method === 'resources/unsubscribe' && typeof uri === 'string') resources.delete(digest(uri));
    const filter = method === 'subscriptions/listen' ? params?.['notifications'] : undefined;
    if (!isJsonObject(filter)) return;
    for (const member of Object.values(changeNotices)) if (filter[member] === true) changes.add(member);
    const uris = filter['resourceSubscriptions'];
    for (const each of Array.isArray(uris) ? (uris as JsonValue[]).slice(0, maxAsked) : [])
      resources.add(digest(each));
  };

  const unasked = ({ method, params = {} }: McpNotification): string | undefined => {
    if (method === 'notifications/progress' && !progress.has(params['progressToken'] ?? null))
      return 'progress of no request that wants to know of it';
    if (method === 'notifications/resources/updated' && !resources.has(digest(params['uri'] ?? null)))
      return 'an update of a resource to which nobody has subscribed';
    if (!modern) return undefined;
    if (method === 'notifications/message' && logging === 0)
      return 'a log message though no request wants any';
    const member = Object.hasOwn(changeNotices, method) ? changeNotices[method] : undefined;
    return member !== undefined && !changes.has(member)
      ? 'a change notice that nobody listens for'
      : undefined;
  };

  return {
    step: (next) => async (request, context) => {
      const meta = metaOf(request);
      modern ||= meta[protocolKey] !== undefined;
      subscribe(request);
      const token = meta['progressToken'];
      const logs = meta[logLevelKey] !== undefined;
      if (token !== undefined && progress.size < maxAsked) progress.add(token);
      if (logs) logging++;
      try {
        return await next(request, context);
      } finally {
        if (token !== undefined) progress.delete(token);
        if (logs) logging--;
      }
    },
    notification(message) {
      const what = message.direction === 'to-host' ? unasked(message) : undefined;
      if (what === undefined) return message;
      const reason = `${service} sends ${what} (${quote(message.method)})`;
      const spans = [{ path: '', text: canonicalJson(message.params ?? {}).slice(0, 400) }];
      return flag(scope, { score: 0.7, reason, spans }, message.id, 'block') ? undefined : message;
    },
  };
}

function metaOf({ params }: McpRequest): JsonObject {
  const meta = params?.['_meta'];
  return isJsonObject(meta) ? meta : {};
}
