import type { JsonObject, JsonValue } from '../../../contracts/json.ts';
import { isJsonObject } from '../../../contracts/json.ts';

/** Below this depth a value is null; schemas of strangers may be as deep as they like. */
const deepest = 6;
/** Items that an array needs at least are made up to this number. */
const mostItems = 4;
const mostMembers = 50;

/** The smallest arguments that a JSON Schema asks for: its required members, each with a plain value. */
export function minimalArguments(schema: JsonObject): JsonObject {
  const value = minimalValue({ ...schema, type: 'object' }, deepest);
  return isJsonObject(value) ? value : {};
}

/** A plain value that a JSON Schema allows, as far as its type, choices and least sizes tell. */
export function minimalValue(schema: JsonValue | undefined, depth: number = deepest): JsonValue {
  if (!isJsonObject(schema) || depth <= 0) return null;
  if (schema['const'] !== undefined) return schema['const'];
  if (schema['default'] !== undefined) return schema['default'];
  for (const list of [schema['enum'], schema['examples']])
    if (isList(list) && list[0] !== undefined) return list[0];
  for (const choices of [schema['anyOf'], schema['oneOf'], schema['allOf']])
    if (isList(choices) && choices.length > 0) return minimalValue(choices[0], depth - 1);
  switch (typeOf(schema)) {
    case 'object':
      return minimalObject(schema, depth);
    case 'array':
      return Array.from({ length: Math.min(leastOf(schema['minItems']), mostItems) }, () =>
        minimalValue(schema['items'], depth - 1),
      );
    case 'integer':
      return Math.ceil(leastNumber(schema));
    case 'number':
      return leastNumber(schema);
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return 'example'.padEnd(Math.min(leastOf(schema['minLength']), 1_000), ' example');
  }
}

function minimalObject(schema: JsonObject, depth: number): JsonObject {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const required = isList(schema['required']) ? schema['required'] : [];
  return Object.fromEntries(
    required
      .filter((name) => typeof name === 'string')
      .slice(0, mostMembers)
      .map((name) => [
        name,
        Object.hasOwn(properties, name) ? minimalValue(properties[name], depth - 1) : 'example',
      ]),
  );
}

/** The first type; Google writes them in capitals. */
function typeOf(schema: JsonObject): string {
  const { type } = schema;
  const first = isList(type) ? type[0] : type;
  if (typeof first === 'string') return first.toLowerCase();
  return schema['properties'] === undefined ? 'string' : 'object';
}

function leastNumber(schema: JsonObject): number {
  const { minimum, exclusiveMinimum } = schema;
  if (typeof minimum === 'number') return minimum;
  return typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : 1;
}

function leastOf(value: JsonValue | undefined): number {
  return typeof value === 'number' && value > 0 ? value : 0;
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
