import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** Any JSON value. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** A JSON object; `undefined` stands for an absent member. */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** Whether `value` is a plain JSON object (not an array, not null). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Canonical JSON text (RFC 8785): equal values give equal bytes. */
export function canonicalJson(value: JsonValue): string {
  return canonicalize(value) ?? 'null';
}

/** SHA-256 of the canonical JSON of `value`, in hex. */
export function digest(value: JsonValue): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** Limits for a value that a stranger sent. */
export interface JsonBounds {
  /** Greatest total size: the length of all strings and keys in UTF-16 units, and 8 for every value. */
  readonly maxSize: number;
  /** Greatest nesting of arrays and objects. */
  readonly maxDepth: number;
}

/** Whether `value` stays within `bounds`; the walk itself stops at the first excess. */
export function withinBounds(value: unknown, bounds: JsonBounds): boolean {
  return boundedSize(value, bounds) !== Number.POSITIVE_INFINITY;
}

/** The size of `value` as {@link JsonBounds} counts it; infinite once it exceeds them, and the walk ends there. */
export function boundedSize(value: unknown, bounds: JsonBounds): number {
  let size = 0;
  const walk = (node: unknown, depth: number): boolean => {
    size += typeof node === 'string' ? node.length + 8 : 8;
    if (size > bounds.maxSize) return false;
    if (typeof node !== 'object' || node === null) return true;
    if (depth >= bounds.maxDepth) return false;
    if (Array.isArray(node)) return node.every((item) => walk(item, depth + 1));
    for (const key in node) {
      size += key.length;
      if (!walk((node as Record<string, unknown>)[key], depth + 1)) return false;
    }
    return size <= bounds.maxSize;
  };
  return walk(value, 0) ? size : Number.POSITIVE_INFINITY;
}

/** All strings inside `value`, in order of appearance; object keys are not included. */
export function stringsIn(value: unknown): string[] {
  const found: string[] = [];
  const walk = (node: unknown): void => {
    if (typeof node === 'string') found.push(node);
    else if (Array.isArray(node)) node.forEach(walk);
    else if (typeof node === 'object' && node !== null) Object.values(node).forEach(walk);
  };
  walk(value);
  return found;
}

/** A copy of `value` in which every string (not keys) has gone through `change`; unchanged parts are shared. */
export function mapStrings<T>(value: T, change: (text: string) => string): T {
  const walk = (node: unknown): unknown => {
    if (typeof node === 'string') return change(node);
    if (typeof node !== 'object' || node === null) return node;
    if (Array.isArray(node)) {
      const items = node.map(walk);
      return items.every((item, index) => item === node[index]) ? node : items;
    }
    let changed = false;
    const entries = Object.entries(node).map(([key, item]: [string, unknown]) => {
      const walked = walk(item);
      if (walked !== item) changed = true;
      return [key, walked] as const;
    });
    // A stranger may name a member `__proto__`; fromEntries keeps it an ordinary member.
    return changed ? Object.fromEntries(entries) : node;
  };
  return walk(value) as T;
}
