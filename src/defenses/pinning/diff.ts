import { canonicalJson, type JsonValue } from '../../contracts/json.ts';
import { clip, pointerPart } from '../texts.ts';

/** One field in which two definitions differ. */
export interface FieldChange {
  /** JSON pointer into the definition. */
  readonly path: string;
  /** `was "...", is now "..."` */
  readonly text: string;
}

/** Fields of a definition that are compared; a larger definition is compared up to here. */
const maxFields = 2000;
const maxDepth = 32;
const shownBefore = 20;
const shownAfter = 100;

/** The fields in which `is` differs from `was`, in the order of `was`, new fields last. */
export function diff(was: JsonValue, is: JsonValue): readonly FieldChange[] {
  const before = fieldsOf(was);
  const after = fieldsOf(is);
  const changes: FieldChange[] = [];
  for (const [path, old] of before) {
    const now = after.get(path);
    if (now === undefined) changes.push({ path, text: `was ${clip(old, shownAfter)}, is gone` });
    else if (now !== old) changes.push({ path, text: describeChange(old, now) });
  }
  for (const [path, now] of after)
    if (!before.has(path)) changes.push({ path, text: `is new: ${clip(now, shownAfter)}` });
  return changes;
}

/** Both texts from shortly before the place where they part. */
export function describeChange(old: string, now: string): string {
  let same = 0;
  while (same < old.length && old[same] === now[same]) same++;
  const from = Math.max(0, same - shownBefore);
  const show = (text: string): string =>
    `${from > 0 ? '…' : ''}${clip(text.slice(from, from + shownAfter + shownBefore + 1), shownAfter + shownBefore)}`;
  return `was ${show(old)}, is now ${show(now)}`;
}

/** The leaves of a JSON value as canonical text, by JSON pointer. */
function fieldsOf(value: JsonValue): Map<string, string> {
  const fields = new Map<string, string>();
  const walk = (node: JsonValue | undefined, path: string, depth: number): void => {
    if (node === undefined || fields.size >= maxFields) return;
    const entries = typeof node === 'object' && node !== null ? Object.entries(node) : [];
    if (entries.length === 0 || depth >= maxDepth) {
      fields.set(path, canonicalJson(node));
      return;
    }
    for (const [key, item] of entries as [string, JsonValue | undefined][])
      walk(item, `${path}/${pointerPart(key)}`, depth + 1);
  };
  walk(value, '', 0);
  return fields;
}
