import type { Span } from '../contracts/defense.ts';

/** Where a text stands: the value of a member or an item, or the name of a member. */
export interface TextPlace {
  readonly kind: 'value' | 'name';
  /** The name of the member, or the index of the item; absent for a value that is all there is. */
  readonly member?: string | number;
  /** The object or array that holds it. */
  readonly parent?: object;
}

/** Called with a text, a function that tells where it stands as a JSON pointer, and its place. */
export type VisitText = (text: string, path: () => string, place: TextPlace) => void;

/** Visits all strings inside `value`, and the names of members if asked to, in order of appearance. */
export function visitTexts(value: unknown, visit: VisitText, { names = false } = {}): void {
  const keys: (string | number)[] = [];
  const path = (): string => keys.map((key) => `/${pointerPart(key)}`).join('');
  const walk = (node: unknown, place: TextPlace): void => {
    if (typeof node === 'string') visit(node, path, place);
    if (typeof node !== 'object' || node === null) return;
    const isArray = Array.isArray(node);
    const entries: Iterable<[string | number, unknown]> = isArray ? node.entries() : Object.entries(node);
    for (const [member, item] of entries) {
      keys.push(member);
      if (names && !isArray) visit(String(member), path, { kind: 'name', member, parent: node });
      walk(item, { kind: 'value', member, parent: node });
      keys.pop();
    }
  };
  walk(value, { kind: 'value' });
}

/**
 * A copy of `value` in which every text that `change` gives another for is replaced; a member whose name would
 * change is left out. Unchanged parts are shared.
 */
export function replaceTexts<T>(
  value: T,
  change: (text: string, place: TextPlace) => string,
  { names = false } = {},
): T {
  const walk = (node: unknown, place: TextPlace): unknown => {
    if (typeof node === 'string') return change(node, place);
    if (typeof node !== 'object' || node === null) return node;
    if (Array.isArray(node)) {
      const items = node.map((item, member) => walk(item, { kind: 'value', member, parent: node }));
      return items.every((item, index) => item === node[index]) ? node : items;
    }
    let changed = false;
    const entries = Object.entries(node).flatMap(([member, item]: [string, unknown]) => {
      const kept = !names || change(member, { kind: 'name', member, parent: node }) === member;
      const walked = kept ? walk(item, { kind: 'value', member, parent: node }) : undefined;
      if (walked !== item || !kept) changed = true;
      return kept ? [[member, walked] as const] : [];
    });
    return changed ? Object.fromEntries(entries) : node;
  };
  return walk(value, { kind: 'value' }) as T;
}

/** One key as it stands in a JSON pointer (RFC 6901). */
export function pointerPart(key: string | number): string {
  return clip(String(key), 80).replaceAll('~', '~0').replaceAll('/', '~1');
}

/** At most `length` characters of `text`; a cut shows as an ellipsis. */
export function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** A stranger's word for use in a sentence: short, quoted, control characters escaped. */
export function quote(text: string): string {
  return JSON.stringify(clip(text, 80));
}

const maxSpans = 16;
const maxSpanText = 400;

/** Spans as a verdict carries them: few and short, whatever the message. */
export function boundedSpans(spans: readonly Span[]): readonly Span[] {
  return spans
    .slice(0, maxSpans)
    .map(({ path, text }) => ({ path: clip(path, maxSpanText), text: clip(text, maxSpanText) }));
}

/** The first three of `sentences`, and how many there are besides. */
export function summarize(sentences: readonly string[]): string {
  const shown = sentences.slice(0, 3).join('; ');
  return sentences.length > 3 ? `${shown}; and ${sentences.length - 3} more` : shown;
}
