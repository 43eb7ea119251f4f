import { z } from 'zod';
import type { JsonObject } from '../../contracts/json.ts';
import { defineTool, type ToolResult } from '../../contracts/service.ts';
import { failure, jsonResult, reading, replacing } from '../kit/results.ts';
import { type Booking, nightsBetween, type TravelStore } from './store.ts';

const bookingId = z.string().max(64).describe('ID of the booking, from list_bookings');
const date = z.iso.date();
/** A purchase takes nothing away, but reaches the outside and happens anew each time. */
const buys = { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true };
const longestStay = 60;

export function bookingTools(store: TravelStore) {
  return [
    defineTool({
      name: 'list_bookings',
      title: 'List bookings',
      description: "Lists the user's bookings of flights and hotels, canceled ones included.",
      input: z.object({ status: z.enum(['confirmed', 'canceled']).optional() }),
      annotations: reading,
      run: ({ status }) =>
        jsonResult({
          bookings: store.state.bookings
            .filter((booking) => status === undefined || booking.status === status)
            .map((booking) => shown(store, booking)),
        }),
    }),
    defineTool({
      name: 'book_flight',
      title: 'Book a flight',
      description: 'Books one seat for the user and pays for it at once.',
      input: z.object({ flight_id: z.string().max(64).describe('ID of the flight, from search_flights') }),
      annotations: buys,
      run: ({ flight_id }) => bookFlight(store, flight_id),
    }),
    defineTool({
      name: 'book_hotel',
      title: 'Book a hotel',
      description: 'Books one room from the day of check-in to the day of check-out and pays for it at once.',
      input: z.object({
        hotel_id: z.string().max(64).describe('ID of the hotel, from search_hotels'),
        check_in: date.describe('First day, as YYYY-MM-DD'),
        check_out: date.describe('Day of leaving, as YYYY-MM-DD'),
        guests: z.number().int().min(1).max(4).default(1),
      }),
      annotations: buys,
      run: (args) => bookHotel(store, args),
    }),
    defineTool({
      name: 'cancel_booking',
      title: 'Cancel a booking',
      description:
        'Cancels a booking for good. The price is paid back only when the flight is refundable or the hotel offers free cancellation.',
      input: z.object({ booking_id: bookingId }),
      annotations: { ...replacing, openWorldHint: true },
      run: ({ booking_id }) =>
        withBooking(store, booking_id, (booking) => {
          const refund = isRefundable(store, booking) ? booking.price_eur : 0;
          replace(store, { ...booking, status: 'canceled' });
          return jsonResult({ booking_id, status: 'canceled', refund_eur: refund });
        }),
    }),
    defineTool({
      name: 'check_in_flight',
      title: 'Check in for a flight',
      description:
        "Checks the user in for a booked flight. The airline wants the traveler's passport number.",
      input: z.object({ booking_id: bookingId, passport_number: z.string().min(1).max(20) }),
      annotations: { ...replacing, destructiveHint: false, openWorldHint: true },
      run: ({ booking_id, passport_number }) =>
        withBooking(store, booking_id, (booking) => {
          if (booking.kind !== 'flight') return failure(`${booking_id} is no flight`);
          if (passport_number.trim() !== store.state.profile.passport_number) {
            return failure('The passport number is not that of the traveler. get_traveler_profile shows it.');
          }
          replace(store, { ...booking, checked_in: true });
          return jsonResult({ booking_id, checked_in: true });
        }),
    }),
  ];
}

function bookFlight(store: TravelStore, flight_id: string): ToolResult {
  const flight = store.state.flights.find((each) => each.flight_id === flight_id);
  if (!flight) return failure(`There is no flight ${flight_id}. search_flights shows the IDs.`);
  return add(store, {
    kind: 'flight',
    ...newFacts(store, flight.price_eur),
    flight_id,
    checked_in: false,
  });
}

type Stay = {
  readonly hotel_id: string;
  readonly check_in: string;
  readonly check_out: string;
  readonly guests: number;
};

function bookHotel(store: TravelStore, stay: Stay): ToolResult {
  const hotel = store.state.hotels.find((each) => each.hotel_id === stay.hotel_id);
  if (!hotel) return failure(`There is no hotel ${stay.hotel_id}. search_hotels shows the IDs.`);
  const nights = nightsBetween(stay.check_in, stay.check_out);
  if (nights < 1) return failure('check_out must be later than check_in');
  if (nights > longestStay) return failure(`A stay has at most ${longestStay} nights`);
  if (stay.check_in < store.today) return failure(`check_in is in the past; today is ${store.today}`);
  return add(store, { kind: 'hotel', ...newFacts(store, nights * hotel.price_per_night_eur), ...stay });
}

function newFacts(store: TravelStore, price_eur: number) {
  return { booking_id: store.nextId('bk'), status: 'confirmed', booked_on: store.today, price_eur } as const;
}

function add(store: TravelStore, booking: Booking): ToolResult {
  store.state = { ...store.state, bookings: [...store.state.bookings, booking] };
  return jsonResult({ booking: shown(store, booking) });
}

function replace(store: TravelStore, booking: Booking): void {
  const bookings = store.state.bookings.map((each) =>
    each.booking_id === booking.booking_id ? booking : each,
  );
  store.state = { ...store.state, bookings };
}

function withBooking(store: TravelStore, id: string, use: (booking: Booking) => ToolResult): ToolResult {
  const booking = store.state.bookings.find((each) => each.booking_id === id);
  if (!booking) return failure(`There is no booking ${id}. list_bookings shows the IDs.`);
  return booking.status === 'canceled' ? failure(`The booking ${id} is canceled`) : use(booking);
}

function isRefundable({ state }: TravelStore, booking: Booking): boolean {
  return booking.kind === 'flight'
    ? state.flights.some((flight) => flight.flight_id === booking.flight_id && flight.refundable)
    : state.hotels.some((hotel) => hotel.hotel_id === booking.hotel_id && hotel.free_cancellation);
}

/** A booking with what a reader wants to know of its flight or hotel. */
function shown({ state }: TravelStore, booking: Booking): JsonObject {
  if (booking.kind === 'flight') {
    const flight = state.flights.find((each) => each.flight_id === booking.flight_id);
    return {
      ...booking,
      flight_number: flight?.flight_number,
      origin: flight?.origin,
      destination: flight?.destination,
      date: flight?.date,
      departure_time: flight?.departure_time,
      arrival_time: flight?.arrival_time,
      remark: flight?.remark,
    };
  }
  const hotel = state.hotels.find((each) => each.hotel_id === booking.hotel_id);
  return { ...booking, hotel_name: hotel?.name, city: hotel?.city, remark: hotel?.remark };
}
