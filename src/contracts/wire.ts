import type { JsonObject, JsonValue } from './json.ts';

/** The two protocol eras: the 2025 handshake (`initialize`) and revision 2026-07-28 (`server/discover`). */
export type Era = '2025' | '2026';

/** What carries the bytes between host and service. */
export type TransportKind = 'memory' | 'stdio' | 'http';

/** Names one message of an episode: `SERVICE#N`, counted per wire. */
export type MessageId = string;

export type Direction = 'to-host' | 'to-service';

/** A request in either direction, without its JSON-RPC framing. */
export interface McpRequest {
  readonly id: MessageId;
  readonly method: string;
  readonly params?: JsonObject;
  /** HTTP only: header fields that go out with it besides the transport's own (`Mcp-Param-*`, 2026 era). */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface McpError {
  readonly code: number;
  readonly message: string;
  readonly data?: JsonValue;
}

/** What comes back for a request. `dropped`: nothing is ever sent back. */
export type McpReply =
  | { readonly kind: 'result'; readonly result: JsonObject }
  | { readonly kind: 'error'; readonly error: McpError }
  | { readonly kind: 'dropped' };

export interface McpNotification {
  readonly id: MessageId;
  readonly direction: Direction;
  readonly method: string;
  readonly params?: JsonObject;
}

/** What a tap knows about the wire it sits on. */
export interface WireContext {
  readonly service: string;
  readonly transport: TransportKind;
  /** Known after the opening exchange. */
  readonly era: Era | 'unknown';
  /** Aborted when the wire closes. */
  readonly signal: AbortSignal;
  /**
   * Puts a notification on the wire. It passes the taps between the wire's middle and its receiver.
   * In the 2026 era change notices reach only a host that has subscribed, as the specification demands.
   */
  notify(direction: Direction, method: string, params?: JsonObject): void;
  /** Sends a request of the tap's own, from the wire's middle. `to-host` exists in the 2025 era only. */
  request(direction: Direction, method: string, params?: JsonObject): Promise<McpReply>;
}

/** One step of a request on its way; resolves with what comes back. */
export type Exchange = (request: McpRequest, context: WireContext) => Promise<McpReply>;

/** What a tap lets through: the notification as it goes on, or nothing; at once or later. */
export type PassedNotification = McpNotification | undefined | Promise<McpNotification | undefined>;

/**
 * Middleware on a wire: the one shape of attack, defense, recorder and fault injector.
 * A tap may change, answer, delay or drop; it must not keep a message's objects and change them later.
 * A step may be set up many times on one connection, so state belongs into the tap, not into the step.
 */
export interface Tap {
  readonly name: string;
  /** Host to service requests; call `next` to pass on, or answer yourself. */
  hostRequest?(next: Exchange): Exchange;
  /**
   * Service to host requests (sampling, elicitation, roots). In the 2026 era these arrive inside
   * `input_required` results; the wire presents them here all the same.
   */
  serviceRequest?(next: Exchange): Exchange;
  /**
   * Notifications in either direction; return undefined to drop. A promise holds the notification back, and later
   * messages overtake it.
   */
  notification?(message: McpNotification, context: WireContext): PassedNotification;
}

export function resultReply(result: JsonObject): McpReply {
  return { kind: 'result', result };
}

export function errorReply(code: number, message: string, data?: JsonValue): McpReply {
  return { kind: 'error', error: { code, message, ...(data === undefined ? {} : { data }) } };
}
