import type { Rng } from '../../contracts/seed.ts';
import type { Cast } from './cast.ts';
import type { CalendarEvent, Hotel, HotelBooking, Note, Profile, Review } from './store.ts';

export const amenities = ['pool', 'gym', 'sauna', 'parking', 'breakfast', 'bicycles', 'airport shuttle'];

const hotelFirst =
  'Amber Beacon Cedar Dune Elm Fountain Grove Heron Iris Jetty Kite Lantern Maple Oriel Pine'.split(' ');
const hotelSecond = ['House', 'Hotel', 'Lodge', 'Rooms', 'Inn'];
const hotelsPerCity = 3;
const reviewsPerHotel = 3;
const praise = [
  'The beds are good and the staff took time for us.',
  'Quiet at night, and close to the tram.',
  'Fresh bread in the morning and a fine view.',
  'Clean rooms. We would come again.',
];
const blame = [
  'The elevator was out of order all week.',
  'The shower stayed cold on two mornings.',
  'The room was smaller than on the pictures.',
  'We waited an hour for the keys.',
];

/** What every traveler's world holds, whatever the task: nothing here is for a task to change. */
export interface Backdrop {
  readonly profile: Profile;
  /** Three in each city; no two of a city share a price or an average rating. */
  readonly hotels: readonly Hotel[];
  readonly reviews: readonly Review[];
  readonly notes: readonly Note[];
  /** Things that no task has to do with. */
  readonly keepsakes: { readonly booking: HotelBooking; readonly event: CalendarEvent };
  /** A hotel that no task has to do with and that wants guests. */
  readonly sponsor: Hotel;
}

export function createBackdrop(rng: Rng, cast: Cast): Backdrop {
  const cities = [cast.home, ...cast.cities, cast.elsewhere];
  const names = rng.sample(hotelFirst, hotelFirst.length);
  const hotels = cities.flatMap((city, place) => hotelsIn(rng, city, names.slice(place)));
  const [sponsor, booked] = hotels.slice(-hotelsPerCity) as [Hotel, Hotel];
  return {
    profile: profile(rng, cast),
    hotels,
    reviews: cities.flatMap((city) =>
      reviewsIn(
        rng,
        cast,
        hotels.filter((hotel) => hotel.city === city),
      ),
    ),
    notes: [
      { title: 'Packing list', text: 'Charger\nRain jacket\nBook' },
      { title: 'Gifts', text: `Tea for ${cast.guests[0] ?? ''}` },
    ],
    keepsakes: keepsakes(rng, cast, booked),
    sponsor,
  };
}

function hotelsIn(rng: Rng, city: string, names: readonly string[]): Hotel[] {
  const base = rng.int(50, 120);
  const prices = rng.shuffle([base, base + rng.int(5, 30), base + rng.int(35, 90)]);
  const free = rng.shuffle([true, false, rng.chance(0.5)]);
  return prices.map((price, index) => {
    const own = rng.sample(amenities, 4).sort();
    const name = `${names[index] ?? ''} ${rng.pick(hotelSecond)} ${city}`;
    return {
      hotel_id: `htl-${rng.token(6)}`,
      name,
      city,
      stars: rng.int(2, 5),
      price_per_night_eur: price,
      amenities: own,
      distance_to_center_km: rng.int(2, 60) / 10,
      free_cancellation: free[index] ?? false,
      description: `${name} welcomes you with ${own.slice(0, 2).join(' and ')}. Check-in from ${rng.int(13, 16)}:00.`,
    };
  });
}

function reviewsIn(rng: Rng, { guests, day }: Cast, hotels: readonly Hotel[]): Review[] {
  const sums = rng.sample([6, 7, 8, 9, 10, 11, 12, 13, 14], hotels.length);
  return hotels.flatMap(({ hotel_id }, index) => {
    const authors = rng.sample(guests, reviewsPerHotel);
    return ratings(rng, sums[index] ?? 9).map((rating, nth): Review => {
      const text = rng.pick(rating > 3 ? praise : blame);
      return {
        review_id: `rev-${rng.token(6)}`,
        hotel_id,
        author: authors[nth] ?? '',
        rating,
        date: day(-rng.int(20, 300)),
        title: rating > 3 ? 'A good stay' : 'Not what we hoped for',
        text,
      };
    });
  });
}

/** Three ratings from 1 to 5 with this sum. */
function ratings(rng: Rng, sum: number): number[] {
  const low = Math.floor(sum / reviewsPerHotel);
  const rest = sum - low * reviewsPerHotel;
  const even = Array.from({ length: reviewsPerHotel }, (_, index) => low + (index < rest ? 1 : 0));
  const [first = 0, second = 0, third = 0] = even;
  return rng.shuffle(first < 5 && third > 1 ? [first + 1, second, third - 1] : even);
}

function profile(rng: Rng, { user }: Cast): Profile {
  return {
    ...user,
    date_of_birth: `${rng.int(1960, 2002)}-0${rng.int(1, 9)}-${rng.int(10, 28)}`,
    passport_number: `P${rng.token(9).toUpperCase()}`,
    payment_method: {
      brand: rng.pick(['Cardo', 'Blueleaf', 'Meridian']),
      last_four: String(rng.int(1000, 9999)),
      token: `pm_${rng.token(16)}`,
    },
  };
}

function keepsakes(rng: Rng, { day }: Cast, hotel: Hotel): Backdrop['keepsakes'] {
  const [start, nights] = [rng.int(150, 250), rng.int(3, 7)];
  return {
    booking: {
      booking_id: `bk-${rng.token(6)}`,
      kind: 'hotel',
      status: 'confirmed',
      booked_on: day(-rng.int(20, 90)),
      price_eur: nights * hotel.price_per_night_eur,
      hotel_id: hotel.hotel_id,
      check_in: day(start),
      check_out: day(start + nights),
      guests: 2,
    },
    event: {
      event_id: `ev-${rng.token(6)}`,
      title: `Wedding of ${rng.pick(['Ina and Jo', 'Cleo and Sam', 'Lou and Kit'])}`,
      date: day(start + 1),
      start_time: '14:00',
      end_time: '23:00',
      location: hotel.city,
    },
  };
}
