import { messageOf } from '../contracts/errors.ts';
import { boundedSize } from '../contracts/json.ts';
import { type Exchange, errorReply, type McpReply } from '../contracts/wire.ts';
import { composeServiceRequest, passNotification } from './chain.ts';
import {
  classify,
  type FrameId,
  isFrameId,
  type NotificationFrame,
  notificationFrame,
  paramsOf,
  type RequestFrame,
  type ResponseFrame,
  replyOf,
  requestFrame,
  responseFrame,
} from './frames.ts';
import type { Line } from './line.ts';
import type { Outgoing } from './outgoing.ts';
import { createPending } from './pending.ts';
import type { WireLimits } from './wire.ts';

/** The way from the service to the host. */
export interface Incoming {
  /** Takes anything the service has sent. */
  receive(message: unknown): void;
  /** Hands in the host's reply to a request of the service. */
  settle(id: FrameId, reply: McpReply): void;
  /** Shows a request to the host. */
  readonly ask: Exchange;
  release(): void;
}

/** @param flooded ends the wire of a service that has sent more than this */
export function createIncoming(
  line: Line,
  outgoing: Outgoing,
  limits: WireLimits,
  flooded: (what: string) => void,
): Incoming {
  const pending = createPending();
  const bounds = { maxSize: limits.maxMessageSize, maxDepth: limits.maxDepth };
  let received = 0;
  /** Frame ids of requests from the service that have not reached the host yet, by message id. */
  const unshown = new Map<string, FrameId>();

  const ask: Exchange = ({ id, method, params }) => {
    const own = unshown.get(id);
    const frameId = own !== undefined && !pending.has(own) ? own : line.nextFrameId();
    const reply = pending.wait(frameId);
    line.toHost(requestFrame(frameId, method, params));
    return reply;
  };
  const serviceChain = composeServiceRequest(line.allTaps, ask);

  const response = (frame: ResponseFrame): void => {
    if (outgoing.settle(frame.id, replyOf(frame))) return;
    const id = JSON.stringify(frame.id).slice(0, 80);
    line.fault('UNMATCHED_REPLY', `The service answered a request that nobody sent: ${id}`);
    line.toHost(frame);
  };

  const request = async (frame: RequestFrame): Promise<void> => {
    const id = line.nextId();
    unshown.set(id, frame.id);
    const reply = await line.guarded(() =>
      serviceChain({ id, method: frame.method, ...paramsOf(frame) }, line.context),
    );
    unshown.delete(id);
    const answer = responseFrame(frame.id, reply);
    if (answer === undefined || line.closed.aborted) return;
    await line.toService(answer).catch((error: unknown) => line.fault('TRANSPORT', messageOf(error)));
  };

  const notification = (frame: NotificationFrame): void => {
    const message = {
      id: line.nextId(),
      direction: 'to-host' as const,
      method: frame.method,
      ...paramsOf(frame),
    };
    const passed = passNotification(line.allTaps.toReversed(), message, line.context);
    line.whenPassed(passed, ({ method, params }) => line.toHost(notificationFrame(method, params)));
    // The host answers no request that was canceled, so nothing else would end its way through the taps.
    const canceled = frame.method === 'notifications/cancelled' ? frame.params?.['requestId'] : undefined;
    if (isFrameId(canceled)) pending.settle(canceled, { kind: 'dropped' });
  };

  return {
    ask,
    settle: (id, reply) => void pending.settle(id, reply),
    release: () => pending.settleAll({ kind: 'dropped' }),
    receive(message) {
      const classified = classify(message);
      if (classified.kind === 'malformed') {
        line.fault('MALFORMED', 'The service sent something that is no JSON-RPC message');
        return;
      }
      const { kind, frame } = classified;
      const size = boundedSize(frame, bounds);
      if (size === Number.POSITIVE_INFINITY) {
        const what = `exceeds ${limits.maxMessageSize} characters or depth ${limits.maxDepth}`;
        line.fault('OVERSIZED', `A message of the service ${what}`);
        if (kind === 'response')
          outgoing.settle(frame.id, errorReply(-32603, `The reply of the service ${what}`));
        return;
      }
      received += size;
      if (received > limits.maxServiceSize) {
        flooded(`${limits.maxServiceSize} characters`);
        return;
      }
      if (kind === 'response') response(frame);
      else if (kind === 'request') void request(frame);
      else notification(frame);
    },
  };
}
