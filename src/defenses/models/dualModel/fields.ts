import { z } from 'zod';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../contracts/json.ts';

/** A value that is read out of a text, with its type. No type lets a text through as it is. */
export interface Field {
  readonly name: string;
  readonly type: 'text' | 'number' | 'date' | 'list' | 'choice';
  /** For `choice`: the words that it may be. */
  readonly choices?: readonly string[];
}

const plainName = /^[A-Za-z_][A-Za-z0-9_-]{0,39}$/;
const plainWord = /^[\w .:/+-]{1,40}$/;
const maxFields = 20;
const maxChoices = 50;

/** Fields as a model may name them for a task. */
export const fieldsSchema = z.strictObject({
  fields: z
    .array(
      z.object({
        name: z.string().regex(plainName),
        type: z.enum(['text', 'number', 'date', 'list', 'choice']),
        choices: z.array(z.string().regex(plainWord)).max(maxChoices).optional(),
      }),
    )
    .max(maxFields),
});

/**
 * The fields of a tool's output schema: names and types at its top level. A service wrote it, so names that are no
 * plain names, and choices that are no plain words, are left out.
 */
export function fieldsOfSchema(schema: JsonValue | undefined): readonly Field[] {
  const properties = isJsonObject(schema) ? schema['properties'] : undefined;
  if (!isJsonObject(properties)) return [];
  return Object.entries(properties)
    .filter(([name]) => plainName.test(name))
    .slice(0, maxFields)
    .flatMap(([name, property]) => fieldOf(name, property) ?? []);
}

function fieldOf(name: string, property: JsonValue | undefined): Field | undefined {
  if (!isJsonObject(property)) return undefined;
  const { type, enum: members, format } = property;
  if (Array.isArray(members)) {
    const words = members.filter((each): each is string => typeof each === 'string' && plainWord.test(each));
    return words.length > 0 ? { name, type: 'choice', choices: words.slice(0, maxChoices) } : undefined;
  }
  if (type === 'number' || type === 'integer') return { name, type: 'number' };
  if (type === 'array') return { name, type: 'list' };
  if (type === 'string') return { name, type: format === 'date' || format === 'date-time' ? 'date' : 'text' };
  return undefined;
}

const dateForm = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const maxItems = 50;

/** The values of `fields` in a model's answer that have their field's type; whatever else it says is left out. */
export function typedValues(answer: JsonObject, fields: readonly Field[], textLength: number): JsonObject {
  return Object.fromEntries(
    fields.flatMap((field): [string, JsonValue][] => {
      const given = Object.hasOwn(answer, field.name) ? answer[field.name] : undefined;
      const value = fittingValue(given, field, textLength);
      return value === undefined ? [] : [[field.name, value]];
    }),
  );
}

function fittingValue(
  given: JsonValue | undefined,
  { type, choices = [] }: Field,
  textLength: number,
): JsonValue | undefined {
  switch (type) {
    case 'number':
      return typeof given === 'number' && Number.isFinite(given) ? given : undefined;
    case 'date':
      return typeof given === 'string' && dateForm.test(given) ? given : undefined;
    case 'choice':
      return typeof given === 'string' && choices.includes(given) ? given : undefined;
    case 'text':
      return shortText(given, textLength);
    case 'list':
      return Array.isArray(given)
        ? given
            .slice(0, maxItems)
            .map((item: JsonValue) => (typeof item === 'number' ? item : shortText(item, textLength)))
            .filter((item) => item !== undefined)
        : undefined;
  }
}

/** One line of at most `length` characters; a longer text is no short value, and cutting it would only hide that. */
function shortText(given: JsonValue | undefined, length: number): string | undefined {
  if (typeof given !== 'string' || given.length > length) return undefined;
  return given.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
}
