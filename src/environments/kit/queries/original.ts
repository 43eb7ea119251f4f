import { isJsonObject, type JsonObject, type JsonValue } from '../../../contracts/json.ts';
import { isList, pythonEquals } from './compare.ts';
import { parsePython } from './python.ts';

export type Action =
  | { readonly kind: 'action'; readonly name: string; readonly args: JsonObject }
  | { readonly kind: 'malformed'; readonly text: string };

const marker = 'Action Input:';

/** Reads `NAME with Action Input: {literal}`; what stands before the last `Action:` is left out. */
export function parseAction(text: string): Action {
  const place = text.lastIndexOf(marker);
  const before = place < 0 ? '' : text.slice(0, place).trimEnd();
  if (!before.endsWith('with'))
    return { kind: 'malformed', text: 'An action looks like: NAME with Action Input: {"argument": "value"}' };
  const start = before.lastIndexOf('Action:');
  const name = before.slice(start < 0 ? 0 : start + 'Action:'.length, -'with'.length).trim();
  const input = parsePython(text.slice(place + marker.length).trim());
  if (input.kind === 'none' || !isJsonObject(input.value))
    return {
      kind: 'malformed',
      text: 'Exception(Parameters in action input are not valid, please change your action input.)',
    };
  return { kind: 'action', name, args: input.value };
}

/** Nearer than this, two coordinates are one place (km). */
const samePlace = 50;

/**
 * The original's reward: the share of subgoals that some result equals, each result used once. Coordinates need
 * only be near.
 */
export function matchedShare(subgoals: readonly JsonValue[], results: readonly JsonValue[]): number {
  const left = [...results];
  const matched = subgoals.filter((subgoal) => {
    const place = left.findIndex((result) => matches(result, subgoal));
    if (place >= 0) left.splice(place, 1);
    return place >= 0;
  });
  return subgoals.length === 0 ? 0 : matched.length / subgoals.length;
}

function matches(result: JsonValue, subgoal: JsonValue): boolean {
  if (!isPlaced(result) || !isPlaced(subgoal)) return pythonEquals(result, subgoal);
  return (
    sphereDistance(result, subgoal) < samePlace && pythonEquals(withoutPlace(result), withoutPlace(subgoal))
  );
}

type Placed = JsonObject & { readonly latitude: number; readonly longitude: number };

function isPlaced(value: JsonValue): value is Placed {
  return (
    isJsonObject(value) && typeof value['latitude'] === 'number' && typeof value['longitude'] === 'number'
  );
}

function withoutPlace(value: Placed): JsonObject {
  const members = Object.entries(value).filter(([name]) => name !== 'latitude' && name !== 'longitude');
  return Object.fromEntries(members);
}

function sphereDistance(one: Placed, other: Placed): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const [a, b] = [radians(one.latitude), radians(other.latitude)];
  const half = (difference: number): number => Math.sin(difference / 2) ** 2;
  const across = half(b - a) + Math.cos(a) * Math.cos(b) * half(radians(other.longitude - one.longitude));
  return 6371 * 2 * Math.atan2(Math.sqrt(across), Math.sqrt(1 - across));
}

/** What the original takes an answer for that was said in words: the text, or the value it writes; lists sorted. */
export function finishedValues(said: string): readonly JsonValue[] {
  const text = said.trim();
  const literal = parsePython(text);
  return literal.kind === 'value' ? [text, sortedList(literal.value)] : [text];
}

/** A list in the original's order: numbers as numbers, all else as text. */
export function sortedList(value: JsonValue): JsonValue {
  if (!isList(value)) return value;
  const isNumeric = value.every((item) => typeof item === 'number');
  if (isNumeric) return [...value].sort((a, b) => Number(a) - Number(b));
  return [...value].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function sortKey(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
