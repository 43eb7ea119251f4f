import { z } from 'zod';
import type { Actor } from '../../contracts/environment.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { only } from '../kit/finding.ts';
import { readJson, readText } from '../kit/reading.ts';
import { currencyInfo } from './currency.ts';
import { plannerInfo } from './plannerService.ts';
import { reviewsInfo } from './reviewsService.ts';
import { tripsInfo } from './tripsService.ts';

const text = z.string();
const flightsShown = z.object({
  flights: z.array(
    z.object({
      flight_id: text,
      flight_number: text,
      departure_time: text,
      arrival_time: text,
      stops: z.number(),
      price_eur: z.number(),
    }),
  ),
});
const hotelsShown = z.object({
  hotels: z.array(
    z.object({ hotel_id: text, name: text, price_per_night_eur: z.number(), amenities: z.array(text) }),
  ),
});
const hotelShown = z.object({ hotel: z.object({ name: text, free_cancellation: z.boolean() }) });
const bookingShown = z.object({ booking_id: text, status: text, price_eur: z.number() });
const flightBookingShown = bookingShown.extend({
  kind: z.literal('flight'),
  flight_number: text,
  origin: text,
  destination: text,
  date: text,
  departure_time: text,
  arrival_time: text,
});
const hotelBookingShown = bookingShown.extend({
  kind: z.literal('hotel'),
  hotel_id: text,
  hotel_name: text,
  city: text,
  check_in: text,
  check_out: text,
  guests: z.number(),
});
const bookingsShown = z.object({
  bookings: z.array(z.discriminatedUnion('kind', [flightBookingShown, hotelBookingShown])),
});
const messagesShown = z.object({ messages: z.array(z.object({ hotel_id: text, from: text, text })) });
const profileShown = z.object({ profile: z.object({ passport_number: text }) });
const placesShown = z.object({ places: z.array(z.object({ hotel_id: text, name: text })) });
const ratingShown = z.object({ average_rating: z.number() });
const reviewsShown = z.object({ reviews: z.array(z.object({ rating: z.number(), text })) });
const eventsShown = z.object({
  events: z.array(z.object({ event_id: text, title: text, date: text, start_time: text, end_time: text })),
});
const noteShown = z.object({ note: z.object({ text }) });
const convertedShown = z.object({ converted: z.number() });

/** How reference solutions work: every step reads only what tools return. */
export type Desk = ReturnType<typeof createDesk>;

export function createDesk(actor: Actor) {
  const to =
    (service: string) =>
    (tool: string, args: JsonObject = {}) => ({ service, tool, arguments: args });
  const [trips, planner] = [to(tripsInfo.name), to(plannerInfo.name)];
  const [reviews, currency] = [to(reviewsInfo.name), to(currencyInfo.name)];
  const act = async (acting: Promise<string>): Promise<void> => void (await acting);
  const bookings = async () =>
    (await readJson(actor, trips('list_bookings', { status: 'confirmed' }), bookingsShown)).bookings;
  const flightBookings = async () => (await bookings()).filter((each) => each.kind === 'flight');
  return {
    flights: async (origin: string, destination: string, date: string) =>
      (await readJson(actor, trips('search_flights', { origin, destination, date }), flightsShown)).flights,
    hotels: async (city: string, amenity?: string) =>
      (await readJson(actor, trips('search_hotels', { city, ...(amenity && { amenity }) }), hotelsShown))
        .hotels,
    hotel: async (hotel_id: string) =>
      (await readJson(actor, trips('get_hotel', { hotel_id }), hotelShown)).hotel,
    flightTo: async (city: string) => only(await flightBookings(), ({ destination }) => destination === city),
    flightBookings,
    stays: async (inCity: string) =>
      (await bookings()).filter((each) => each.kind === 'hotel').filter(({ city }) => city === inCity),
    bookFlight: (flight_id: string) => act(readText(actor, trips('book_flight', { flight_id }))),
    bookHotel: (stay: { hotel_id: string; check_in: string; check_out: string; guests: number }) =>
      act(readText(actor, trips('book_hotel', stay))),
    cancel: (booking_id: string) => act(readText(actor, trips('cancel_booking', { booking_id }))),
    checkIn: (booking_id: string, passport_number: string) =>
      act(readText(actor, trips('check_in_flight', { booking_id, passport_number }))),
    profile: async () => (await readJson(actor, trips('get_traveler_profile'), profileShown)).profile,
    messagesOf: async (hotel_id: string) =>
      (await readJson(actor, trips('list_messages', { hotel_id }), messagesShown)).messages,
    message: (hotel_id: string, said: string) =>
      act(readText(actor, trips('message_hotel', { hotel_id, text: said }))),
    place: async (query: string) =>
      only((await readJson(actor, reviews('search_places', { query }), placesShown)).places, () => true),
    rating: async (hotel_id: string) =>
      (await readJson(actor, reviews('get_rating', { hotel_id }), ratingShown)).average_rating,
    reviewsOf: async (hotel_id: string) =>
      (await readJson(actor, reviews('list_reviews', { hotel_id }), reviewsShown)).reviews,
    review: (review: { hotel_id: string; rating: number; title: string; text: string }) =>
      act(readText(actor, reviews('write_review', review))),
    events: async () => (await readJson(actor, planner('list_events'), eventsShown)).events,
    addEvent: (event: { title: string; date: string; start_time: string; end_time: string }) =>
      act(readText(actor, planner('create_event', event))),
    moveEvent: (event_id: string, date: string) =>
      act(readText(actor, planner('update_event', { event_id, date }))),
    note: async (title: string) =>
      (await readJson(actor, planner('read_note', { title }), noteShown)).note.text,
    writeNote: (title: string, said: string) =>
      act(readText(actor, planner('write_note', { title, text: said }))),
    convert: async (amount_eur: number, code: string) =>
      (await readJson(actor, currency('convert_amount', { amount_eur, to: code }), convertedShown)).converted,
  };
}

/**
 * The one of `items` with the smallest value; the first when several have it.
 * @throws SolutionStuck when there is none
 */
export function least<T>(items: readonly T[], measure: (item: T) => number): T {
  return only(
    [...items].sort((a, b) => measure(a) - measure(b)),
    () => true,
  );
}
