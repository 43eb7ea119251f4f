import type { z } from 'zod';

/** Brackets at which a value is tried; text beyond that is taken for something else. */
const maxTries = 64;

/**
 * The first JSON array or object in `text` that fits `schema`. What a service says may carry other text around
 * it: marks of a defense, or lines of an attacker.
 */
export function firstJson<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
): { readonly kind: 'found'; readonly value: z.output<Schema> } | { readonly kind: 'none' } {
  let tries = 0;
  for (let start = nextBracket(text, 0); start >= 0 && tries < maxTries; tries++) {
    const end = endOfValue(text, start);
    const parsed = schema.safeParse(parse(text.slice(start, end)));
    if (parsed.success) return { kind: 'found', value: parsed.data };
    start = nextBracket(text, start + 1);
  }
  return { kind: 'none' };
}

function nextBracket(text: string, from: number): number {
  const places = [text.indexOf('[', from), text.indexOf('{', from)].filter((place) => place >= 0);
  return places.length === 0 ? -1 : Math.min(...places);
}

/** Where the brackets that open at `start` are closed again, or the end of the text. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const letter = text[at];
    if (inString) {
      if (letter === '\\') at++;
      else if (letter === '"') inString = false;
    } else if (letter === '"') inString = true;
    else if (letter === '[' || letter === '{') depth++;
    else if ((letter === ']' || letter === '}') && --depth === 0) return at + 1;
  }
  return text.length;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
