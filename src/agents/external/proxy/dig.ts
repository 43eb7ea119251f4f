import { isJsonObject, type JsonValue } from '../../../contracts/json.ts';

type Step = string | number;

/** The value at a path of members and places; undefined where a step leads nowhere. */
export function dig(value: JsonValue | undefined, ...path: readonly Step[]): JsonValue | undefined {
  let at = value;
  for (const step of path) {
    if (typeof step === 'number') at = Array.isArray(at) ? (at as readonly JsonValue[])[step] : undefined;
    else at = isJsonObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }
  return at;
}

/** The same, where a text is expected; empty otherwise. */
export function digText(value: JsonValue | undefined, ...path: readonly Step[]): string {
  const found = dig(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** The same, where a list is expected; empty otherwise. */
export function digList(value: JsonValue | undefined, ...path: readonly Step[]): readonly JsonValue[] {
  const found = dig(value, ...path);
  return Array.isArray(found) ? (found as readonly JsonValue[]) : [];
}

/** The same, where a number of tokens is expected; 0 otherwise. */
export function digCount(value: JsonValue | undefined, ...path: readonly Step[]): number {
  const found = dig(value, ...path);
  return typeof found === 'number' && Number.isSafeInteger(found) && found > 0 ? found : 0;
}
