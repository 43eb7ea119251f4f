import type { Transport } from '@modelcontextprotocol/client';
import { messageOf } from '../contracts/errors.ts';
import type { JsonObject } from '../contracts/json.ts';
import {
  type Direction,
  type Era,
  errorReply,
  type McpReply,
  type MessageId,
  type Tap,
  type TransportKind,
} from '../contracts/wire.ts';
import { composeServiceRequest, passNotification } from './chain.ts';
import { classify, notificationFrame, replyOf } from './frames.ts';
import { createIncoming, type Incoming } from './incoming.ts';
import { createLine, type Line } from './line.ts';
import { createOutgoing, type Outgoing } from './outgoing.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';

/** What a wire puts up with from a service. */
export interface WireLimits {
  /** Largest message: characters of its strings and keys, and 8 for every value. */
  readonly maxMessageSize: number;
  readonly maxDepth: number;
  /** Messages from the service, readable or not, over the life of the wire. */
  readonly maxServiceMessages: number;
  /** All readable messages from the service together, over the life of the wire; recorders keep them all. */
  readonly maxServiceSize: number;
}

export const defaultWireLimits: WireLimits = {
  maxMessageSize: 4_000_000,
  maxDepth: 64,
  maxServiceMessages: 20_000,
  maxServiceSize: 16_000_000,
};

/** A service (or a tap) broke a rule or a limit; the wire goes on where it can. */
export interface WireFault {
  readonly service: string;
  readonly code:
    | 'OVERSIZED'
    | 'MALFORMED'
    | 'UNMATCHED_REPLY'
    | 'FLOOD'
    | 'TRANSPORT'
    | 'CLOSED'
    | 'TAP_FAILED';
  readonly what: string;
}

export interface WireOptions {
  readonly service: string;
  readonly transport: TransportKind;
  /** Taps at the host's end (defenses, recorder), the host's side first. */
  readonly hostTaps?: readonly Tap[];
  /** Taps at the service's end (attacks, faults), the host's side first. */
  readonly serviceTaps?: readonly Tap[];
  readonly limits?: WireLimits;
  /** The era, where it is known before the opening exchange. */
  readonly era?: Era;
  /** False where nothing can carry requests from the service's side to the host; true if absent. */
  readonly asksHost?: boolean;
  /** Names messages, where several wires lead to one service; by the service and a count of the wire's own if absent. */
  nextId?(): MessageId;
  /** Takes the change notices that taps send in the 2026 era, where others than this wire hold the subscriptions. */
  announce?(method: string): void;
  onFault?(fault: WireFault): void;
}

/** One for all wires: an abort without a reason makes an error with a stack each time. */
const closed = new Error('The wire is closed');

/**
 * A transport that puts taps between an SDK client and the `inner` transport of a service. Give it to
 * `Client.connect`. The order on the way to the service: host taps, the wire's middle, service taps, `inner`.
 * `send` of a request settles when its exchange is over.
 */
export function createWire(inner: Transport, options: WireOptions): Transport {
  const limits = options.limits ?? defaultWireLimits;
  const over = new AbortController();
  const subscriptions = createSubscriptions();
  const line = createLine({
    inner,
    wire: options,
    closed: over.signal,
    deliver: (message) => transport.onmessage?.(message),
    inject: () => injection,
  });
  const outgoing = createOutgoing(line, subscriptions);
  const incoming = createIncoming(line, outgoing, limits, flooded);
  const injection = createInjection({ line, outgoing, incoming, subscriptions, options });
  let received = 0;

  const finish = (): void => {
    if (over.signal.aborted) return;
    over.abort(closed);
    outgoing.release();
    incoming.release();
    transport.onclose?.();
  };
  /** Ends the wire of a service that has sent too much. */
  function flooded(what: string): void {
    line.fault('FLOOD', `More than ${what} from the service`);
    transport.close().catch((error: unknown) => line.fault('TRANSPORT', messageOf(error)));
  }
  /** Counts what the service has sent; false once it is too much. */
  const admit = (): boolean => {
    if (over.signal.aborted) return false;
    received++;
    if (received <= limits.maxServiceMessages) return true;
    flooded(`${limits.maxServiceMessages} messages`);
    return false;
  };

  const transport: Transport = {
    get hasPerRequestStream() {
      return inner.hasPerRequestStream ?? false;
    },
    get sessionId() {
      return inner.sessionId;
    },
    setProtocolVersion: (version) => inner.setProtocolVersion?.(version),
    setSupportedProtocolVersions: (versions) => inner.setSupportedProtocolVersions?.(versions),
    async start() {
      inner.onmessage = (message: unknown) => {
        if (admit()) incoming.receive(message);
      };
      inner.onerror = (error) => {
        if (!admit()) return;
        line.fault(faultCode(error), messageOf(error));
        transport.onerror?.(error);
      };
      inner.onclose = () => {
        if (!over.signal.aborted) line.fault('CLOSED', 'The service closed the connection');
        finish();
      };
      await inner.start();
    },
    async close() {
      finish();
      await inner.close();
    },
    send(message, sendOptions) {
      const classified = classify(message);
      switch (classified.kind) {
        case 'request':
          return outgoing.request(classified.frame, sendOptions);
        case 'notification':
          return outgoing.notification(classified.frame, sendOptions);
        case 'response':
          incoming.settle(classified.frame.id, replyOf(classified.frame));
          return Promise.resolve();
        case 'malformed':
          return Promise.reject(
            new TypeError('The host tried to send something that is no JSON-RPC message'),
          );
      }
    },
  };
  // By these members the SDK's client knows a channel that is not HTTP: it then takes a service that leaves
  // the 2026 opening unanswered for an old one.
  return options.transport === 'http' ? transport : Object.assign(transport, { pid: null, stderr: null });
}

/** What transports report, by the names of the errors that JSON, the SDK's schemas and our limits throw. */
function faultCode(error: Error): WireFault['code'] {
  if (error.name === 'LimitExceeded') return 'OVERSIZED';
  return error.name === 'SyntaxError' || error.name.endsWith('ZodError') ? 'MALFORMED' : 'TRANSPORT';
}

interface InjectionOptions {
  readonly line: Line;
  readonly outgoing: Outgoing;
  readonly incoming: Incoming;
  readonly subscriptions: Subscriptions;
  readonly options: WireOptions;
}

interface Injection {
  notify(direction: Direction, method: string, params?: JsonObject): void;
  request(direction: Direction, method: string, params?: JsonObject): Promise<McpReply>;
}

/** What taps send by themselves, from the middle of the wire. */
function createInjection({ line, outgoing, incoming, subscriptions, options }: InjectionOptions): Injection {
  const hostRequest = composeServiceRequest(line.hostTaps, incoming.ask);
  const notifyHost = (method: string, params: JsonObject | undefined): void => {
    if (line.era === '2026' && options.announce && subscriptions.concerns(method)) {
      options.announce(method);
      return;
    }
    const id = line.nextId();
    const stamped = line.era === '2026' ? subscriptions.address(method, params) : [params];
    for (const each of stamped) {
      const message = { id, direction: 'to-host' as const, method, ...(each && { params: each }) };
      const passed = passNotification(line.hostTaps.toReversed(), message, line.context);
      line.whenPassed(passed, (going) => line.toHost(notificationFrame(going.method, going.params)));
    }
  };
  const notifyService = (method: string, params: JsonObject | undefined): void => {
    const message = {
      id: line.nextId(),
      direction: 'to-service' as const,
      method,
      ...(params && { params }),
    };
    const passed = passNotification(line.serviceTaps, message, line.context);
    line.whenPassed(passed, (going) => {
      line
        .toService(notificationFrame(going.method, going.params))
        .catch((error: unknown) => line.fault('TRANSPORT', messageOf(error)));
    });
  };
  return {
    notify: (direction, method, params) =>
      direction === 'to-host' ? notifyHost(method, params) : notifyService(method, params),
    async request(direction, method, params) {
      const request = { id: line.nextId(), method, ...(params && { params }) };
      if (direction === 'to-service') return outgoing.segment(request, line.context);
      if (options.asksHost === false) return errorReply(-32601, 'Nothing here carries requests to the host');
      if (line.era === '2026')
        return errorReply(-32601, 'The 2026 era has no requests from services to hosts');
      return hostRequest(request, line.context);
    },
  };
}
