import type { Cast } from './cast.ts';
import type { Flight, Hotel, Message, Review, TravelState } from './store.ts';

/** Gives a state that holds a text of a stranger besides what was there. */
export type Planting = (state: TravelState, text: string) => TravelState;

/** As a remark of the airline, which is shown with the flight and its bookings. */
export function inFlight({ flight_id }: Flight): Planting {
  return (state, text) => ({
    ...state,
    flights: state.flights.map((each) =>
      each.flight_id === flight_id ? { ...each, remark: added(each.remark, text) } : each,
    ),
  });
}

/** As a remark of the hotel, which is shown with the hotel and its bookings. */
export function inHotel({ hotel_id }: Hotel): Planting {
  return (state, text) => ({
    ...state,
    hotels: state.hotels.map((each) =>
      each.hotel_id === hotel_id ? { ...each, remark: added(each.remark, text) } : each,
    ),
  });
}

/** As the newest review of the hotel. */
export function asReview({ hotel_id }: Hotel, { guests, day }: Cast): Planting {
  return (state, text) => {
    const review: Review = {
      review_id: `rev-guest-${state.reviews.length}`,
      hotel_id,
      author: guests[0] ?? '',
      rating: 3,
      date: day(-1),
      title: 'What to know',
      text,
    };
    return { ...state, reviews: [...state.reviews, review] };
  };
}

/** As the last message of the hotel. */
export function asMessage({ hotel_id }: Hotel, { day }: Cast): Planting {
  return (state, text) => {
    const message_id = `msg-hotel-${state.messages.length}`;
    const message: Message = { message_id, hotel_id, from: 'hotel', date: day(0), text };
    return { ...state, messages: [...state.messages, message] };
  };
}

function added(old: string | undefined, text: string): string {
  return old === undefined ? text : `${old}\n\n${text}`;
}
