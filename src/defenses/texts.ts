import type { Span } from '../contracts/defense.ts';

/** Called with a string and a function that tells where it stands, as a JSON pointer. */
export type VisitText = (text: string, path: () => string) => void;

/** Visits all strings inside `value` in order of appearance; object keys are not visited. */
export function visitTexts(value: unknown, visit: VisitText): void {
  const keys: (string | number)[] = [];
  const path = (): string => keys.map((key) => `/${pointerPart(key)}`).join('');
  const walk = (node: unknown): void => {
    if (typeof node === 'string') visit(node, path);
    if (typeof node !== 'object' || node === null) return;
    const entries: Iterable<[string | number, unknown]> = Array.isArray(node)
      ? node.entries()
      : Object.entries(node);
    for (const [key, item] of entries) {
      keys.push(key);
      walk(item);
      keys.pop();
    }
  };
  walk(value);
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
