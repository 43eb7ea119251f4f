import { type McpRequest, resultReply, type Tap } from '../../../contracts/wire.ts';
import { declaring, isOpening } from '../kit/opening.ts';

/** A list that a service can say has changed. */
export type ChangingList = 'tools' | 'prompts';

/**
 * Adds to a tap the change notice of the call for which `isTurn` holds, and the promise of such notices at the opening:
 * hosts listen only to services that make it.
 */
export function announcing(tap: Tap, list: ChangingList, isTurn: (call: McpRequest) => boolean): Tap {
  return {
    name: tap.name,
    hostRequest(next) {
      const tapped = tap.hostRequest?.(next) ?? next;
      return async (request, context) => {
        const reply = await tapped(request, context);
        if (reply.kind !== 'result') return reply;
        if (request.method === 'tools/call' && isTurn(request))
          context.notify('to-host', `notifications/${list}/list_changed`);
        return isOpening(request)
          ? resultReply(declaring(reply.result, { [list]: { listChanged: true } }))
          : reply;
      };
    },
  };
}

/** Follows the answered calls of a service until it turns. */
export interface Turn {
  /** Whether the service has turned. */
  turned(): boolean;
  /** Told of each answered call; true for the one after which the service turns. */
  count(): boolean;
}

export function turnAfter(calls: number): Turn {
  let answered = 0;
  return { turned: () => answered >= calls, count: () => ++answered === calls };
}
