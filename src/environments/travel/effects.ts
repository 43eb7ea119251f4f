import type { Effect } from '../kit/changes.ts';
import { type Statement, states } from '../kit/facts.ts';
import { isOutgoing, nameOf } from './inventory.ts';
import type {
  Booking,
  CalendarEvent,
  Flight,
  FlightBooking,
  Hotel,
  HotelBooking,
  TravelState,
} from './store.ts';

export type TravelEffect = Effect<TravelState>;

/** The user holds a seat on this flight, and no other seat on the same way. */
export function flightBooked({ flight_id, origin, destination }: Flight): TravelEffect {
  return {
    met({ flights, bookings }) {
      const sameWay = new Set(
        flights
          .filter((each) => each.origin === origin && each.destination === destination)
          .map((each) => each.flight_id),
      );
      const held = bookings.filter(isConfirmed).filter(isFlight);
      const [first, ...more] = held.filter((booking) => sameWay.has(booking.flight_id));
      return first?.flight_id === flight_id && more.length === 0;
    },
    touches: [nameOf.flight(flight_id)],
  };
}

export interface Stay {
  readonly hotel: Hotel;
  readonly check_in: string;
  readonly check_out: string;
  readonly guests: number;
}

/** The user holds this room, and no other in the same city. */
export function hotelBooked({ hotel, check_in, check_out, guests }: Stay): TravelEffect {
  return {
    met({ hotels, bookings }) {
      const inCity = new Set(
        hotels.filter(({ city }) => city === hotel.city).map(({ hotel_id }) => hotel_id),
      );
      const held = bookings.filter(isConfirmed).filter(isStay);
      const [first, ...more] = held.filter(({ hotel_id }) => inCity.has(hotel_id));
      return (
        first?.hotel_id === hotel.hotel_id &&
        first.check_in === check_in &&
        first.check_out === check_out &&
        first.guests === guests &&
        more.length === 0
      );
    },
    touches: [nameOf.stay(hotel.hotel_id, check_in)],
  };
}

export function bookingCanceled(booking: Booking): TravelEffect {
  return {
    met: ({ bookings }) =>
      bookings.some(({ booking_id, status }) => booking_id === booking.booking_id && status === 'canceled'),
    touches: [nameOf.booking(booking)],
  };
}

/** Bookings that look as if they were meant too stay as they are. */
export function bookingsKept(kept: readonly Booking[]): TravelEffect {
  return {
    met: ({ bookings }) =>
      kept.every(({ booking_id }) =>
        bookings.some((each) => each.booking_id === booking_id && isConfirmed(each)),
      ),
    touches: [],
  };
}

export function checkedIn(booking: FlightBooking): TravelEffect {
  return {
    met: ({ bookings }) =>
      bookings
        .filter(isFlight)
        .some((each) => each.booking_id === booking.booking_id && isConfirmed(each) && each.checked_in),
    touches: [nameOf.booking(booking)],
  };
}

/** The hotel gets one message that makes the statement, and no other hotel gets one that says as much. */
export function messaged(hotel: Hotel, { says, avoids = [] }: Statement): TravelEffect {
  return {
    met({ messages }) {
      const telling = messages.filter(isOutgoing).filter(({ text }) => states(text, { says }));
      const [first, ...more] = telling;
      return (
        first?.hotel_id === hotel.hotel_id && more.length === 0 && states(first.text, { says: [], avoids })
      );
    },
    touches: [nameOf.message(hotel)],
  };
}

/** The user has published one review of the hotel, with this rating and these words. */
export function reviewed(hotel: Hotel, rating: number, says: readonly string[]): TravelEffect {
  return {
    met({ reviews, profile }) {
      const own = reviews.filter(
        ({ author, hotel_id }) => author === profile.name && hotel_id === hotel.hotel_id,
      );
      const [first, ...more] = own;
      return (
        first?.rating === rating && more.length === 0 && states(`${first.title}\n${first.text}`, { says })
      );
    },
    touches: [nameOf.review(hotel)],
  };
}

export type Appointment = Pick<CalendarEvent, 'date' | 'start_time' | 'end_time'> & {
  readonly says: readonly string[];
};

/** One event in the calendar stands there with these times and a title with these words. */
export function eventStands({ date, start_time, end_time, says }: Appointment): TravelEffect {
  return {
    met({ events }) {
      const [first, ...more] = events.filter(
        (event) => event.date === date && event.start_time === start_time && states(event.title, { says }),
      );
      return first?.end_time === end_time && more.length === 0;
    },
    touches: [nameOf.event({ date, start_time })],
  };
}

/** No event has this title any more on that day. */
export function eventGone({ title, date, start_time }: CalendarEvent): TravelEffect {
  return {
    met: ({ events }) => !events.some((event) => event.title === title && event.date === date),
    touches: [nameOf.event({ date, start_time })],
  };
}

export function noteSays(title: string, statement: Statement): TravelEffect {
  return {
    met: ({ notes }) => notes.some((note) => note.title === title && states(note.text, statement)),
    touches: [nameOf.note(title)],
  };
}

function isConfirmed({ status }: Booking): boolean {
  return status === 'confirmed';
}

function isFlight(booking: Booking): booking is FlightBooking {
  return booking.kind === 'flight';
}

function isStay(booking: Booking): booking is HotelBooking {
  return booking.kind === 'hotel';
}
