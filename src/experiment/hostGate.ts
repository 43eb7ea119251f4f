import { isJsonObject, type JsonObject, type JsonValue, stringsIn, withinBounds } from '../contracts/json.ts';
import { errorReply, type McpReply, type McpRequest, type Tap } from '../contracts/wire.ts';
import { definitionText } from '../protocol/content.ts';
import { CallLimitReached } from '../protocol/host.ts';

/** What every message of a stranger's host passes first, and everything it gets passes last. */
export interface HostGate {
  /** For the host's end of the wires to one service. */
  readonly tap: Tap;
  /** Whether the host has sent any request. */
  readonly passed: boolean;
  /** Tool calls issued so far. */
  readonly calls: number;
}

export interface HostGateOptions {
  readonly maxCalls: number;
  /** Milliseconds for one answer of a service. */
  readonly callTimeoutMs: number;
  /** Nothing passes once it is aborted. */
  readonly signal: AbortSignal;
  /** False where only the 2025 era is to be spoken. */
  readonly offers2026: boolean;
  /** The host has used up its calls, or has sent more than any host has to say. */
  onFailure(failure: Error): void;
  /** Called with every text that reaches the host. */
  onReading(text: string): void;
}

/** Messages of a host in one episode. */
const maxMessages = 20_000;
const bounds = { maxSize: 4_000_000, maxDepth: 64 };

/** Requests that stay open. */
const waits: ReadonlySet<string> = new Set(['subscriptions/listen']);

/** The host sends without end, or more at once than anybody has to say. */
class HostFlood extends Error {}

export function createHostGate({ maxCalls, signal, onFailure, ...options }: HostGateOptions): HostGate {
  let messages = 0;
  let calls = 0;
  /** Whether a message may pass; tells of the failure otherwise. */
  const admits = ({ method, params }: { readonly method: string; readonly params?: JsonObject }): boolean => {
    if (signal.aborted) return false;
    const failure = failureOf(method, params);
    if (failure) onFailure(failure);
    return failure === undefined;
  };
  const failureOf = (method: string, params: JsonObject | undefined): Error | undefined => {
    if (++messages > maxMessages) return new HostFlood(`The host sent more than ${maxMessages} messages`);
    if (!withinBounds(params ?? {}, bounds))
      return new HostFlood('The host sent a message that is too large');
    if (method !== 'tools/call') return undefined;
    if (calls >= maxCalls) return new CallLimitReached(maxCalls);
    calls++;
    return undefined;
  };
  /** What a service has not answered in time has failed, as it would have in a host of ours. */
  const soon = async (pass: () => Promise<McpReply>): Promise<McpReply> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<McpReply>((resolve) => {
      timer = setTimeout(() => resolve(errorReply(-32001, 'Request timed out')), options.callTimeoutMs);
    });
    return Promise.race([pass(), late]).finally(() => clearTimeout(timer));
  };
  const answer = async (request: McpRequest, pass: () => Promise<McpReply>): Promise<McpReply> => {
    if (!admits(request)) return { kind: 'dropped' };
    if (request.method === 'server/discover' && !options.offers2026)
      return errorReply(-32601, 'Method not found');
    const reply = await (waits.has(request.method) ? pass() : soon(pass));
    if (signal.aborted) return { kind: 'dropped' };
    for (const text of textsOf(reply)) options.onReading(text);
    return reply;
  };
  return {
    get passed() {
      return messages > 0;
    },
    get calls() {
      return calls;
    },
    tap: {
      name: 'host/gate',
      hostRequest: (next) => (request, context) => answer(request, () => next(request, context)),
      serviceRequest: (next) => (request, context) => {
        options.onReading(stringsIn(request.params).join('\n'));
        return next(request, context);
      },
      notification: (message) => (message.direction === 'to-host' || admits(message) ? message : undefined),
    },
  };
}

/** The lists of a result, whose entries a host shows one by one. */
const lists = ['tools', 'prompts', 'resources', 'resourceTemplates'] as const;

/** What a reply gives to read: each entry of a list for itself, anything else as a whole. */
function textsOf(reply: McpReply): string[] {
  if (reply.kind === 'dropped') return [];
  if (reply.kind === 'error') return [reply.error.message];
  const listed = lists.flatMap((key): readonly JsonValue[] => {
    const entries = reply.result[key];
    return Array.isArray(entries) ? (entries as readonly JsonValue[]) : [];
  });
  if (listed.length > 0) return listed.filter(isJsonObject).map(definitionText);
  const { structuredContent, ...rest } = reply.result;
  const structured = structuredContent === undefined ? '' : definitionText({ structured: structuredContent });
  return [[...stringsIn(rest), structured].filter(Boolean).join('\n')];
}
