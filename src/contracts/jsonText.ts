import { isJsonObject, type JsonObject } from './json.ts';

/** Longest text that is looked through. */
const maxLength = 200_000;

/**
 * The outermost JSON objects that stand in a text, whatever is around them, in time linear in the text's length. Models put
 * words or a fence around what they are asked for.
 */
export function* jsonObjectsIn(text: string): Generator<JsonObject> {
  const end = Math.min(text.length, maxLength);
  let depth = 0;
  let start = 0;
  let quoted = false;
  for (let place = 0; place < end; place++) {
    const character = text[place];
    if (quoted) {
      if (character === '\\') place++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = depth > 0;
    else if (character === '{') {
      if (depth++ === 0) start = place;
    } else if (character === '}' && depth > 0 && --depth === 0) {
      const found = parseObject(text.slice(start, place + 1));
      if (found) yield found;
    }
  }
}

/** The first of {@link jsonObjectsIn}. */
export function firstJsonObject(text: string): JsonObject | undefined {
  for (const found of jsonObjectsIn(text)) return found;
  return undefined;
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
