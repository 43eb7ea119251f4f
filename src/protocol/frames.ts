import type { JSONRPCMessage } from '@modelcontextprotocol/client';
import { isJsonObject, type JsonObject } from '../contracts/json.ts';
import type { McpError, McpReply } from '../contracts/wire.ts';

/** A JSON-RPC id as it stands in frames. */
export type FrameId = string | number;

export interface RequestFrame {
  readonly jsonrpc: '2.0';
  readonly id: FrameId;
  readonly method: string;
  readonly params?: JsonObject;
}

export interface NotificationFrame {
  readonly jsonrpc: '2.0';
  readonly method: string;
  readonly params?: JsonObject;
}

export interface ResponseFrame {
  readonly jsonrpc: '2.0';
  readonly id: FrameId;
  readonly result?: JsonObject;
  readonly error?: McpError;
}

export type Frame =
  | { readonly kind: 'request'; readonly frame: RequestFrame }
  | { readonly kind: 'notification'; readonly frame: NotificationFrame }
  | { readonly kind: 'response'; readonly frame: ResponseFrame }
  | { readonly kind: 'malformed' };

export function isFrameId(value: unknown): value is FrameId {
  return typeof value === 'string' || typeof value === 'number';
}

function isErrorObject(value: unknown): boolean {
  return isJsonObject(value) && typeof value['code'] === 'number' && typeof value['message'] === 'string';
}

/** Tells what a message is by its own members; nothing a stranger sent is taken on trust. */
export function classify(message: unknown): Frame {
  if (!isJsonObject(message)) return { kind: 'malformed' };
  const params = message['params'];
  if (typeof message['method'] === 'string') {
    if (params !== undefined && !isJsonObject(params)) return { kind: 'malformed' };
    if (message['id'] === undefined)
      return { kind: 'notification', frame: message as unknown as NotificationFrame };
    return isFrameId(message['id'])
      ? { kind: 'request', frame: message as unknown as RequestFrame }
      : { kind: 'malformed' };
  }
  if (!isFrameId(message['id'])) return { kind: 'malformed' };
  const error = message['error'];
  const wellFormed = error === undefined ? isJsonObject(message['result']) : isErrorObject(error);
  return wellFormed
    ? { kind: 'response', frame: message as unknown as ResponseFrame }
    : { kind: 'malformed' };
}

/** The SDK's transports speak this type; frames are checked by {@link classify}, payloads by the SDK itself. */
export function toSdk(frame: RequestFrame | NotificationFrame | ResponseFrame): JSONRPCMessage {
  return frame as unknown as JSONRPCMessage;
}

export function requestFrame(id: FrameId, method: string, params: JsonObject | undefined): RequestFrame {
  return params === undefined ? { jsonrpc: '2.0', id, method } : { jsonrpc: '2.0', id, method, params };
}

export function notificationFrame(method: string, params: JsonObject | undefined): NotificationFrame {
  return params === undefined ? { jsonrpc: '2.0', method } : { jsonrpc: '2.0', method, params };
}

/** The `params` member, where there is one. */
export function paramsOf(frame: RequestFrame | NotificationFrame): { params?: JsonObject } {
  return frame.params === undefined ? {} : { params: frame.params };
}

export function replyOf(frame: ResponseFrame): McpReply {
  if (frame.error !== undefined) return { kind: 'error', error: frame.error };
  return { kind: 'result', result: frame.result ?? {} };
}

/** The frame for a reply; none for a dropped one. */
export function responseFrame(id: FrameId, reply: McpReply): ResponseFrame | undefined {
  switch (reply.kind) {
    case 'result':
      return { jsonrpc: '2.0', id, result: reply.result };
    case 'error':
      return { jsonrpc: '2.0', id, error: reply.error };
    case 'dropped':
      return undefined;
  }
}
