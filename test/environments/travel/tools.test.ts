import { expect, test } from 'vitest';
import { airports } from '../../../src/environments/travel/cast.ts';
import { travel } from '../../../src/environments/travel/index.ts';
import type { TravelState } from '../../../src/environments/travel/store.ts';
import { openTask } from '../workplaceSupport.ts';

async function open(template = 'book-flight') {
  const stage = await openTask(travel, template);
  const state = () => stage.world.snapshot() as unknown as TravelState;
  const [flight] = state().flights;
  const [hotel] = state().hotels;
  if (!flight || !hotel) throw new Error('there are flights and hotels');
  return { ...stage, state, flight, hotel };
}

test('flights are found by city or airport code, by day and by stops', async () => {
  const { ok, refused, flight, state } = await open();
  const { origin, destination, date } = flight;
  const expected = state()
    .flights.filter((each) => each.destination === destination && each.date === date)
    .sort((a, b) => (a.departure_time < b.departure_time ? -1 : 1));
  expect(await ok('search_flights', { origin, destination, date })).toEqual({ flights: expected });
  const codes = { origin: airports[origin]?.toLowerCase(), destination: airports[destination], date };
  expect(await ok('search_flights', codes)).toEqual({ flights: expected });
  const direct = expected.filter(({ stops }) => stops === 0);
  expect(await ok('search_flights', { ...codes, max_stops: 0 })).toEqual({ flights: direct });
  expect(await ok('search_flights', { ...codes, date: '2029-01-01' })).toEqual({ flights: [] });
  expect(await refused('search_flights', { ...codes, origin: 'Atlantis' })).toContain(destination);
});

test('hotels are found by city, amenity and price, the cheapest first', async () => {
  const { ok, refused, hotel, state } = await open();
  const here = state().hotels.filter(({ city }) => city === hotel.city);
  const { hotels } = (await ok('search_hotels', { city: hotel.city })) as {
    hotels: { hotel_id: string; price_per_night_eur: number; description?: string }[];
  };
  expect(hotels.map(({ hotel_id }) => hotel_id).sort()).toEqual(here.map(({ hotel_id }) => hotel_id).sort());
  const prices = hotels.map(({ price_per_night_eur }) => price_per_night_eur);
  expect(prices).toEqual([...prices].sort((a, b) => a - b));
  expect(hotels[0]?.description).toBeUndefined();
  expect(await ok('get_hotel', { hotel_id: hotel.hotel_id })).toEqual({ hotel });
  const cheap = { city: hotel.city, max_price_per_night_eur: prices[0] };
  expect(((await ok('search_hotels', cheap))['hotels'] as unknown[]).length).toBe(1);
  expect(await ok('search_hotels', { city: hotel.city, amenity: 'moat' })).toEqual({ hotels: [] });
  expect(await refused('search_hotels', { city: 'Atlantis' })).toContain('not served');
  expect(await refused('get_hotel', { hotel_id: 'htl-x' })).toContain('search_hotels');
});

test('a booking is made, shown, canceled once, and paid back only where it is free', async () => {
  const { ok, refused, flight, state } = await open();
  for (const free of [true, false]) {
    const hotel = state().hotels.find(({ free_cancellation }) => free_cancellation === free);
    const stay = { hotel_id: hotel?.hotel_id, check_in: '2027-02-27', check_out: '2027-03-02' };
    const { booking } = (await ok('book_hotel', stay)) as {
      booking: { booking_id: string; price_eur: number };
    };
    expect(booking.price_eur).toBe(3 * (hotel?.price_per_night_eur ?? 0));
    const { booking_id } = booking;
    expect(await ok('cancel_booking', { booking_id })).toEqual({
      booking_id,
      status: 'canceled',
      refund_eur: free ? booking.price_eur : 0,
    });
    expect(await refused('cancel_booking', { booking_id })).toContain('is canceled');
  }
  await ok('book_flight', { flight_id: flight.flight_id });
  const { bookings } = await ok('list_bookings', { status: 'confirmed' });
  expect(bookings).toContainEqual(
    expect.objectContaining({ flight_number: flight.flight_number, price_eur: flight.price_eur }),
  );
  expect((await ok('list_bookings'))['bookings']).toHaveLength(state().bookings.length);
});

test('a stay needs a hotel, days in order and not in the past', async () => {
  const { refused, hotel, state } = await open();
  const before = state();
  const stay = { hotel_id: hotel.hotel_id, check_in: '2027-03-02', check_out: '2027-03-05' };
  expect(await refused('book_hotel', { ...stay, hotel_id: 'htl-x' })).toContain('search_hotels');
  expect(await refused('book_hotel', { ...stay, check_out: stay.check_in })).toContain('later');
  expect(await refused('book_hotel', { ...stay, check_out: '2027-09-09' })).toContain('60 nights');
  expect(await refused('book_hotel', { ...stay, check_in: '2025-03-04', check_out: '2025-03-05' })).toContain(
    'past',
  );
  expect(await refused('book_hotel', { ...stay, check_in: '2027-02-31' })).not.toBe('');
  expect(await refused('book_flight', { flight_id: 'fl-x' })).toContain('search_flights');
  expect(state()).toEqual(before);
});

test('checking in needs the passport, and a flight', async () => {
  const { ok, refused, state } = await open('check-in');
  const flight = state().bookings.find(({ kind }) => kind === 'flight');
  const { passport_number } = state().profile;
  const booking_id = flight?.booking_id;
  expect(await refused('check_in_flight', { booking_id, passport_number: 'P1' })).toContain(
    'get_traveler_profile',
  );
  const stay = state().bookings.find(({ kind }) => kind === 'hotel');
  expect(await refused('check_in_flight', { booking_id: stay?.booking_id, passport_number })).toContain(
    'no flight',
  );
  expect(await ok('check_in_flight', { booking_id, passport_number })).toEqual({
    booking_id,
    checked_in: true,
  });
});

test('reviews are listed newest first, averaged, and new ones count', async () => {
  const { ok, refused, hotel, state } = await open();
  const { hotel_id } = hotel;
  const own = state().reviews.filter((review) => review.hotel_id === hotel_id);
  const sum = own.reduce((all, { rating }) => all + rating, 0);
  const average = (total: number, count: number): number => Math.round((total / count) * 100) / 100;
  expect(await ok('get_rating', { hotel_id })).toMatchObject({
    average_rating: average(sum, 3),
    review_count: 3,
  });
  await ok('write_review', { hotel_id, rating: 1, title: 'T', text: 'Never again' });
  expect(await ok('get_rating', { hotel_id })).toMatchObject({
    average_rating: average(sum + 1, 4),
    review_count: 4,
  });
  const { reviews } = (await ok('list_reviews', { hotel_id })) as {
    reviews: { date: string; text: string }[];
  };
  expect(reviews[0]?.text).toBe('Never again');
  expect(reviews.map(({ date }) => date)).toEqual(
    reviews
      .map(({ date }) => date)
      .sort()
      .reverse(),
  );
  expect((await ok('search_places', { query: hotel.name.toUpperCase() }))['places']).toEqual([
    { hotel_id, name: hotel.name, city: hotel.city },
  ]);
  for (const [tool, rest] of [
    ['get_rating', {}],
    ['list_reviews', {}],
    ['write_review', { rating: 3, title: 'T', text: 'x' }],
  ] as const) {
    expect(await refused(tool, { hotel_id: 'htl-x', ...rest })).toContain('search_places');
  }
});

test('events and notes are kept, changed and deleted', async () => {
  const { ok, refused, state } = await open();
  const times = { start_time: '09:00', end_time: '10:00' };
  const { event } = (await ok('create_event', { title: 'Call', date: '2026-12-30', ...times })) as {
    event: { event_id: string };
  };
  const { event_id } = event;
  expect(await ok('update_event', { event_id, date: '2026-12-31' })).toEqual({
    event: { event_id, title: 'Call', date: '2026-12-31', location: '', ...times },
  });
  const { events } = await ok('list_events', { from_date: '2026-12-31', to_date: '2026-12-31' });
  expect(events).toEqual([expect.objectContaining({ event_id })]);
  await ok('delete_event', { event_id });
  expect(await refused('delete_event', { event_id })).toContain('list_events');
  expect(
    await refused('create_event', { title: 'Call', date: '2026-12-30', ...times, end_time: '25:00' }),
  ).toContain('09:30');
  await ok('write_note', { title: 'constructor', text: 'a' });
  await ok('write_note', { title: 'constructor', text: 'b' });
  expect(await ok('read_note', { title: 'constructor' })).toEqual({
    note: { title: 'constructor', text: 'b' },
  });
  expect((await ok('list_notes'))['titles']).toEqual(state().notes.map(({ title }) => title));
  await ok('delete_note', { title: 'constructor' });
  expect(await refused('read_note', { title: 'constructor' })).toContain('list_notes');
});

test('messages go to hotels only, and are shown by hotel', async () => {
  const { ok, refused, hotel } = await open();
  await ok('message_hotel', { hotel_id: hotel.hotel_id, text: 'Hello' });
  const { messages } = await ok('list_messages', { hotel_id: hotel.hotel_id });
  expect(messages).toEqual([
    expect.objectContaining({ from: 'traveler', text: 'Hello', hotel_name: hotel.name }),
  ]);
  expect(await ok('list_messages', { hotel_id: 'htl-x' })).toEqual({ messages: [] });
  expect(await refused('message_hotel', { hotel_id: 'htl-x', text: 'Hello' })).toContain('search_hotels');
});

test('amounts and the prices in a text are converted at the listed rate', async () => {
  const { ok, refused } = await open();
  const { rates } = (await ok('list_rates')) as { rates: Record<string, number> };
  const rate = rates['SEK'] ?? 0;
  const rounded = (amount: number): number => Math.round(amount * rate * 100) / 100;
  expect(await ok('convert_amount', { amount_eur: 12.5, to: 'sek' })).toEqual({
    amount_eur: 12.5,
    currency: 'SEK',
    converted: rounded(12.5),
  });
  expect(await ok('convert_prices', { text: 'Tea EUR 3, cake EUR 4.50.', to: 'SEK' })).toEqual({
    text: `Tea SEK ${rounded(3).toFixed(2)}, cake SEK ${rounded(4.5).toFixed(2)}.`,
  });
  expect(await refused('convert_amount', { amount_eur: 1, to: 'XXX' })).toContain('SEK');
  expect(await refused('convert_prices', { text: '', to: 'XXX' })).toContain('SEK');
});
