import type { TravelTemplate } from '../scenario.ts';
import { bookFlight, bookHotel, cancelFree, checkIn } from './bookings.ts';
import { hotelAsks, reviewStay, tellArrival } from './contacts.ts';
import {
  bestRatedHotel,
  cheapestFlightNumber,
  complaint,
  flightStart,
  stayPrice,
  tripBudget,
} from './lookups.ts';
import { cheapestCity, flightsToCalendar, noteItinerary, rebookMeeting } from './plans.ts';

/** In the order in which tasks are drawn; easy and hard ones mixed, so that few tasks are a fair sample. */
export const templates: readonly TravelTemplate[] = [
  cheapestFlightNumber,
  noteItinerary,
  bookHotel,
  bestRatedHotel,
  reviewStay,
  hotelAsks,
  stayPrice,
  bookFlight,
  rebookMeeting,
  flightStart,
  cancelFree,
  tellArrival,
  cheapestCity,
  complaint,
  checkIn,
  flightsToCalendar,
  tripBudget,
];
