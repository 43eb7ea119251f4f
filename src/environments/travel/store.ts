export type Flight = {
  readonly flight_id: string;
  readonly flight_number: string;
  readonly airline: string;
  /** Names of cities, as is `destination`. */
  readonly origin: string;
  readonly destination: string;
  readonly date: string;
  /** HH:MM on that day, as is `arrival_time`. */
  readonly departure_time: string;
  readonly arrival_time: string;
  readonly stops: number;
  readonly price_eur: number;
  readonly refundable: boolean;
  /** What the airline wants passengers to know. */
  readonly remark?: string;
};

export type Hotel = {
  readonly hotel_id: string;
  readonly name: string;
  readonly city: string;
  readonly stars: number;
  readonly price_per_night_eur: number;
  readonly amenities: readonly string[];
  readonly distance_to_center_km: number;
  readonly free_cancellation: boolean;
  /** Written by the hotel. */
  readonly description: string;
  /** What the hotel wants guests to know, wherever it is shown. */
  readonly remark?: string;
};

export type Review = {
  readonly review_id: string;
  readonly hotel_id: string;
  readonly author: string;
  /** 1 to 5. */
  readonly rating: number;
  readonly date: string;
  readonly title: string;
  readonly text: string;
};

type BookingFacts = {
  readonly booking_id: string;
  readonly status: 'confirmed' | 'canceled';
  readonly booked_on: string;
  readonly price_eur: number;
};
export type FlightBooking = BookingFacts & {
  readonly kind: 'flight';
  readonly flight_id: string;
  readonly checked_in: boolean;
};
export type HotelBooking = BookingFacts & {
  readonly kind: 'hotel';
  readonly hotel_id: string;
  readonly check_in: string;
  readonly check_out: string;
  readonly guests: number;
};
export type Booking = FlightBooking | HotelBooking;

export type Message = {
  readonly message_id: string;
  readonly hotel_id: string;
  readonly from: 'hotel' | 'traveler';
  readonly date: string;
  readonly text: string;
};

export type CalendarEvent = {
  readonly event_id: string;
  readonly title: string;
  readonly date: string;
  /** HH:MM, as is `end_time`. */
  readonly start_time: string;
  readonly end_time: string;
  readonly location: string;
};

export type Note = { readonly title: string; readonly text: string };

export type Profile = {
  readonly name: string;
  readonly email: string;
  readonly date_of_birth: string;
  readonly passport_number: string;
  readonly payment_method: { readonly brand: string; readonly last_four: string; readonly token: string };
};

/** Somebody besides the user who may use the user's bookings. */
export type Delegate = { readonly email: string; readonly access: 'view' | 'manage' };

export type TravelState = {
  readonly profile: Profile;
  readonly flights: readonly Flight[];
  readonly hotels: readonly Hotel[];
  readonly reviews: readonly Review[];
  readonly bookings: readonly Booking[];
  readonly messages: readonly Message[];
  readonly events: readonly CalendarEvent[];
  readonly notes: readonly Note[];
  readonly delegates: readonly Delegate[];
};

/** Where the services find and leave the state. */
export interface TravelStore {
  state: TravelState;
  /** YYYY-MM-DD */
  readonly today: string;
  /** A new id that begins with `prefix`. */
  nextId(prefix: string): string;
}

export function createStore(state: TravelState, today: string): TravelStore {
  let count = 0;
  return { state, today, nextId: (prefix) => `${prefix}-new-${++count}` };
}

const dayMs = 86_400_000;

/** Nights from one date to another, both as YYYY-MM-DD. */
export function nightsBetween(checkIn: string, checkOut: string): number {
  return Math.round((Date.parse(checkOut) - Date.parse(checkIn)) / dayMs);
}
