import type { JsonValue } from '../../../contracts/json.ts';

/** The JSON of an answer: the data of each server-sent event, or the one body; what is no JSON is left out. */
export function chunksOf(contentType: string, body: string): readonly JsonValue[] {
  if (!contentType.includes('text/event-stream')) return parsed(body);
  return body
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .flatMap((line) => parsed(line.slice('data:'.length)));
}

function parsed(text: string): readonly JsonValue[] {
  try {
    return [JSON.parse(text) as JsonValue];
  } catch {
    return [];
  }
}
