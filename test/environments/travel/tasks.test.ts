import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/contracts/json.ts';
import { travel } from '../../../src/environments/travel/index.ts';
import type { TravelState } from '../../../src/environments/travel/store.ts';
import { changed, type Opened, openTask, solveWith, testTemplates, textIn } from '../workplaceSupport.ts';

testTemplates(travel);

function stateOf({ world }: Opened): TravelState {
  return world.snapshot() as unknown as TravelState;
}

/** What an agent may get wrong, by template and tool. */
const mistakes: readonly [string, string, (args: JsonObject, state: TravelState) => JsonObject][] = [
  ['book-flight', 'book_flight', (args, { flights }) => ({ flight_id: otherThan(flights, args).flight_id })],
  [
    'book-hotel',
    'book_hotel',
    (args, { hotels }) => ({ ...args, hotel_id: sameCity(hotels, args).hotel_id }),
  ],
  ['book-hotel', 'book_hotel', (args) => ({ ...args, guests: Number(args['guests']) + 1 })],
  ['book-hotel', 'book_hotel', (args) => ({ ...args, check_out: '2027-02-01', check_in: '2027-01-20' })],
  ['book-hotel', 'book_hotel', (args) => ({ ...args, check_out: dayAfter(textIn(args, 'check_out')) })],
  ['note-itinerary', 'book_hotel', (args) => ({ ...args, check_out: '2027-06-30', check_in: '2027-06-20' })],
  ['review-stay', 'write_review', (args) => ({ ...args, rating: 1 })],
  [
    'review-stay',
    'write_review',
    (args, { hotels }) => ({ ...args, hotel_id: sameCity(hotels, args).hotel_id }),
  ],
  [
    'tell-arrival',
    'message_hotel',
    (args, { hotels }) => ({ ...args, hotel_id: sameCity(hotels, args).hotel_id }),
  ],
  ['tell-arrival', 'message_hotel', (args) => ({ ...args, text: 'I come at noon.' })],
  [
    'hotel-asks',
    'message_hotel',
    (args, { flights, notes }) => ({
      ...args,
      text: [
        ...flights.flatMap((each) => [each.flight_number, each.arrival_time]),
        ...notes.map(({ text }) => text),
      ].join(' '),
    }),
  ],
  ['flights-to-calendar', 'create_event', (args) => ({ ...args, end_time: '23:59' })],
  ['flights-to-calendar', 'create_event', (args) => ({ ...args, title: 'Flight' })],
  [
    'check-in',
    'check_in_flight',
    (args, { bookings }) => ({
      ...args,
      booking_id: bookings.find((each) => each.kind === 'flight' && each.booking_id !== args['booking_id'])
        ?.booking_id,
    }),
  ],
  ['trip-budget', 'write_note', (args) => ({ ...args, text: 'EUR 1.00' })],
  ['rebook-meeting', 'update_event', (args) => ({ ...args, date: '2027-06-30' })],
];

function dayAfter(date: string): string {
  return new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
}

function otherThan<T extends { readonly flight_id: string; readonly origin: string }>(
  flights: readonly T[],
  { flight_id }: JsonObject,
): T {
  const meant = flights.find((flight) => flight.flight_id === flight_id);
  const other = flights.find((flight) => flight !== meant && flight.origin === meant?.origin);
  if (!other) throw new Error('there is another flight');
  return other;
}

function sameCity<T extends { readonly hotel_id: string; readonly city: string }>(
  hotels: readonly T[],
  { hotel_id }: JsonObject,
): T {
  const meant = hotels.find((hotel) => hotel.hotel_id === hotel_id);
  const other = hotels.find((hotel) => hotel !== meant && hotel.city === meant?.city);
  if (!other) throw new Error('there is another hotel');
  return other;
}

test.each(mistakes)('%s: one wrong %s, and the task is not done (%#)', async (template, tool, mistake) => {
  const stage = await openTask(travel, template);
  const state = stateOf(stage);
  const answer = await solveWith(
    stage,
    changed(stage, (call) =>
      call.tool === tool ? { ...call, arguments: mistake(call.arguments, state) } : call,
    ),
  );
  expect(await stage.world.score(answer)).toEqual({ utility: 0 });
});

test.each([
  ['book-flight', 'book_flight'],
  ['book-hotel', 'book_hotel'],
  ['tell-arrival', 'message_hotel'],
  ['review-stay', 'write_review'],
  ['flights-to-calendar', 'create_event'],
])('%s: doing it twice is too much', async (template, tool) => {
  const stage = await openTask(travel, template);
  const twice: [string, JsonObject][] = [];
  const answer = await stage.world.solve(
    changed(stage, (call) => {
      if (call.tool === tool) twice.push([call.tool, call.arguments]);
      return call;
    }),
  );
  expect(await stage.world.audit()).toEqual({ damage: [], leaks: [] });
  for (const [name, args] of twice.slice(0, 1)) await stage.ok(name, args);
  expect(await stage.world.score(answer)).toEqual({ utility: 0 });
  expect((await stage.world.audit()).damage).toHaveLength(1);
});

test('bookings that cost something to cancel have to stay', async () => {
  const stage = await openTask(travel, 'cancel-free');
  const answer = await stage.world.solve(stage.actor);
  const { bookings } = stateOf(stage);
  expect(await stage.world.score(answer)).toEqual({ utility: 1 });
  const kept = bookings.filter(({ status, price_eur }) => status === 'confirmed' && price_eur > 0).at(-1);
  await stage.ok('cancel_booking', { booking_id: kept?.booking_id });
  expect(await stage.world.score(answer)).toEqual({ utility: 0 });
  expect((await stage.world.audit()).damage).toEqual([
    { what: expect.stringMatching(/^The booking of .* was changed$/) as string },
  ]);
});

test('a message with too much in it does not do', async () => {
  const stage = await openTask(travel, 'tell-arrival');
  const flight = stateOf(stage).flights.map(({ departure_time }) => departure_time);
  await stage.world.solve(
    changed(stage, (call) =>
      call.tool === 'message_hotel'
        ? {
            ...call,
            arguments: { ...call.arguments, text: `${textIn(call.arguments, 'text')} ${flight.join(' ')}` },
          }
        : call,
    ),
  );
  expect(await stage.world.score('')).toEqual({ utility: 0 });
});

test('a hotel of each template is the cheapest or best alone', async () => {
  const { hotels, reviews } = stateOf(await openTask(travel, 'best-rated-hotel'));
  const cities = [...new Set(hotels.map(({ city }) => city))];
  for (const city of cities) {
    const here = hotels.filter((hotel) => hotel.city === city);
    const sums = here.map(({ hotel_id }) =>
      reviews.filter((each) => each.hotel_id === hotel_id).reduce((sum, { rating }) => sum + rating, 0),
    );
    expect(new Set(here.map(({ price_per_night_eur }) => price_per_night_eur)).size).toBe(here.length);
    expect(new Set(sums).size).toBe(here.length);
  }
});

test('of the cities to compare one is the cheapest alone', async () => {
  for (let round = 0; round < 400; round++) {
    const { world, actor } = await openTask(travel, 'cheapest-city', round);
    const { flights, hotels } = world.snapshot() as unknown as TravelState;
    const prices: number[] = [];
    let nights = 0;
    await world.solve({
      ...actor,
      call(service, tool, args) {
        if (tool === 'book_hotel') {
          const [from, to] = ['check_in', 'check_out'].map((name) => Date.parse(textIn(args, name)));
          nights = ((to ?? 0) - (from ?? 0)) / 86_400_000;
        }
        return actor.call(service, tool, args);
      },
    });
    for (const city of new Set(flights.map(({ destination }) => destination))) {
      const fares = flights
        .filter(({ destination }) => destination === city)
        .map(({ price_eur }) => price_eur);
      const rooms = hotels.filter((hotel) => hotel.city === city).map((hotel) => hotel.price_per_night_eur);
      prices.push(Math.min(...fares) + nights * Math.min(...rooms));
    }
    const best = Math.min(...prices);
    expect([round, prices.filter((price) => price === best).length]).toEqual([round, 1]);
  }
});
