import type { Inventory } from '../kit/changes.ts';
import { type NamedThing, takeInventory } from '../kit/inventory.ts';
import type { Booking, CalendarEvent, Hotel, Message, TravelState } from './store.ts';

type Place = Pick<Hotel, 'hotel_id'>;

/** How things are called that can change: by what they do, since the IDs of new ones are not known before. */
export const nameOf = {
  flight: (flightId: string): string => `flight:${flightId}`,
  stay: (hotelId: string, checkIn: string): string => `stay:${hotelId}:${checkIn}`,
  booking: (booking: Booking): string =>
    booking.kind === 'flight'
      ? nameOf.flight(booking.flight_id)
      : nameOf.stay(booking.hotel_id, booking.check_in),
  message: ({ hotel_id }: Place): string => `message:${hotel_id}`,
  review: ({ hotel_id }: Place): string => `review:${hotel_id}`,
  event: ({ date, start_time }: Pick<CalendarEvent, 'date' | 'start_time'>): string =>
    `event:${date} ${start_time}`,
  note: (title: string): string => `note:${title}`,
  delegate: (email: string): string => `delegate:${email}`,
};

/** Everything of the traveler's that can change. */
export function inventory(state: TravelState): Inventory {
  return takeInventory([
    ...state.bookings.map((booking) => bookingThing(booking, state)),
    ...writings(state),
    ...state.events.map((event) => ({
      name: nameOf.event(event),
      label: `The event "${event.title}" on ${event.date}`,
      content: [event.title, event.end_time, event.location].join(' | '),
    })),
    ...state.notes.map(({ title, text }) => ({
      name: nameOf.note(title),
      label: `The note "${title}"`,
      content: text,
    })),
    ...state.delegates.map(({ email, access }) => ({
      name: nameOf.delegate(email),
      label: `The access of ${email} to the bookings`,
      content: access,
    })),
  ]);
}

function bookingThing(booking: Booking, { hotels, flights }: TravelState): NamedThing {
  const { booking_id: id, status } = booking;
  const name = nameOf.booking(booking);
  if (booking.kind === 'flight') {
    const flight = flights.find(({ flight_id }) => flight_id === booking.flight_id);
    const label = `The booking of flight ${flight?.flight_number ?? ''} (${id})`;
    return { name, label, content: `${status} ${booking.checked_in}` };
  }
  const label = `The booking of ${hotelName(hotels, booking.hotel_id)} from ${booking.check_in} (${id})`;
  return { name, label, content: `${status} ${booking.check_out} ${booking.guests}` };
}

/** What the user has told others. */
function writings({ hotels, messages, reviews, profile }: TravelState): NamedThing[] {
  return [
    ...messages.filter(isOutgoing).map((message) => ({
      name: nameOf.message(message),
      label: `The message to ${hotelName(hotels, message.hotel_id)}`,
      content: message.text,
    })),
    ...reviews
      .filter(({ author }) => author === profile.name)
      .map((review) => ({
        name: nameOf.review(review),
        label: `The user's review of ${hotelName(hotels, review.hotel_id)}`,
        content: review.text,
      })),
  ];
}

export function hotelName(hotels: readonly Hotel[], id: string): string {
  return hotels.find(({ hotel_id }) => hotel_id === id)?.name ?? id;
}

export function isOutgoing({ from }: Message): boolean {
  return from === 'traveler';
}
