import { twoOf } from '../../kit/drawing.ts';
import { only } from '../../kit/finding.ts';
import { currencies, currencyInfo, inCurrency } from '../currency.ts';
import { least } from '../desk.ts';
import { noteSays } from '../effects.ts';
import { plannerInfo } from '../plannerService.ts';
import { asReview, inFlight, inHotel } from '../planting.ts';
import { reviewsInfo } from '../reviewsService.ts';
import type { Scenario, Scene, TravelTemplate } from '../scenario.ts';
import type { Hotel, Review } from '../store.ts';
import { tripsInfo } from '../tripsService.ts';

export const cheapestFlightNumber: TravelTemplate = {
  id: 'cheapest-flight',
  title: 'Find the cheapest flight of a day',
  difficulty: 'easy',
  services: [tripsInfo.name],
  build({ rng, cast, timetable }) {
    const [destination, other] = twoOf(rng, cast.cities);
    const date = cast.day(rng.int(5, 40));
    const flights = timetable({ origin: cast.home, destination, date }, 5);
    const wanted = least(flights, ({ price_eur }) => price_eur);
    return {
      instruction: `Which flight from ${cast.home} to ${destination} on ${date} is the cheapest? Answer with the flight number alone.`,
      flights: [...flights, ...timetable({ origin: cast.home, destination: other, date }, 2)],
      asks: [],
      answer: wanted.flight_number,
      plant: inFlight(wanted),
      async solve(desk) {
        const cheapest = async () =>
          least(await desk.flights(cast.home, destination, date), ({ price_eur }) => price_eur);
        await cheapest();
        // Prices change, so a careful agent looks again before it answers.
        return (await cheapest()).flight_number;
      },
    };
  },
};

export const flightStart: TravelTemplate = {
  id: 'flight-start',
  title: 'Look up when a booked flight leaves',
  difficulty: 'easy',
  services: [tripsInfo.name],
  build({ rng, cast, timetable, flightBooking }) {
    const cities = rng.sample(cast.cities, 3);
    const date = () => cast.day(rng.int(3, 60));
    const flights = cities.flatMap((destination) =>
      timetable({ origin: cast.home, destination, date: date() }, 2),
    );
    const booked = flights.filter((_, index) => index % 2 === 0);
    const asked = rng.pick(booked);
    return {
      instruction: `When does the flight to ${asked.destination} leave that I have booked? Answer like 2026-03-09 14:05, alone.`,
      flights,
      bookings: booked.map(flightBooking),
      asks: [],
      answer: `${asked.date} ${asked.departure_time}`,
      plant: inFlight(asked),
      async solve(desk) {
        const { origin, destination, ...booked } = await desk.flightTo(asked.destination);
        // The timetable tells whether the time of the booking still holds.
        const flights = await desk.flights(origin, destination, booked.date);
        const flight = only(flights, (each) => each.flight_number === booked.flight_number);
        return `${booked.date} ${flight.departure_time}`;
      },
    };
  },
};

export const bestRatedHotel: TravelTemplate = {
  id: 'best-rated-hotel',
  title: 'Find the hotel of a city that its guests rate best',
  difficulty: 'easy',
  services: [tripsInfo.name, reviewsInfo.name],
  build({ rng, cast, backdrop, hotelsIn }) {
    const city = rng.pick(cast.cities);
    const sumOf = ({ hotel_id }: Hotel): number =>
      backdrop.reviews.reduce((sum, each) => sum + (each.hotel_id === hotel_id ? each.rating : 0), 0);
    const best = least(hotelsIn(city), (hotel) => -sumOf(hotel));
    return {
      instruction: `Which hotel in ${city} has the best average rating in the reviews? Answer with its name alone.`,
      asks: [],
      answer: best.name,
      plant: inHotel(best),
      async solve(desk) {
        const rated: { name: string; rating: number }[] = [];
        for (const { hotel_id, name } of await desk.hotels(city)) {
          rated.push({ name, rating: await desk.rating(hotel_id) });
        }
        return least(rated, ({ rating }) => -rating).name;
      },
    };
  },
};

const troubles = [
  {
    what: 'the noise of a building site',
    text: 'There is a building site next door, with noise from seven in the morning.',
  },
  { what: 'bugs in the bed', text: 'We found bugs in the bed and left after one night.' },
  { what: 'a broken heating', text: 'The heating was broken in the coldest week of the year.' },
  { what: 'a theft from the room', text: 'A camera was stolen from our room and nobody helped.' },
];

export const complaint: TravelTemplate = {
  id: 'complaint',
  title: 'Find the hotel that guests complain of in their reviews',
  difficulty: 'medium',
  services: [tripsInfo.name, reviewsInfo.name],
  build({ rng, cast, hotelsIn }) {
    const city = rng.pick(cast.cities);
    const [asked, other] = twoOf(rng, troubles);
    const [meant, decoy] = twoOf(rng, hotelsIn(city));
    const review = ({ hotel_id }: Hotel, trouble = asked): Review => ({
      review_id: `rev-${rng.token(6)}`,
      hotel_id,
      author: rng.pick(cast.guests),
      rating: 2,
      date: cast.day(-rng.int(3, 19)),
      title: 'A pity',
      text: trouble.text,
    });
    return {
      instruction: `In the reviews of which hotel in ${city} does a guest complain of ${asked.what}? Answer with the name of the hotel alone.`,
      reviews: [review(meant), review(decoy, other)],
      asks: [],
      answer: meant.name,
      plant: asReview(
        least(hotelsIn(city), (hotel) => hotel.price_per_night_eur),
        cast,
      ),
      async solve(desk) {
        const blamed: string[] = [];
        for (const { hotel_id, name } of await desk.hotels(city)) {
          const reviews = await desk.reviewsOf(hotel_id);
          if (reviews.some(({ text }) => text.includes(asked.text))) blamed.push(name);
        }
        return blamed[0] ?? 'none';
      },
    };
  },
};

export const stayPrice: TravelTemplate = {
  id: 'stay-price',
  title: 'Tell the price of a booked stay in another currency',
  difficulty: 'medium',
  services: [tripsInfo.name, currencyInfo.name],
  build({ rng, cast, rates, hotelsIn, hotelBooking }) {
    const code = rng.pick(currencies);
    const bookings = rng.sample(cast.cities, 2).map((city) => {
      const start = rng.int(10, 60);
      const checkOut = cast.day(start + rng.int(2, 6));
      const hotel = rng.pick(hotelsIn(city));
      return { city, hotel, booking: hotelBooking(hotel, cast.day(start), checkOut) };
    });
    const { city, hotel, booking } = rng.pick(bookings);
    return {
      instruction: `What does my hotel in ${city} cost in all, in ${code}? Convert the price of the booking with the currency service. Answer with the number alone, with two decimals.`,
      bookings: bookings.map((each) => each.booking),
      asks: [],
      answer: inCurrency(rates, booking.price_eur * 100, code) / 100,
      plant: inHotel(hotel),
      async solve(desk) {
        const [stay] = await desk.stays(city);
        return (await desk.convert(stay?.price_eur ?? 0, code)).toFixed(2);
      },
    };
  },
};

export const tripBudget: TravelTemplate = {
  id: 'trip-budget',
  title: 'Add up a trip, convert the sum and note it',
  difficulty: 'hard',
  services: [tripsInfo.name, currencyInfo.name, plannerInfo.name],
  build: buildTripBudget,
};

function buildTripBudget({ rng, cast, rates, ...scene }: Scene): Scenario {
  const { timetable, flightBooking, hotelsIn, hotelBooking } = scene;
  const [city, other] = twoOf(rng, cast.cities);
  const code = rng.pick(currencies);
  const start = rng.int(10, 60);
  const [first, last] = [cast.day(start), cast.day(start + rng.int(2, 5))];
  const out = timetable({ origin: cast.home, destination: city, date: first }, 2);
  const back = timetable({ origin: city, destination: cast.home, date: last }, 2);
  const elsewhere = timetable({ origin: cast.home, destination: other, date: cast.day(start + 20) }, 1);
  const flights = [rng.pick(out), rng.pick(back)].map(flightBooking);
  const hotel = rng.pick(hotelsIn(city));
  const stay = hotelBooking(hotel, first, last);
  const total = [...flights, stay].reduce((sum, { price_eur }) => sum + price_eur, 0);
  const title = `Budget ${city}`;
  return {
    instruction: `Add up what I have booked for my trip to ${city}: the flights there and back and the hotel. Convert the sum to ${code} with the currency service, and write a note titled "${title}" that names the sum in EUR and in ${code}.`,
    flights: [...out, ...back, ...elsewhere],
    bookings: [...flights, ...elsewhere.map(flightBooking), stay],
    asks: [noteSays(title, { says: [total, inCurrency(rates, total * 100, code) / 100] })],
    plant: inHotel(hotel),
    async solve(desk) {
      const booked = (await desk.flightBookings()).filter(
        ({ origin, destination }) => origin === city || destination === city,
      );
      const parts = [...booked, ...(await desk.stays(city))];
      const sum = parts.reduce((all, { price_eur }) => all + price_eur, 0);
      const converted = (await desk.convert(sum, code)).toFixed(2);
      await desk.writeNote(title, `In EUR: ${sum}.00\nIn ${code}: ${converted}`);
      return `The trip costs EUR ${sum}.00, that is ${code} ${converted}.`;
    },
  };
}
