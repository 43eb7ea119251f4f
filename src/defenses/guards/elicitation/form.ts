import type { Span } from '../../../contracts/defense.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../contracts/json.ts';
import { quote } from '../../texts.ts';
import { stringIn } from '../kit/offers.ts';
import type { ElicitationParameters } from './parameters.ts';
import { secretNamed } from './sensitive.ts';

/** Why a form may not be shown. */
export interface FormObjection {
  readonly reason: string;
  readonly span: Span;
}

/** What a field may hold: flat values only (specification, client/elicitation). */
const flatTypes = new Set<JsonValue | undefined>(['string', 'number', 'integer', 'boolean', 'array']);
/** Members of a field's schema, besides its title, that say what is meant. */
const proseMembers = ['description', 'format', 'default'] as const;

export function objectionToForm(
  params: JsonObject,
  { fields: maxFields, textLength }: ElicitationParameters,
): FormObjection | undefined {
  const message = stringIn(params['message']);
  if (message.length > textLength)
    return {
      reason: `a form with a text of more than ${textLength} characters`,
      span: { path: '/message', text: message },
    };
  const schema = params['requestedSchema'];
  const properties = isJsonObject(schema) ? schema['properties'] : undefined;
  const fields = Object.entries(isJsonObject(properties) ? properties : {});
  if (fields.length > maxFields)
    return {
      reason: `a form of more than ${maxFields} fields`,
      span: { path: '/requestedSchema/properties', text: `${fields.length} fields` },
    };
  for (const [name, field] of fields) {
    const reason = objectionToField(name, field ?? null, textLength);
    if (reason !== undefined)
      return {
        reason,
        span: { path: '/requestedSchema/properties', text: JSON.stringify({ [name]: field }) },
      };
  }
  return undefined;
}

function objectionToField(name: string, field: JsonValue, textLength: number): string | undefined {
  if (!isJsonObject(field) || !flatTypes.has(field['type']))
    return `a form whose field ${quote(name)} holds more than a plain value`;
  const names = [name, stringIn(field['title'])];
  const prose = proseMembers.map((member) => stringIn(field[member]));
  if ([...names, ...prose].some((text) => text.length > textLength))
    return `a form with a field of more than ${textLength} characters`;
  if (field['type'] === 'boolean') return undefined;
  const secret = [
    ...names.map((text) => secretNamed(text, true)),
    ...prose.map((text) => secretNamed(text, false)),
  ].find((each) => each !== undefined);
  return secret && `a form that asks for a secret: ${secret}, in the field ${quote(name)}`;
}

/** The question in the host's words: the service's own text is gone, the fields' names and types remain. */
export function inOwnWords(service: string, params: JsonObject): JsonObject {
  const schema = params['requestedSchema'];
  const properties = isJsonObject(schema) ? schema['properties'] : undefined;
  const fields = Object.entries(isJsonObject(properties) ? properties : {}).map(
    ([name, field]): [string, JsonValue] => [
      name.slice(0, 64),
      { type: isJsonObject(field) ? (field['type'] ?? 'string') : 'string' },
    ],
  );
  const required = isJsonObject(schema) ? schema['required'] : undefined;
  const names = fields.map(([name]) => name).join(', ');
  return {
    ...(params['mode'] !== undefined && { mode: params['mode'] }),
    message: `The service ${service} asks ${names === '' ? 'for your consent' : `for: ${names}`}`,
    requestedSchema: {
      type: 'object',
      properties: Object.fromEntries(fields),
      ...(required !== undefined && { required }),
    },
  };
}
