import type { z } from 'zod';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../contracts/json.ts';
import { parsePython } from '../../kit/queries/python.ts';
import type { Verb } from '../workbook/verb.ts';

/**
 * Arguments as the original takes them: numbers and lists may stand in texts as Python literals, None stands for an
 * absent argument, and a regular expression is written `re.compile(...)`. What still does not fit is left as it is.
 */
export function lenientArguments(verb: Verb, args: JsonObject): JsonObject {
  const shape = verb.input.shape as Readonly<Record<string, z.ZodType>>;
  const members = Object.entries(args).flatMap(([name, value]) =>
    value === undefined || value === null || value === 'None'
      ? []
      : [[name, fitted(value, shape[name])] as const],
  );
  return { ...Object.fromEntries(members), ...(shape['regex'] && expressionIn(args['query'])) };
}

function fitted(value: JsonValue, schema: z.ZodType | undefined): JsonValue {
  if (!schema || schema.safeParse(value).success) return value;
  const read = typeof value === 'string' ? valueIn(value) : value;
  const loose = Array.isArray(read) ? read.map(numberIn) : read;
  return schema.safeParse(read).success || !schema.safeParse(loose).success ? read : loose;
}

function valueIn(text: string): JsonValue {
  const literal = parsePython(text.trim());
  return literal.kind === 'value' ? literal.value : text;
}

function numberIn(value: JsonValue): JsonValue {
  return typeof value === 'string' ? valueIn(value) : value;
}

/** The query as a regular expression, if it is one. */
function expressionIn(query: JsonValue | undefined): JsonObject {
  const value = typeof query === 'string' && query.startsWith('re.compile(') ? valueIn(query) : query;
  const pattern = isJsonObject(value) ? value['re.compile'] : undefined;
  return typeof pattern === 'string' ? { query: pattern, regex: true } : {};
}
