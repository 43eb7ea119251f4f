import { isJsonObject, type JsonObject, withinBounds } from '../../../contracts/json.ts';
import { quote } from '../../texts.ts';
import { resolveReference } from './references.ts';

/** What a reader of a schema can be asked to work through. */
const bounds = { maxSize: 400_000, maxDepth: 64 };
const mostReferences = 1000;
const mostExpanded = 100_000;
const deepestExpansion = 400;

/** Members whose values are data, not schemas. */
const dataMembers = new Set(['default', 'enum', 'const', 'examples', 'example']);
/** Members whose own members have names of the schema's choosing. */
const schemaMaps = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']);
/** Members that apply to the very same value: a way around along these alone never ends. */
const inPlace = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'];

/** Why reading a schema could cost without bound or reach out of it; undefined when it does not. */
export function schemaProblem(schema: unknown): string | undefined {
  if (!isJsonObject(schema)) return undefined;
  if (!withinBounds(schema, bounds)) return 'is too deep or too large';
  const references = referencesIn(schema);
  const outward = references.find((reference) => !reference.startsWith('#'));
  if (outward !== undefined) return `points outside itself, to ${quote(outward)}`;
  if (references.length > mostReferences) return `has ${references.length} references`;
  if (references.length === 0) return undefined;
  if (turnsInPlace(schema)) return 'refers to itself without end';
  return expandedSize(schema) > mostExpanded
    ? 'grows without bound when its references are followed'
    : undefined;
}

function referencesIn(schema: JsonObject): string[] {
  const found: string[] = [];
  visitSchemas(schema, (node) => {
    if (typeof node['$ref'] === 'string') found.push(node['$ref']);
  });
  return found;
}

function visitSchemas(node: unknown, visit: (node: JsonObject) => void): void {
  if (Array.isArray(node)) for (const item of node) visitSchemas(item, visit);
  if (!isJsonObject(node)) return;
  visit(node);
  for (const item of childrenOf(node)) visitSchemas(item, visit);
}

/** The schemas right inside a schema. */
function childrenOf(node: JsonObject): unknown[] {
  return Object.entries(node).flatMap(([member, item]) => {
    if (schemaMaps.has(member) && isJsonObject(item)) return Object.values(item);
    return dataMembers.has(member) ? [] : [item];
  });
}

/** Whether references lead from a schema back to itself without going into a part of the value. */
function turnsInPlace(root: JsonObject): boolean {
  const done = new Set<JsonObject>();
  const underway = new Set<JsonObject>();
  const turns = (node: unknown, depth: number): boolean => {
    if (Array.isArray(node)) return node.some((item) => turns(item, depth));
    if (!isJsonObject(node) || done.has(node)) return false;
    if (underway.has(node) || depth > deepestExpansion) return true;
    underway.add(node);
    const next = [resolveReference(root, node['$ref']), ...inPlace.map((member) => node[member])];
    const found = next.some((each) => turns(each, depth + 1));
    underway.delete(node);
    done.add(node);
    return found;
  };
  let found = false;
  visitSchemas(root, (node) => {
    found ||= turns(node, 0);
  });
  return found;
}

/** Number of schemas once every reference is replaced by what it means; recursion is followed once. */
function expandedSize(root: JsonObject): number {
  const sizes = new Map<JsonObject, number>();
  const underway = new Set<JsonObject>();
  const measure = (node: unknown, depth: number): number => {
    if (Array.isArray(node)) return node.reduce<number>((sum, item) => sum + measure(item, depth), 0);
    if (!isJsonObject(node) || underway.has(node)) return 1;
    const known = sizes.get(node);
    if (known !== undefined) return known;
    if (depth > deepestExpansion) return Number.POSITIVE_INFINITY;
    underway.add(node);
    const parts = [...childrenOf(node), resolveReference(root, node['$ref'])];
    const size = parts.reduce<number>((sum, part) => sum + measure(part, depth + 1), 1);
    underway.delete(node);
    sizes.set(node, size);
    return size;
  };
  return measure(root, 0);
}
