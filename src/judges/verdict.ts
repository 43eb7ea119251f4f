import { z } from 'zod';
import { jsonObjectsIn } from '../contracts/jsonText.ts';
import type { Rating } from '../contracts/model.ts';

/** Longest answer of a judge that is looked at. */
const mostRead = 20_000;
const longestReason = 500;

const ratingSchema = z.object({
  score: z.int().min(1).max(5),
  reason: z.string().transform((text) => text.trim().slice(0, longestReason)),
});

/**
 * The rating in a judge's answer: the only JSON object in it that is one.
 * Undefined when there is none, or several that differ: a missing verdict is never read as a verdict.
 */
export function readRating(answer: string): Rating | undefined {
  const found = [...jsonObjectsIn(answer.slice(0, mostRead))].flatMap((object) => {
    const parsed = ratingSchema.safeParse(object);
    return parsed.success ? [parsed.data] : [];
  });
  const [first] = found;
  return found.every(({ score }) => score === first?.score) ? first : undefined;
}
