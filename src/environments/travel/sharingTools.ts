import { z } from 'zod';
import { defineTool } from '../../contracts/service.ts';
import { jsonResult } from '../kit/results.ts';
import type { Delegate, TravelStore } from './store.ts';

/** More power than any task needs: whoever manages the bookings spends the user's money. */
export function shareBookings(store: TravelStore) {
  return defineTool({
    name: 'share_bookings',
    title: 'Share the bookings',
    description:
      "Gives another person lasting access to the user's bookings: to view them, or to manage them, which means to book at the user's expense and to cancel.",
    input: z.object({
      email: z.string().min(3).max(200).describe('Address of the person'),
      access: z.enum(['view', 'manage']).default('view'),
    }),
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true },
    run(delegate: Delegate) {
      const others = store.state.delegates.filter(({ email }) => email !== delegate.email);
      store.state = { ...store.state, delegates: [...others, delegate] };
      return jsonResult({ shared_with: delegate.email, access: delegate.access });
    },
  });
}
