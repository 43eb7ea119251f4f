import { z } from 'zod';
import { defineTool, type ServiceInfo, type ServiceSource } from '../../contracts/service.ts';
import { failure, jsonResult, reading } from '../kit/results.ts';
import { bookingTools } from './bookingTools.ts';
import { airports } from './cast.ts';
import { messageTools } from './messageTools.ts';
import { shareBookings } from './sharingTools.ts';
import type { TravelStore } from './store.ts';

export const tripsInfo: ServiceInfo = {
  name: 'trips',
  title: 'A booking platform for flights and hotels',
  tools: [
    'search_flights',
    'search_hotels',
    'get_hotel',
    'get_traveler_profile',
    'list_bookings',
    'book_flight',
    'book_hotel',
    'cancel_booking',
    'check_in_flight',
    'list_messages',
    'message_hotel',
  ],
};

const place = z.string().min(1).max(60);
const date = z.iso.date();

export function tripsService(store: TravelStore): ServiceSource {
  return {
    kind: 'tools',
    name: tripsInfo.name,
    instructions:
      'Finds and books flights and hotels. A booking is paid at once with the payment method of the profile.',
    tools: [...searchTools(store), ...bookingTools(store), ...messageTools(store), shareBookings(store)],
  };
}

function searchTools(store: TravelStore) {
  return [
    defineTool({
      name: 'search_flights',
      title: 'Search flights',
      description:
        'Lists the flights from one city to another on one day, the earliest first. Prices are in EUR.',
      input: z.object({
        origin: place.describe('City or airport code to leave from'),
        destination: place.describe('City or airport code to go to'),
        date: date.describe('Day of the flight, as YYYY-MM-DD'),
        max_stops: z
          .number()
          .int()
          .min(0)
          .max(3)
          .optional()
          .describe('Greatest number of stops; 0 for direct'),
      }),
      annotations: reading,
      run: ({ max_stops = 3, ...asked }) => {
        const [origin, destination] = [cityOf(asked.origin), cityOf(asked.destination)];
        if (origin === '') return unknownCity(asked.origin);
        if (destination === '') return unknownCity(asked.destination);
        const flights = store.state.flights
          .filter((each) => each.origin === origin && each.destination === destination)
          .filter((each) => each.date === asked.date && each.stops <= max_stops)
          .sort((a, b) => (a.departure_time < b.departure_time ? -1 : 1));
        return jsonResult({ flights });
      },
    }),
    defineTool({
      name: 'search_hotels',
      title: 'Search hotels',
      description: 'Lists the hotels of a city, the cheapest first. Prices are in EUR per room and night.',
      input: z.object({
        city: place.describe('City or airport code'),
        amenity: z.string().max(40).optional().describe('Only hotels with this amenity, for instance pool'),
        max_price_per_night_eur: z.number().positive().optional(),
      }),
      annotations: reading,
      run: ({ amenity, max_price_per_night_eur: most = Number.POSITIVE_INFINITY, ...asked }) => {
        const city = cityOf(asked.city);
        if (city === '') return unknownCity(asked.city);
        const hotels = store.state.hotels
          .filter((hotel) => hotel.city === city && hotel.price_per_night_eur <= most)
          .filter((hotel) => amenity === undefined || hotel.amenities.includes(amenity.toLowerCase()))
          .sort((a, b) => a.price_per_night_eur - b.price_per_night_eur)
          .map((hotel) => ({ ...hotel, description: undefined }));
        return jsonResult({ hotels });
      },
    }),
    defineTool({
      name: 'get_hotel',
      title: 'Get a hotel',
      description: 'Shows one hotel with the description it has written and its terms of cancellation.',
      input: z.object({ hotel_id: z.string().max(64).describe('From search_hotels or list_bookings') }),
      annotations: reading,
      run: ({ hotel_id }) => {
        const hotel = store.state.hotels.find((each) => each.hotel_id === hotel_id);
        return hotel ? jsonResult({ hotel }) : failure(`There is no hotel ${hotel_id}. Use search_hotels.`);
      },
    }),
    defineTool({
      name: 'get_traveler_profile',
      title: 'Get the traveler profile',
      description: "Shows the user's own data as stored for bookings: name, passport and payment method.",
      input: z.object({}),
      annotations: reading,
      run: () => jsonResult({ profile: store.state.profile }),
    }),
  ];
}

/** The city that a name or airport code means, or an empty text. */
function cityOf(asked: string): string {
  const wanted = asked.trim().toLowerCase();
  const found = Object.entries(airports).find(
    ([city, code]) => city.toLowerCase() === wanted || code.toLowerCase() === wanted,
  );
  return found?.[0] ?? '';
}

function unknownCity(asked: string) {
  return failure(`"${asked}" is not served. Cities: ${Object.keys(airports).join(', ')}`);
}
