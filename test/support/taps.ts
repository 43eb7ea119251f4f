import type {
  Exchange,
  McpNotification,
  McpReply,
  McpRequest,
  Tap,
  WireContext,
} from '../../src/contracts/wire.ts';
import { resultReply } from '../../src/contracts/wire.ts';

/** Passes everything on, in every hook. */
export const passThrough: Tap = {
  name: 'pass-through',
  hostRequest: (next) => async (request, context) => next(request, context),
  serviceRequest: (next) => async (request, context) => next(request, context),
  notification: (message) => message,
};

export interface Seen {
  readonly requests: McpRequest[];
  readonly replies: McpReply[];
  readonly asked: McpRequest[];
  readonly answered: McpReply[];
  readonly notified: McpNotification[];
  readonly contexts: WireContext[];
}

/** Remembers everything and changes nothing. */
export function spy(): { tap: Tap; seen: Seen } {
  const seen: Seen = { requests: [], replies: [], asked: [], answered: [], notified: [], contexts: [] };
  const watch =
    (requests: McpRequest[], replies: McpReply[]) =>
    (next: Exchange): Exchange =>
    async (request, context) => {
      requests.push(request);
      seen.contexts.push(context);
      const reply = await next(request, context);
      replies.push(reply);
      return reply;
    };
  const tap: Tap = {
    name: 'spy',
    hostRequest: watch(seen.requests, seen.replies),
    serviceRequest: watch(seen.asked, seen.answered),
    notification(message) {
      seen.notified.push(message);
      return message;
    },
  };
  return { tap, seen };
}

/** Does `act` with requests of one method from the host, and passes on all others. */
export function onHostRequest(method: string, act: (next: Exchange) => Exchange): Tap {
  return {
    name: method,
    hostRequest(next) {
      const acting = act(next);
      return (request, context) => (request.method === method ? acting : next)(request, context);
    },
  };
}

/** Does `act` with requests of one method from the service, and passes on all others. */
export function onServiceRequest(method: string, act: (next: Exchange) => Exchange): Tap {
  return {
    name: method,
    serviceRequest(next) {
      const acting = act(next);
      return (request, context) => (request.method === method ? acting : next)(request, context);
    },
  };
}

/** The result of a tool that says `text`. */
export function toolText(text: string): McpReply {
  return resultReply({ resultType: 'complete', content: [{ type: 'text', text }] });
}
