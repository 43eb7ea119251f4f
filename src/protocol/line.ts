import type { JSONRPCMessage, Transport, TransportSendOptions } from '@modelcontextprotocol/client';
import { messageOf } from '../contracts/errors.ts';
import {
  type Direction,
  type Era,
  errorReply,
  type McpNotification,
  type McpReply,
  type MessageId,
  type PassedNotification,
  type Tap,
  type WireContext,
} from '../contracts/wire.ts';
import type { FrameId, NotificationFrame, RequestFrame, ResponseFrame } from './frames.ts';
import { toSdk } from './frames.ts';
import type { WireFault, WireOptions } from './wire.ts';

type AnyFrame = RequestFrame | NotificationFrame | ResponseFrame;
type Inject = Pick<WireContext, 'notify' | 'request'>;

/** What the two directions of one wire share. */
export interface Line {
  readonly hostTaps: readonly Tap[];
  readonly serviceTaps: readonly Tap[];
  readonly allTaps: readonly Tap[];
  readonly context: WireContext;
  readonly closed: AbortSignal;
  era: Era | 'unknown';
  nextId(): MessageId;
  /** An id for a frame of the wire's own; never one of the SDK's. */
  nextFrameId(): FrameId;
  fault(code: WireFault['code'], what: string): void;
  toHost(frame: AnyFrame | undefined): void;
  toService(frame: AnyFrame, options?: TransportSendOptions): Promise<void>;
  /** Hands on what taps let through, now or later; one that fails later becomes a fault. */
  whenPassed(passed: PassedNotification, deliver: (message: McpNotification) => void): void;
  /** Runs taps; a tap that throws becomes a fault and an error reply. */
  guarded(chain: () => Promise<McpReply>): Promise<McpReply>;
}

export interface LineOptions {
  readonly inner: Transport;
  readonly wire: WireOptions;
  readonly closed: AbortSignal;
  readonly deliver: (message: JSONRPCMessage) => void;
  /** What `notify` and `request` of the context do. */
  readonly inject: () => Inject;
}

/** Longest description of a fault, in characters; strangers word parts of it. */
const maxFaultText = 500;

export function createLine({ inner, wire, closed, deliver, inject }: LineOptions): Line {
  let lastMessage = 0;
  let lastFrame = 0;
  const hostTaps = wire.hostTaps ?? [];
  const serviceTaps = wire.serviceTaps ?? [];
  const line: Line = {
    hostTaps,
    serviceTaps,
    allTaps: [...hostTaps, ...serviceTaps],
    closed,
    era: wire.era ?? 'unknown',
    context: {
      service: wire.service,
      transport: wire.transport,
      get era() {
        return line.era;
      },
      signal: closed,
      notify: (direction: Direction, method, params) => inject().notify(direction, method, params),
      request: (direction: Direction, method, params) => inject().request(direction, method, params),
    },
    nextId: () => wire.nextId?.() ?? `${wire.service}#${++lastMessage}`,
    nextFrameId: () => `safemcp-${++lastFrame}`,
    fault: (code, what) => wire.onFault?.({ service: wire.service, code, what: what.slice(0, maxFaultText) }),
    toHost(frame) {
      if (frame && !closed.aborted) deliver(toSdk(frame));
    },
    toService: (frame, options) => inner.send(toSdk(frame), options),
    whenPassed(passed, deliver) {
      if (!(passed instanceof Promise)) {
        if (passed) deliver(passed);
        return;
      }
      passed
        .then((later) => {
          if (later && !closed.aborted) deliver(later);
        })
        .catch((error: unknown) => line.fault('TAP_FAILED', messageOf(error)));
    },
    async guarded(chain) {
      try {
        return await chain();
      } catch (error) {
        line.fault('TAP_FAILED', messageOf(error));
        return errorReply(-32603, 'A tap failed on this request');
      }
    },
  };
  return line;
}
