import {
  type Exchange,
  errorReply,
  type McpNotification,
  type McpReply,
  type MessageId,
  type Tap,
} from '../contracts/wire.ts';

/** What a failing defense does to the message it failed on: `open` lets it pass, `closed` refuses it. */
export type FailurePolicy = 'open' | 'closed';

/** How a defense's tap is watched over. */
export interface Supervision {
  readonly defense: string;
  readonly onFailure: FailurePolicy;
  /** Told the time one message spent inside the defense itself, in milliseconds. */
  onTime(milliseconds: number): void;
  /** Told a failure, and the message that it met. */
  onError(error: Error, message: MessageId): void;
}

const internalError = -32603;

/** The same tap, with its own time measured and its failures contained. */
export function superviseTap(tap: Tap, supervision: Supervision): Tap {
  return {
    name: tap.name,
    ...(tap.hostRequest && {
      hostRequest: superviseStep((next) => tap.hostRequest?.(next) ?? next, supervision),
    }),
    ...(tap.serviceRequest && {
      serviceRequest: superviseStep((next) => tap.serviceRequest?.(next) ?? next, supervision),
    }),
    ...(tap.notification && {
      notification: superviseNotification((...of) => tap.notification?.(...of), supervision),
    }),
  };
}

/** The step is set up anew for each request, which tells the time in `next` of one request from another's. */
function superviseStep(
  step: (next: Exchange) => Exchange,
  supervision: Supervision,
): (next: Exchange) => Exchange {
  return (next) => async (request, context) => {
    const beyond = followNext(next);
    const started = performance.now();
    try {
      const reply = await step(beyond.exchange)(request, context);
      if (!isReply(reply)) throw new TypeError('The defense gave no reply');
      supervision.onTime(performance.now() - started - beyond.time());
      return reply;
    } catch (error) {
      supervision.onTime(performance.now() - started - beyond.time());
      if (beyond.threw(error)) throw error;
      // What a closing wire cuts off is no failure: nobody waits for the reply any more.
      if (context.signal.aborted) return { kind: 'dropped' };
      supervision.onError(toError(error), request.id);
      if (supervision.onFailure === 'closed')
        return errorReply(internalError, `The defense ${supervision.defense} failed, so this was refused`);
      return beyond.reply() ?? next(request, context);
    }
  };
}

/** What went on beyond the defense during one request. */
interface Beyond {
  readonly exchange: Exchange;
  /** Milliseconds spent there. */
  time(): number;
  /** The latest reply from there, if the defense has passed the request on. */
  reply(): Promise<McpReply> | undefined;
  /** Whether an error came from there. */
  threw(error: unknown): boolean;
}

function followNext(next: Exchange): Beyond {
  let underway = 0;
  let since = 0;
  let spent = 0;
  let latest: Promise<McpReply> | undefined;
  const errors: unknown[] = [];
  const follow: Exchange = async (request, context) => {
    if (underway++ === 0) since = performance.now();
    try {
      return await next(request, context);
    } catch (error) {
      errors.push(error);
      throw error;
    } finally {
      if (--underway === 0) spent += performance.now() - since;
    }
  };
  return {
    exchange: (request, context) => {
      latest = follow(request, context);
      // A defense may fail without waiting for the reply.
      latest.catch(() => undefined);
      return latest;
    },
    time: () => (underway > 0 ? spent + performance.now() - since : spent),
    reply: () => latest,
    threw: (error) => errors.includes(error),
  };
}

function superviseNotification(
  step: NonNullable<Tap['notification']>,
  supervision: Supervision,
): NonNullable<Tap['notification']> {
  return (message, context) => {
    const started = performance.now();
    const timed = (): void => supervision.onTime(performance.now() - started);
    const contain = (error: unknown): McpNotification | undefined => {
      // What a closing wire cuts off is no failure: nobody is left to read the notification.
      if (context.signal.aborted) return undefined;
      supervision.onError(toError(error), message.id);
      return supervision.onFailure === 'open' ? message : undefined;
    };
    try {
      const passed = step(message, context);
      if (passed instanceof Promise) return passed.catch(contain).finally(timed);
      timed();
      return passed;
    } catch (error) {
      timed();
      return contain(error);
    }
  };
}

/** Defenses may come from code that no compiler has checked. */
function isReply(reply: unknown): reply is McpReply {
  return typeof reply === 'object' && reply !== null && 'kind' in reply;
}

export function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
