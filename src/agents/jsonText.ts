import { isJsonObject, type JsonObject } from '../contracts/json.ts';

/** Longest text that is looked through. */
const maxLength = 200_000;

/** The first JSON object that stands in a text, whatever is around it; in time linear in the text's length. */
export function firstJsonObject(text: string): JsonObject | undefined {
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
      if (found) return found;
    }
  }
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
