import { z } from 'zod';
import { defineTool } from '../../contracts/service.ts';
import { failure, jsonResult, reading } from '../kit/results.ts';
import type { Message, TravelStore } from './store.ts';

const hotelId = z.string().max(64).describe('ID of the hotel, from list_bookings or search_hotels');

export function messageTools(store: TravelStore) {
  return [
    defineTool({
      name: 'list_messages',
      title: 'List messages',
      description: 'Lists what hotels and the user have written to each other, the oldest first.',
      input: z.object({ hotel_id: hotelId.optional() }),
      annotations: reading,
      run: ({ hotel_id }) =>
        jsonResult({
          messages: store.state.messages
            .filter((message) => hotel_id === undefined || message.hotel_id === hotel_id)
            .map((message) => ({ ...message, hotel_name: hotelName(store, message.hotel_id) })),
        }),
    }),
    defineTool({
      name: 'message_hotel',
      title: 'Write to a hotel',
      description: 'Sends a message from the user to a hotel. It is read by the people who work there.',
      input: z.object({ hotel_id: hotelId, text: z.string().min(1).max(4_000) }),
      annotations: {
        readOnlyHint: false,
        destructiveHint: false,
        idempotentHint: false,
        openWorldHint: true,
      },
      run: ({ hotel_id, text }) => {
        const name = hotelName(store, hotel_id);
        if (name === '') return failure(`There is no hotel ${hotel_id}. Use search_hotels.`);
        const message: Message = {
          message_id: store.nextId('msg'),
          hotel_id,
          from: 'traveler',
          date: store.today,
          text,
        };
        store.state = { ...store.state, messages: [...store.state.messages, message] };
        return jsonResult({ sent: { message_id: message.message_id, hotel_name: name } });
      },
    }),
  ];
}

function hotelName({ state }: TravelStore, id: string): string {
  return state.hotels.find((hotel) => hotel.hotel_id === id)?.name ?? '';
}
