import { z } from 'zod';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/contracts/json.ts';
import { fc } from './properties.ts';

/** What is known to make sense in a world. */
export interface Sense {
  /** Whole arguments that a tool was called with. */
  readonly samples: readonly JsonObject[];
  readonly strings: readonly string[];
}

/** Arguments for a tool: some that make sense, some of the right shape, and sometimes anything at all. */
export function argumentsFor(input: z.ZodObject, { samples, strings }: Sense): fc.Arbitrary<JsonObject> {
  const schema = z.toJSONSchema(input, { io: 'input' }) as JsonObject;
  return fc.oneof(
    { weight: 6, arbitrary: objectOf(schema, strings) },
    { weight: 1, arbitrary: anyObject() },
    ...(samples.length > 0 ? [{ weight: 2, arbitrary: fc.constantFrom(...samples) }] : []),
  );
}

function anyObject(): fc.Arbitrary<JsonObject> {
  return fc.dictionary(fc.string(), anyJson());
}

function anyJson(): fc.Arbitrary<JsonValue> {
  return fc.jsonValue() as fc.Arbitrary<JsonValue>;
}

function objectOf(schema: JsonObject, known: readonly string[]): fc.Arbitrary<JsonObject> {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const members = Object.entries(properties).map(
    ([name, member]) => [name, valueFor(isJsonObject(member) ? member : {}, known)] as const,
  );
  return fc.record(Object.fromEntries(members));
}

function valueFor(schema: JsonObject, known: readonly string[]): fc.Arbitrary<JsonValue> {
  return fc.oneof({ weight: 8, arbitrary: rightValue(schema, known) }, { weight: 1, arbitrary: anyJson() });
}

function rightValue(schema: JsonObject, known: readonly string[]): fc.Arbitrary<JsonValue> {
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as JsonValue[]));
  const { type } = schema;
  switch (typeof type === 'string' ? type : 'any') {
    case 'string':
      return fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom('2031-02-03', ...known) },
        { weight: 1, arbitrary: fc.string() },
      );
    case 'integer':
    case 'number':
      return fc.integer({ min: -1, max: 12 });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(valueFor(isJsonObject(schema['items']) ? schema['items'] : {}, known), {
        maxLength: 4,
      });
    case 'object':
      return objectOf(schema, known);
    default:
      return anyJson();
  }
}
