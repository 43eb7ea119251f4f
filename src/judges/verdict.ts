import { z } from 'zod';
import type { Rating } from '../contracts/model.ts';

/** Longest answer of a judge that is looked at. */
const mostRead = 20_000;
const longestReason = 500;

const ratingSchema = z.object({
  score: z.int().min(1).max(5),
  reason: z.string().transform((text) => text.trim().slice(0, longestReason)),
});

/**
 * The rating in a judge's answer: the only JSON object in it that is one. Models put words or a fence around it.
 * Undefined when there is none, or several that differ: a missing verdict is never read as a verdict.
 */
export function readRating(answer: string): Rating | undefined {
  const found = objectsIn(answer.slice(0, mostRead)).flatMap((text) => {
    const parsed = ratingSchema.safeParse(jsonOf(text));
    return parsed.success ? [parsed.data] : [];
  });
  const [first] = found;
  return found.every(({ score }) => score === first?.score) ? first : undefined;
}

/** Outermost `{...}` pieces, in linear time; braces inside of strings do not count. */
function objectsIn(text: string): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (quoted) {
      if (letter === '\\') at++;
      else if (letter === '"') quoted = false;
    } else if (letter === '"' && depth > 0) quoted = true;
    else if (letter === '{' && depth++ === 0) start = at;
    else if (letter === '}' && depth > 0 && --depth === 0) pieces.push(text.slice(start, at + 1));
  }
  return pieces;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
