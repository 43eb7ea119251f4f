import { isJsonObject, type JsonValue } from '../../../contracts/json.ts';
import { sameAnswer } from '../answers.ts';
import { parsePython } from './python.ts';

/**
 * Whether an answer, said in words or handed over as a value, is the expected one. Numbers may differ by 1e-6;
 * letter case, white space, quotes and the order of a list make no difference, anything else does.
 */
export function sameValue(said: JsonValue, expected: JsonValue): boolean {
  if (typeof said === 'string' && said.trim() === '') return false;
  if (isList(expected)) return sameItems(listOf(said), expected);
  if (isJsonObject(expected)) return sameMembers(literalOf(said), expected);
  if (typeof expected === 'number') return sameAnswer(plain(said), expected);
  return sameAnswer(plain(said), plain(expected));
}

/** How a solution writes its answer; a list as JSON, for its items may hold commas. */
export function answerOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function plain(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function literalOf(said: JsonValue): JsonValue {
  if (typeof said !== 'string') return said;
  const literal = parsePython(said.trim());
  return literal.kind === 'value' ? literal.value : said;
}

function listOf(said: JsonValue): readonly JsonValue[] {
  const value = literalOf(said);
  if (isList(value)) return value;
  return typeof value === 'string' ? value.split(/[,\n]/).filter((item) => item.trim() !== '') : [value];
}

function sameItems(said: readonly JsonValue[], expected: readonly JsonValue[]): boolean {
  const left = [...said];
  return (
    said.length === expected.length &&
    expected.every((item) => {
      const place = left.findIndex((other) => sameValue(other, item));
      if (place >= 0) left.splice(place, 1);
      return place >= 0;
    })
  );
}

function sameMembers(said: JsonValue, expected: JsonValue): boolean {
  if (!isJsonObject(said) || !isJsonObject(expected)) return false;
  const names = Object.keys(expected);
  return (
    names.length === Object.keys(said).length &&
    names.every((name) => sameValue(said[name] ?? null, expected[name] ?? null))
  );
}

/** Equality as Python's `==` has it, for values of the original. */
export function pythonEquals(one: JsonValue, other: JsonValue): boolean {
  if (isList(one) && isList(other))
    return one.length === other.length && one.every((item, at) => pythonEquals(item, other[at] ?? null));
  if (isJsonObject(one) && isJsonObject(other)) {
    const names = Object.keys(one);
    return (
      names.length === Object.keys(other).length &&
      names.every(
        (name) => Object.hasOwn(other, name) && pythonEquals(one[name] ?? null, other[name] ?? null),
      )
    );
  }
  return one === other;
}

/** `Array.isArray` that keeps the type of the items. */
export function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
