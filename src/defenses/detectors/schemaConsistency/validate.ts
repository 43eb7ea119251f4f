import { canonicalJson, isJsonObject, type JsonObject, type JsonValue } from '../../../contracts/json.ts';
import { clip, pointerPart, quote } from '../../texts.ts';
import { resolveReference } from './references.ts';

/** Where a value breaks its schema, and how. */
export interface Mismatch {
  /** JSON pointer into the value. */
  readonly path: string;
  /** `is missing`, `is not of the type "string"` ... */
  readonly what: string;
}

/** Values looked at; the rest of a larger value counts as valid. */
const mostSteps = 50_000;
const deepest = 64;
/** Members that can allow further members. */
const opening = [
  'patternProperties',
  'allOf',
  'anyOf',
  'oneOf',
  'if',
  '$ref',
  'unevaluatedProperties',
  '$dynamicRef',
];

/**
 * The first place where a value breaks a schema. Of JSON Schema it knows type, properties, required, enum, const,
 * items, additionalProperties: false and references within the schema; other keywords are ignored.
 */
export function firstMismatch(root: JsonObject, value: unknown): Mismatch | undefined {
  let steps = 0;
  const check = (schema: unknown, node: unknown, path: string, depth: number): Mismatch | undefined => {
    if (!isJsonObject(schema) || depth > deepest || ++steps > mostSteps) return undefined;
    if (schema['$ref'] !== undefined) {
      const wrong = check(resolveReference(root, schema['$ref']), node, path, depth + 1);
      if (wrong) return wrong;
    }
    const what = ownMismatch(schema, node);
    if (what !== undefined) return { path, what };
    if (Array.isArray(node)) return checkItems(schema['items'], node, path, depth);
    return isJsonObject(node) ? checkMembers(schema, node, path, depth) : undefined;
  };
  const checkItems = (schema: unknown, items: readonly unknown[], path: string, depth: number) => {
    if (!isJsonObject(schema)) return undefined;
    for (const [index, item] of items.entries()) {
      const wrong = check(schema, item, `${path}/${index}`, depth + 1);
      if (wrong || steps > mostSteps) return wrong;
    }
    return undefined;
  };
  const checkMembers = (schema: JsonObject, node: JsonObject, path: string, depth: number) => {
    const missing = namesIn(schema['required']).find((name) => !Object.hasOwn(node, name));
    if (missing !== undefined) return { path: `${path}/${pointerPart(missing)}`, what: 'is missing' };
    const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
    const closed = isClosed(schema);
    for (const [name, item] of Object.entries(node)) {
      const at = `${path}/${pointerPart(name)}`;
      if (closed && !Object.hasOwn(properties, name)) return { path: at, what: 'is not declared' };
      const wrong = Object.hasOwn(properties, name)
        ? check(properties[name], item, at, depth + 1)
        : undefined;
      if (wrong || steps > mostSteps) return wrong;
    }
    return undefined;
  };
  return check(root, value, '', 0);
}

/** Whether an object may have the members of `properties` and no others. */
function isClosed(schema: JsonObject): boolean {
  return schema['additionalProperties'] === false && opening.every((member) => schema[member] === undefined);
}

/** Names of the only parameters that a schema declares; undefined when it leaves room for others. */
export function onlyParameters(schema: unknown): ReadonlySet<string> | undefined {
  if (!isJsonObject(schema) || !isJsonObject(schema['properties'])) return undefined;
  const open = schema['additionalProperties'] !== undefined && schema['additionalProperties'] !== false;
  if (open || opening.some((member) => schema[member] !== undefined)) return undefined;
  return new Set(Object.keys(schema['properties']));
}

function namesIn(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

function ownMismatch(schema: JsonObject, node: unknown): string | undefined {
  const types = typeof schema['type'] === 'string' ? [schema['type']] : namesIn(schema['type']);
  if (types.length > 0 && !types.some((type) => isOfType(node, type)))
    return `is not of the type ${quote(types.join(' or '))}`;
  if (schema['const'] !== undefined && !isSame(schema['const'], node)) return 'is not the constant declared';
  const { enum: allowed } = schema;
  if (Array.isArray(allowed) && !allowed.some((each: JsonValue) => isSame(each, node)))
    return `is none of the values declared: ${clip(canonicalJson(node as JsonValue), 80)}`;
  return undefined;
}

function isOfType(node: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return node === null;
    case 'array':
      return Array.isArray(node);
    case 'object':
      return isJsonObject(node);
    case 'integer':
      return Number.isInteger(node);
    case 'string':
    case 'number':
    case 'boolean':
      return typeof node === type;
    default:
      return true;
  }
}

function isSame(declared: JsonValue, node: unknown): boolean {
  if (typeof declared !== 'object' || declared === null) return declared === node;
  return typeof node === 'object' && canonicalJson(declared) === canonicalJson(node as JsonValue);
}
