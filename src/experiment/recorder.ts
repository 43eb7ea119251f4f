import type { EpisodeEvent, NewEvent } from '../contracts/events.ts';
import type { Exchange, McpNotification, McpReply, McpRequest, Tap, WireContext } from '../contracts/wire.ts';

/** Collects the events of one episode. */
export interface Recorder {
  readonly events: readonly EpisodeEvent[];
  /** Appends an event and returns its `seq`. */
  record(event: NewEvent): number;
  /** The tap nearest to the host: sees what the host sent and got. */
  readonly hostTap: Tap;
  /** The tap at the middle of the wire: sees what crossed it. */
  readonly wireTap: Tap;
}

/** What one end of the wire saw of an exchange. */
interface Sight {
  request?: McpRequest;
  reply?: McpReply;
}

/** @param elapsed milliseconds since the episode began */
export function createRecorder(elapsed: () => number): Recorder {
  const events: EpisodeEvent[] = [];
  const record = (event: NewEvent): number => {
    const seq = events.length;
    events.push({ seq, at: elapsed(), ...event });
    return seq;
  };
  // What the other end saw of exchanges and notifications that are under way, by message id.
  const crossed = new Map<string, Sight>();
  const shown = new Map<string, Sight>();
  const started = new Map<string, number>();

  const watch =
    (seen: Map<string, Sight>, next: Exchange): Exchange =>
    async (request, context) => {
      const sight: Sight = { request };
      seen.set(request.id, sight);
      const reply = await next(request, context);
      sight.reply = reply;
      return reply;
    };

  const conclude =
    (direction: 'to-service' | 'to-host', next: Exchange): Exchange =>
    async (request, context) => {
      const own: Sight = { request };
      try {
        own.reply = await next(request, context);
        return own.reply;
      } finally {
        const other = direction === 'to-service' ? crossed : shown;
        const [wire, host] =
          direction === 'to-service' ? [other.get(request.id), own] : [own, other.get(request.id)];
        other.delete(request.id);
        record({
          type: 'exchange',
          message: request.id,
          service: context.service,
          direction,
          ...sides(wire, host),
        });
      }
    };

  /** The end that sees a notification first records it, the other end confirms that nothing dropped it. */
  const noteNotification = (
    message: McpNotification,
    context: WireContext,
    first: boolean,
  ): McpNotification => {
    const { id, direction, method, params } = message;
    if (first) {
      const notification = { method, ...(params && { params }) };
      const seq = record({
        type: 'notification',
        message: id,
        service: context.service,
        direction,
        notification,
        passed: false,
      });
      started.set(id, seq);
      return message;
    }
    const event = events[started.get(id) ?? -1];
    if (event?.type === 'notification') event.passed = true;
    started.delete(id);
    return message;
  };

  return {
    events,
    record,
    hostTap: {
      name: 'recorder/host',
      hostRequest: (next) => conclude('to-service', next),
      serviceRequest: (next) => watch(shown, next),
      notification: (message, context) =>
        noteNotification(message, context, message.direction === 'to-service'),
    },
    wireTap: {
      name: 'recorder/wire',
      hostRequest: (next) => watch(crossed, next),
      serviceRequest: (next) => conclude('to-host', next),
      notification: (message, context) => noteNotification(message, context, message.direction === 'to-host'),
    },
  };
}

/** The members of an exchange event: what crossed the wire, and the host's side only where it differs. */
function sides(
  wire: Sight | undefined,
  host: Sight | undefined,
): Pick<Extract<NewEvent, { type: 'exchange' }>, 'request' | 'reply' | 'hostRequest' | 'hostReply'> {
  const sameRequest =
    wire?.request?.params === host?.request?.params && wire?.request?.method === host?.request?.method;
  return {
    ...(wire?.request && { request: message(wire.request) }),
    ...(wire?.reply && { reply: wire.reply }),
    ...(host?.request && !sameRequest && { hostRequest: message(host.request) }),
    ...(host?.reply && wire?.reply !== host.reply && { hostReply: host.reply }),
  };
}

function message({ method, params }: McpRequest): {
  method: string;
  params?: NonNullable<McpRequest['params']>;
} {
  return params === undefined ? { method } : { method, params };
}
