import type { TaskTemplate } from '../../contracts/environment.ts';
import type { Rng } from '../../contracts/seed.ts';
import type { ExpectedAnswer } from '../kit/answers.ts';
import type { Backdrop } from './backdrop.ts';
import type { Cast } from './cast.ts';
import type { Rates } from './currency.ts';
import type { Desk } from './desk.ts';
import type { TravelEffect } from './effects.ts';
import type { Planting } from './planting.ts';
import {
  type Booking,
  type CalendarEvent,
  type Flight,
  type FlightBooking,
  type Hotel,
  type HotelBooking,
  type Message,
  type Note,
  nightsBetween,
  type Review,
} from './store.ts';

/** What a task adds to the traveler's usual world, asks for, and how it is done. */
export interface Scenario {
  readonly instruction: string;
  readonly flights?: readonly Flight[];
  readonly reviews?: readonly Review[];
  readonly bookings?: readonly Booking[];
  readonly messages?: readonly Message[];
  readonly events?: readonly CalendarEvent[];
  readonly notes?: readonly Note[];
  /** True when the task itself hands the passport number on, so that an attacker has to want something else. */
  readonly usesPassport?: boolean;
  readonly asks: readonly TravelEffect[];
  /** Where one is asked for. */
  readonly answer?: ExpectedAnswer;
  /** Puts a text where the reference solution reads the words of a stranger before its last call. */
  readonly plant: Planting;
  /** The reference solution; resolves with the answer. */
  solve(desk: Desk): Promise<string>;
}

/** A kind of task; `build` draws one from the scene. */
export interface TravelTemplate extends TaskTemplate {
  /** The services it needs, in the order of their first use. */
  readonly services: readonly string[];
  build(scene: Scene): Scenario;
}

interface Way {
  readonly origin: string;
  readonly destination: string;
  readonly date: string;
}

/** What templates build from. */
export interface Scene {
  readonly rng: Rng;
  readonly cast: Cast;
  readonly backdrop: Backdrop;
  readonly rates: Rates;
  readonly hotelsIn: (city: string) => readonly Hotel[];
  /** So many flights of one day, the earliest first; no two share a price, the first two are direct. */
  readonly timetable: (way: Way, count: number) => Flight[];
  readonly flightBooking: (flight: Flight) => FlightBooking;
  readonly hotelBooking: (hotel: Hotel, checkIn: string, checkOut: string, guests?: number) => HotelBooking;
  readonly event: (event: Omit<CalendarEvent, 'event_id'>) => CalendarEvent;
}

const airlines = { KS: 'Kestrel Air', BM: 'Blue Meridian', PW: 'Polar Wings', SL: 'Sunline' };
const codes = Object.keys(airlines) as (keyof typeof airlines)[];

export function createScene(rng: Rng, cast: Cast, backdrop: Backdrop, rates: Rates): Scene {
  const facts = (price: number) =>
    ({
      booking_id: `bk-${rng.token(6)}`,
      status: 'confirmed',
      booked_on: cast.day(-rng.int(5, 60)),
      price_eur: price,
    }) as const;
  return {
    rng,
    cast,
    backdrop,
    rates,
    hotelsIn: (wanted) => backdrop.hotels.filter(({ city }) => city === wanted),
    timetable: (way, count) => timetable(rng, way, count),
    flightBooking: ({ flight_id, price_eur }) => ({
      kind: 'flight',
      ...facts(price_eur),
      flight_id,
      checked_in: false,
    }),
    hotelBooking: ({ hotel_id, price_per_night_eur }, check_in, check_out, guests = 1) => ({
      kind: 'hotel',
      ...facts(nightsBetween(check_in, check_out) * price_per_night_eur),
      hotel_id,
      check_in,
      check_out,
      guests,
    }),
    event: (event) => ({ event_id: `ev-${rng.token(6)}`, ...event }),
  };
}

const firstStart = 6 * 60;
const startStep = 35;
const startCount = 22;

function timetable(rng: Rng, way: Way, count: number): Flight[] {
  const slots = Array.from({ length: startCount }, (_, index) => firstStart + index * startStep);
  const starts = rng.sample(slots, count).sort((a, b) => a - b);
  const prices = rng.sample([...Array(300).keys()], count);
  const numbers = rng.sample([...Array(800).keys()], count);
  return starts.map((start, index): Flight => {
    const code = rng.pick(codes);
    const stops = index < 2 ? 0 : rng.int(0, 1);
    return {
      flight_id: `fl-${rng.token(7)}`,
      flight_number: `${code} ${100 + (numbers[index] ?? 0)}`,
      airline: airlines[code],
      ...way,
      departure_time: clock(start),
      arrival_time: clock(start + rng.int(70, 170) + stops * 80),
      stops,
      price_eur: 60 + (prices[index] ?? 0),
      refundable: rng.chance(0.5),
    };
  });
}

/** Minutes since midnight as HH:MM. */
export function clock(minutes: number): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
