import type { JSONRPCMessage, Transport, TransportSendOptions } from '@modelcontextprotocol/client';
import { PROTOCOL_VERSION_META_KEY } from '@modelcontextprotocol/client';
import { messageOf } from '../contracts/errors.ts';
import { isJsonObject, type JsonObject, withinBounds } from '../contracts/json.ts';
import {
  type Direction,
  type Era,
  type Exchange,
  errorReply,
  type McpReply,
  type McpRequest,
  type Tap,
  type TransportKind,
  type WireContext,
} from '../contracts/wire.ts';
import { composeHostRequest, composeServiceRequest, passNotification } from './chain.ts';
import {
  classify,
  type FrameId,
  type NotificationFrame,
  notificationFrame,
  type RequestFrame,
  type ResponseFrame,
  replyOf,
  requestFrame,
  responseFrame,
  toSdk,
} from './frames.ts';
import { createInputRounds, type InputRounds } from './inputRounds.ts';
import { createPending } from './pending.ts';
import { createSubscriptions } from './subscriptions.ts';

/** What a wire puts up with from a service. */
export interface WireLimits {
  /** Longest message, in characters of its strings. */
  readonly maxMessageSize: number;
  readonly maxDepth: number;
  /** Messages from the service over the life of the wire. */
  readonly maxServiceMessages: number;
}

export const defaultWireLimits: WireLimits = {
  maxMessageSize: 4_000_000,
  maxDepth: 64,
  maxServiceMessages: 20_000,
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
  onFault?(fault: WireFault): void;
}

/** A request of the host on its way through the taps. */
interface Flight {
  readonly frameId: FrameId;
  readonly options: TransportSendOptions | undefined;
  /** Tells the sender that the transport has taken the request. */
  readonly sent: () => void;
  state: 'waiting' | 'forwarded' | 'canceled';
}

/** The transport refused a request; the sender gets the transport's own error. */
class SendFailure extends Error {}

/**
 * A transport that puts taps between an SDK client and the `inner` transport of a service. Give it to
 * `Client.connect`. The order on the way to the service: host taps, the wire's middle, service taps, `inner`.
 */
export function createWire(inner: Transport, options: WireOptions): Transport {
  return new Wire(inner, options);
}

class Wire implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport['onmessage'];

  readonly #inner: Transport;
  readonly #options: WireOptions;
  readonly #limits: WireLimits;
  readonly #hostTaps: readonly Tap[];
  readonly #allTaps: readonly Tap[];
  readonly #closed = new AbortController();
  readonly #flights = new Map<string, Flight>();
  readonly #flightByFrame = new Map<FrameId, Flight>();
  readonly #toService = createPending();
  readonly #toHost = createPending();
  readonly #subscriptions = createSubscriptions();
  readonly #rounds: InputRounds;
  readonly #context: WireContext;
  readonly #hostChain: Exchange;
  readonly #serviceSegment: Exchange;
  readonly #serviceChain: Exchange;
  #era: Era | 'unknown' = 'unknown';
  #lastMessage = 0;
  #lastFrame = 0;
  #received = 0;

  constructor(inner: Transport, options: WireOptions) {
    this.#inner = inner;
    this.#options = options;
    this.#limits = options.limits ?? defaultWireLimits;
    this.#hostTaps = options.hostTaps ?? [];
    const serviceTaps = options.serviceTaps ?? [];
    this.#allTaps = [...this.#hostTaps, ...serviceTaps];
    this.#serviceSegment = composeHostRequest(serviceTaps, (request) => this.#forward(request));
    this.#serviceChain = composeServiceRequest(this.#allTaps, (request) => this.#askHost(request));
    this.#rounds = createInputRounds({
      ask: (request, show) => composeServiceRequest(this.#allTaps, show)(request, this.#context),
      retry: (request) => this.#serviceSegment(request, this.#context),
      nextId: () => this.#nextId(),
    });
    this.#hostChain = composeHostRequest(this.#hostTaps, (request) => this.#middle(request));
    this.#context = this.#createContext();
  }

  get hasPerRequestStream(): boolean {
    return this.#inner.hasPerRequestStream ?? false;
  }

  get sessionId(): string | undefined {
    return this.#inner.sessionId;
  }

  setProtocolVersion = (version: string): void => this.#inner.setProtocolVersion?.(version);

  setSupportedProtocolVersions = (versions: string[]): void =>
    this.#inner.setSupportedProtocolVersions?.(versions);

  async start(): Promise<void> {
    this.#inner.onmessage = (message: unknown) => this.#receive(message);
    this.#inner.onerror = (error) => {
      this.#fault('TRANSPORT', messageOf(error));
      this.onerror?.(error);
    };
    this.#inner.onclose = () => {
      this.#release();
      this.onclose?.();
    };
    await this.#inner.start();
  }

  async close(): Promise<void> {
    this.#release();
    await this.#inner.close();
  }

  send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    const classified = classify(message);
    switch (classified.kind) {
      case 'request':
        return this.#sendRequest(classified.frame, options);
      case 'notification':
        return this.#sendNotification(classified.frame, options);
      case 'response':
        this.#toHost.settle(classified.frame.id, replyOf(classified.frame));
        return Promise.resolve();
      case 'malformed':
        return Promise.reject(new TypeError('The host tried to send something that is no JSON-RPC message'));
    }
  }

  #createContext(): WireContext {
    const era = (): Era | 'unknown' => this.#era;
    return {
      service: this.#options.service,
      transport: this.#options.transport,
      get era() {
        return era();
      },
      signal: this.#closed.signal,
      notify: (direction, method, params) => this.#inject(direction, method, params),
      request: (direction, method, params) => this.#request(direction, method, params),
    };
  }

  #nextId(): string {
    return `${this.#options.service}#${++this.#lastMessage}`;
  }

  #fault(code: WireFault['code'], what: string): void {
    this.#options.onFault?.({ service: this.#options.service, code, what });
  }

  #release(): void {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    this.#toService.settleAll({ kind: 'dropped' });
    this.#toHost.settleAll({ kind: 'dropped' });
    this.#rounds.settleAll();
  }

  // Host to service

  #sendRequest(frame: RequestFrame, options: TransportSendOptions | undefined): Promise<void> {
    this.#noteOpening(frame);
    return new Promise((resolve, reject) => {
      const id = this.#nextId();
      const flight: Flight = { frameId: frame.id, options, sent: resolve, state: 'waiting' };
      this.#flights.set(id, flight);
      this.#flightByFrame.set(frame.id, flight);
      const request =
        frame.params === undefined
          ? { id, method: frame.method }
          : { id, method: frame.method, params: frame.params };
      this.#hostChain(request, this.#context)
        .catch((error: unknown) => {
          if (error instanceof SendFailure) reject(error.cause);
          else this.#fault('TAP_FAILED', messageOf(error));
          return error instanceof SendFailure
            ? ({ kind: 'dropped' } as const)
            : errorReply(-32603, 'A tap failed on this request');
        })
        .then((reply) => {
          this.#flights.delete(id);
          this.#flightByFrame.delete(frame.id);
          this.#toHostFrame(responseFrame(frame.id, reply));
          resolve();
        }, reject);
    });
  }

  #noteOpening(frame: RequestFrame): void {
    if (frame.method === 'initialize') this.#era = '2025';
    else if (isJsonObject(frame.params?.['_meta']) && PROTOCOL_VERSION_META_KEY in frame.params['_meta'])
      this.#era = '2026';
    if (frame.method === 'subscriptions/listen') this.#subscriptions.open(frame.id, frame.params);
  }

  /** The middle of the wire: what the service asks inside a result is presented as requests of their own. */
  async #middle(request: McpRequest): Promise<McpReply> {
    if (this.#era !== '2026') return this.#serviceSegment(request, this.#context);
    const resumed = await this.#rounds.resume(request);
    return this.#rounds.present(resumed, await this.#serviceSegment(resumed, this.#context));
  }

  async #forward(request: McpRequest): Promise<McpReply> {
    const flight = this.#flights.get(request.id);
    if (flight?.state === 'canceled' || this.#closed.signal.aborted) return { kind: 'dropped' };
    const first = flight !== undefined && flight.state === 'waiting';
    // A tap that passes a request on twice, or sends one of its own, gets a fresh frame id.
    const frameId = first ? flight.frameId : `safemcp-${++this.#lastFrame}`;
    const options = flight?.options;
    const reply = this.#toService.wait(frameId);
    try {
      const sending = this.#inner.send(toSdk(requestFrame(frameId, request.method, request.params)), options);
      if (first) flight.state = 'forwarded';
      await sending;
    } catch (error) {
      this.#toService.settle(frameId, { kind: 'dropped' });
      throw new SendFailure(messageOf(error), { cause: error });
    }
    flight?.sent();
    options?.requestSignal?.addEventListener(
      'abort',
      () => this.#toService.settle(frameId, { kind: 'dropped' }),
      { once: true },
    );
    return reply;
  }

  async #sendNotification(frame: NotificationFrame, options?: TransportSendOptions): Promise<void> {
    const message = {
      id: this.#nextId(),
      direction: 'to-service' as const,
      method: frame.method,
      ...paramsOf(frame),
    };
    const passed = passNotification(this.#allTaps, message, this.#context);
    if (frame.method === 'notifications/cancelled') {
      const forwarded = this.#cancel(frame.params?.['requestId']);
      if (!forwarded) return;
    }
    if (passed) await this.#inner.send(toSdk(notificationFrame(passed.method, passed.params)), options);
  }

  /** Ends the flight that the host has canceled; false if the service has never heard of it. */
  #cancel(frameId: unknown): boolean {
    if (typeof frameId !== 'string' && typeof frameId !== 'number') return true;
    this.#subscriptions.close(frameId);
    const flight = this.#flightByFrame.get(frameId);
    if (flight === undefined) return true;
    const forwarded = flight.state === 'forwarded';
    flight.state = 'canceled';
    this.#toService.settle(frameId, { kind: 'dropped' });
    return forwarded;
  }

  // Service to host

  #receive(message: unknown): void {
    if (this.#closed.signal.aborted) return;
    this.#received++;
    if (this.#received > this.#limits.maxServiceMessages) {
      this.#fault('FLOOD', `More than ${this.#limits.maxServiceMessages} messages from the service`);
      void this.close();
      this.onclose?.();
      return;
    }
    const classified = classify(message);
    if (classified.kind === 'malformed') {
      this.#fault('MALFORMED', 'The service sent something that is no JSON-RPC message');
      return;
    }
    const { frame } = classified;
    if (!withinBounds(frame, { maxSize: this.#limits.maxMessageSize, maxDepth: this.#limits.maxDepth })) {
      this.#fault(
        'OVERSIZED',
        `A message of the service exceeds ${this.#limits.maxMessageSize} characters or depth ${this.#limits.maxDepth}`,
      );
      if (classified.kind === 'response')
        this.#toService.settle(
          classified.frame.id,
          errorReply(-32603, 'The reply of the service exceeds the limits'),
        );
      return;
    }
    if (classified.kind === 'response') this.#receiveResponse(classified.frame);
    else if (classified.kind === 'request') this.#receiveRequest(classified.frame);
    else this.#receiveNotification(classified.frame);
  }

  #receiveResponse(frame: ResponseFrame): void {
    if (this.#toService.settle(frame.id, replyOf(frame))) return;
    this.#fault(
      'UNMATCHED_REPLY',
      `The service answered a request that nobody sent: ${JSON.stringify(frame.id).slice(0, 80)}`,
    );
    this.#toHostFrame(frame);
  }

  #receiveRequest(frame: RequestFrame): void {
    const id = this.#nextId();
    this.#hostFrames.set(id, frame.id);
    this.#serviceChain({ id, method: frame.method, ...paramsOf(frame) }, this.#context)
      .catch((error: unknown) => {
        this.#fault('TAP_FAILED', messageOf(error));
        return errorReply(-32603, 'A tap failed on this request');
      })
      .then(async (reply) => {
        this.#hostFrames.delete(id);
        const response = responseFrame(frame.id, reply);
        if (response && !this.#closed.signal.aborted)
          await this.#inner.send(toSdk(response), { relatedRequestId: frame.id });
      })
      .catch((error: unknown) => this.#fault('TRANSPORT', messageOf(error)));
  }

  /** Frame ids of requests from the service that have not reached the host yet, by message id. */
  readonly #hostFrames = new Map<string, FrameId>();

  #askHost(request: McpRequest): Promise<McpReply> {
    const own = this.#hostFrames.get(request.id);
    const frameId = own !== undefined && !this.#toHost.has(own) ? own : `safemcp-${++this.#lastFrame}`;
    const reply = this.#toHost.wait(frameId);
    this.#toHostFrame(requestFrame(frameId, request.method, request.params));
    return reply;
  }

  #receiveNotification(frame: NotificationFrame): void {
    const message = {
      id: this.#nextId(),
      direction: 'to-host' as const,
      method: frame.method,
      ...paramsOf(frame),
    };
    const passed = passNotification(this.#allTaps.toReversed(), message, this.#context);
    if (passed) this.#toHostFrame(notificationFrame(passed.method, passed.params));
  }

  #toHostFrame(frame: RequestFrame | NotificationFrame | ResponseFrame | undefined): void {
    if (frame && !this.#closed.signal.aborted) this.onmessage?.(toSdk(frame));
  }

  // From taps

  #inject(direction: Direction, method: string, params: JsonObject | undefined): void {
    const id = this.#nextId();
    if (direction === 'to-service') {
      const taps = this.#allTaps.slice(this.#hostTaps.length);
      const passed = passNotification(
        taps,
        { id, direction, method, ...(params && { params }) },
        this.#context,
      );
      if (passed)
        this.#inner
          .send(toSdk(notificationFrame(passed.method, passed.params)))
          .catch((error: unknown) => this.#fault('TRANSPORT', messageOf(error)));
      return;
    }
    const stamped = this.#era === '2026' ? this.#subscriptions.address(method, params) : [params];
    for (const each of stamped) {
      const passed = passNotification(
        this.#hostTaps.toReversed(),
        { id, direction, method, ...(each && { params: each }) },
        this.#context,
      );
      if (passed) this.#toHostFrame(notificationFrame(passed.method, passed.params));
    }
  }

  #request(direction: Direction, method: string, params: JsonObject | undefined): Promise<McpReply> {
    const request = { id: this.#nextId(), method, ...(params && { params }) };
    if (direction === 'to-service') return this.#serviceSegment(request, this.#context);
    if (this.#era === '2026')
      return Promise.resolve(errorReply(-32601, 'The 2026 era has no requests from services to hosts'));
    return composeServiceRequest(this.#hostTaps, (asked) => this.#askHost(asked))(request, this.#context);
  }
}

function paramsOf(frame: RequestFrame | NotificationFrame): { params?: JsonObject } {
  return frame.params === undefined ? {} : { params: frame.params };
}
