import { PROTOCOL_VERSION_META_KEY, type TransportSendOptions } from '@modelcontextprotocol/client';
import { messageOf } from '../contracts/errors.ts';
import { isJsonObject } from '../contracts/json.ts';
import type { Exchange, McpReply, McpRequest } from '../contracts/wire.ts';
import { composeHostRequest, composeServiceRequest, passNotification } from './chain.ts';
import {
  type FrameId,
  isFrameId,
  type NotificationFrame,
  notificationFrame,
  paramsOf,
  type RequestFrame,
  requestFrame,
  responseFrame,
} from './frames.ts';
import { createInputRounds } from './inputRounds.ts';
import type { Line } from './line.ts';
import { createPending } from './pending.ts';
import type { Subscriptions } from './subscriptions.ts';

/** The way from the host to the service. */
export interface Outgoing {
  /** Settles when the exchange is over; rejects when the transport failed it. */
  request(frame: RequestFrame, options?: TransportSendOptions): Promise<void>;
  notification(frame: NotificationFrame, options?: TransportSendOptions): Promise<void>;
  /** Hands in a reply of the service; false when no request waits for it. */
  settle(id: FrameId, reply: McpReply): boolean;
  /** From the middle of the wire to the service. */
  readonly segment: Exchange;
  release(): void;
}

/** A request of the host on its way through the taps. */
interface Flight {
  readonly frameId: FrameId;
  readonly options: TransportSendOptions | undefined;
  state: 'waiting' | 'forwarded' | 'canceled';
  /** Why the transport has lost it. */
  failure?: unknown;
}

const streamEnded = 'The service ended its answer without a reply';
const dropped: McpReply = { kind: 'dropped' };

export function createOutgoing(line: Line, subscriptions: Subscriptions): Outgoing {
  const flights = new Map<string, Flight>();
  const flightByFrame = new Map<FrameId, Flight>();
  const pending = createPending();

  const forward: Exchange = async ({ id, method, params, headers }) => {
    const flight = flights.get(id);
    if (flight?.state === 'canceled' || line.closed.aborted) return dropped;
    // A tap that passes a request on twice, or sends one of its own, gets a fresh frame id.
    const frameId = flight?.state === 'waiting' ? flight.frameId : line.nextFrameId();
    if (flight) flight.state = 'forwarded';
    const reply = pending.wait(frameId);
    const lose = (failure: unknown): void => {
      if (!pending.settle(frameId, dropped)) return;
      if (flight) flight.failure ??= failure;
      else line.fault('TRANSPORT', messageOf(failure));
    };
    const sendOptions = watchStream({ ...flight?.options, ...(headers && { headers }) }, () => {
      if (!pending.has(frameId)) return;
      line.fault('TRANSPORT', streamEnded);
      lose(new Error(streamEnded));
    });
    line.toService(requestFrame(frameId, method, params), sendOptions).catch(lose);
    sendOptions.requestSignal?.addEventListener('abort', () => pending.settle(frameId, dropped), {
      once: true,
    });
    return reply;
  };

  const segment = composeHostRequest(line.serviceTaps, forward);

  const rounds = createInputRounds({
    nextId: () => line.nextId(),
    ask: (request, show) =>
      line.guarded(() => composeServiceRequest(line.allTaps, show)(request, line.context)),
    async retry(request, original) {
      const flight = flights.get(original.id);
      if (flight) flights.set(request.id, flight);
      const reply = await segment(request, line.context);
      flights.delete(request.id);
      return reply;
    },
  });

  /** The middle of the wire: what the service asks inside a result is presented as requests of their own. */
  const middle: Exchange = async (request) => {
    if (line.era !== '2026') return segment(request, line.context);
    const resumed = await rounds.resume(request);
    return rounds.present(resumed, await segment(resumed, line.context));
  };

  const hostChain = composeHostRequest(line.hostTaps, middle);

  /** Ends the flight that the host has canceled; false if the service has never heard of it. */
  const cancel = (frameId: unknown): boolean => {
    if (!isFrameId(frameId)) return true;
    subscriptions.close(frameId);
    const flight = flightByFrame.get(frameId);
    if (flight === undefined) return true;
    const forwarded = flight.state === 'forwarded';
    flight.state = 'canceled';
    pending.settle(frameId, dropped);
    return forwarded;
  };

  return {
    segment,
    settle: (id, reply) => pending.settle(id, reply),
    async request(frame, options) {
      noteOpening(line, frame);
      if (frame.method === 'subscriptions/listen') subscriptions.open(frame.id, frame.params);
      const request: McpRequest = {
        id: line.nextId(),
        method: frame.method,
        ...paramsOf(frame),
        ...(line.context.transport === 'http' && options?.headers && { headers: options.headers }),
      };
      const flight: Flight = { frameId: frame.id, options, state: 'waiting' };
      flights.set(request.id, flight);
      flightByFrame.set(frame.id, flight);
      const reply = await line.guarded(() => hostChain(request, line.context));
      flights.delete(request.id);
      flightByFrame.delete(frame.id);
      subscriptions.close(frame.id);
      if (reply.kind === 'dropped' && flight.failure !== undefined) throw asError(flight.failure);
      line.toHost(responseFrame(frame.id, reply));
    },
    async notification(frame, options) {
      const message = {
        id: line.nextId(),
        direction: 'to-service' as const,
        method: frame.method,
        ...paramsOf(frame),
      };
      const passed = passNotification(line.allTaps, message, line.context);
      const unheard = frame.method === 'notifications/cancelled' && !cancel(frame.params?.['requestId']);
      const going = passed instanceof Promise ? await passed : passed;
      if (going && !unheard) await line.toService(notificationFrame(going.method, going.params), options);
    },
    release() {
      pending.settleAll(dropped);
      rounds.settleAll();
    },
  };
}

function noteOpening(line: Line, { method, params }: RequestFrame): void {
  if (method === 'initialize') line.era = '2025';
  else if (isJsonObject(params?.['_meta']) && PROTOCOL_VERSION_META_KEY in params['_meta']) line.era = '2026';
}

/** Over HTTP an answer can end before the reply has come; nothing else would tell. */
function watchStream(options: TransportSendOptions | undefined, onEnd: () => void): TransportSendOptions {
  return {
    ...options,
    onRequestStreamEnd() {
      options?.onRequestStreamEnd?.();
      onEnd();
    },
  };
}

function asError(failure: unknown): Error {
  return failure instanceof Error ? failure : new Error(messageOf(failure));
}
