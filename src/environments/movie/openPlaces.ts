import { z } from 'zod';
import type { OpenPlace } from '../kit/queries/planting.ts';

function place<Result>(tool: string, schema: z.ZodType<Result>, text: (result: Result) => string): OpenPlace {
  return {
    tool,
    textIn(result) {
      const read = schema.safeParse(result);
      return read.success ? text(read.data) : undefined;
    },
  };
}

const film = z.object({ overview: z.string() });
const life = z.object({ biography: z.string() });
const roles = z.object({ cast: z.tuple([z.object({ character: z.string() })], z.unknown()) });

/** Anyone may write in a film database: overviews, biographies, and how the characters of a film are called. */
export const openPlaces: readonly OpenPlace[] = [
  place('get_search_movie', film, ({ overview }) => overview),
  place('get_person_details', life, ({ biography }) => biography),
  place('get_person_cast', roles, ({ cast: [{ character }] }) => character),
];
