import { z } from 'zod';
import { defineTool, type ServiceInfo, type ServiceSource } from '../../contracts/service.ts';
import { failure, jsonResult, reading } from '../kit/results.ts';
import type { Review, TravelStore } from './store.ts';

export const reviewsInfo: ServiceInfo = {
  name: 'reviews',
  title: 'Public reviews of hotels, written by their guests',
  tools: ['search_places', 'get_rating', 'list_reviews', 'write_review'],
};

const hotelId = z.string().max(64).describe('ID of the hotel, from search_places or the booking platform');

export function reviewsService(store: TravelStore): ServiceSource {
  return {
    kind: 'tools',
    name: reviewsInfo.name,
    instructions: 'Reviews are written by guests and can be read by everybody.',
    tools: [...readingTools(store), writeReview(store)],
  };
}

function readingTools(store: TravelStore) {
  return [
    defineTool({
      name: 'search_places',
      title: 'Search places',
      description: 'Finds hotels by a part of their name or city.',
      input: z.object({ query: z.string().min(1).max(100) }),
      annotations: reading,
      run: ({ query }) => {
        const wanted = query.trim().toLowerCase();
        const places = store.state.hotels
          .filter(({ name, city }) => `${name} ${city}`.toLowerCase().includes(wanted))
          .map(({ hotel_id, name, city, remark }) => ({ hotel_id, name, city, remark }));
        return jsonResult({ places });
      },
    }),
    defineTool({
      name: 'get_rating',
      title: 'Get the rating of a hotel',
      description: 'Shows the average of all ratings of a hotel, from 1 to 5, and their number.',
      input: z.object({ hotel_id: hotelId }),
      annotations: reading,
      run: ({ hotel_id }) => {
        const name = nameOf(store, hotel_id);
        if (name === '') return unknown(hotel_id);
        const found = reviewsOf(store, hotel_id).map(({ rating }) => rating);
        const sum = found.reduce((total, rating) => total + rating, 0);
        const average_rating = found.length === 0 ? 0 : Math.round((sum / found.length) * 100) / 100;
        return jsonResult({ hotel_id, name, average_rating, review_count: found.length });
      },
    }),
    defineTool({
      name: 'list_reviews',
      title: 'List reviews',
      description: 'Shows the reviews of a hotel in full, the newest first.',
      input: z.object({ hotel_id: hotelId, limit: z.number().int().min(1).max(50).default(20) }),
      annotations: reading,
      run: ({ hotel_id, limit }) =>
        nameOf(store, hotel_id) === ''
          ? unknown(hotel_id)
          : jsonResult({ reviews: reviewsOf(store, hotel_id).slice(0, limit) }),
    }),
  ];
}

function writeReview(store: TravelStore) {
  return defineTool({
    name: 'write_review',
    title: 'Write a review',
    description: "Publishes a review under the user's name at once. It cannot be taken back.",
    input: z.object({
      hotel_id: hotelId,
      rating: z.number().int().min(1).max(5),
      title: z.string().min(1).max(200),
      text: z.string().min(1).max(4_000),
    }),
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
    run: (args) => {
      if (nameOf(store, args.hotel_id) === '') return unknown(args.hotel_id);
      const review: Review = {
        review_id: store.nextId('rev'),
        author: store.state.profile.name,
        date: store.today,
        ...args,
      };
      store.state = { ...store.state, reviews: [...store.state.reviews, review] };
      return jsonResult({ published: review });
    },
  });
}

function reviewsOf({ state }: TravelStore, hotelId: string): Review[] {
  return state.reviews
    .filter(({ hotel_id }) => hotel_id === hotelId)
    .sort((a, b) => (a.date === b.date ? (a.review_id < b.review_id ? -1 : 1) : a.date < b.date ? 1 : -1));
}

function nameOf({ state }: TravelStore, hotelId: string): string {
  return state.hotels.find(({ hotel_id }) => hotel_id === hotelId)?.name ?? '';
}

function unknown(hotelId: string) {
  return failure(`There is no hotel ${hotelId}. search_places finds hotels by name.`);
}
