import { isDeepStrictEqual } from 'node:util';
import type { Span } from '../../../contracts/defense.ts';
import { isJsonObject, type JsonObject, type JsonValue, stringsIn } from '../../../contracts/json.ts';
import { replaceTexts, visitTexts } from '../../texts.ts';
import { withoutEscapes } from '../escapes.ts';
import { isLong, isSaid, sayingOf, unsaidStretch } from './words.ts';

/** What structured content and text of one result do not have in common. */
export interface Contradiction {
  readonly reason: string;
  readonly spans: readonly Span[];
  /** The result without it. */
  withheld(notice: string): JsonObject;
}

/** Share of the rest that must agree before a difference counts: two views of one thing, not two things. */
const agreement = 0.6;

/**
 * Holds the structured content of a result against its text, both ways; undefined when there is nothing to compare.
 * @param declared whether the tool has declared structured content
 */
export function findContradiction(result: JsonObject, declared: boolean): Contradiction | undefined {
  const { structuredContent, content } = result;
  if (typeof structuredContent !== 'object' || structuredContent === null || !Array.isArray(content))
    return undefined;
  const texts = textsOf(content);
  if (isWrittenOut(structuredContent, texts)) return undefined;
  return (
    inStructured({ result, structured: structuredContent, declared }, texts) ??
    inText(result, structuredContent, texts)
  );
}

/** Strings looked for in the text as they are; more are compared word by word. */
const mostLookedFor = 16;

/** Whether the text is the structured content as JSON, or holds all long strings of it: the usual, quickly told. */
function isWrittenOut(structured: JsonValue, texts: readonly string[]): boolean {
  const [text = '', ...more] = texts;
  if (!looksLikeJson(text)) {
    const long = stringsIn(structured).filter(isLong);
    return long.length <= mostLookedFor && long.every((leaf) => texts.some((each) => each.includes(leaf)));
  }
  try {
    return more.length === 0 && isDeepStrictEqual(JSON.parse(text), structured);
  } catch {
    return false;
  }
}

function looksLikeJson(text: string): boolean {
  return /^\s{0,99}[[{]/.test(text);
}

function textsOf(content: readonly JsonValue[]): string[] {
  return content.flatMap((block) =>
    isJsonObject(block) && typeof block['text'] === 'string' ? [block['text']] : [],
  );
}

interface Compared {
  readonly result: JsonObject;
  readonly structured: Exclude<JsonValue, string | number | boolean | null>;
  readonly declared: boolean;
}

/** Sentences in structured content of which the text says nothing, while it says the rest. */
function inStructured(
  { result, structured, declared }: Compared,
  texts: readonly string[],
): Contradiction | undefined {
  const said = sayingOf(texts.map(withoutEscapes));
  if (said.words.size === 0) return undefined;
  const spans: Span[] = [];
  let [others, agreed] = [0, 0];
  visitLeaves(structured, (leaf, path) => {
    const unsaid = unsaidStretch(leaf, said);
    if (unsaid !== undefined) spans.push({ path: `/structuredContent${path()}`, text: unsaid });
    else {
      others++;
      if (isSaid(leaf, said)) agreed++;
    }
  });
  // Undeclared content that is nothing but sentences of its own is no view of the text.
  const stray = !declared && others === 0;
  if (spans.length === 0 || (!stray && (agreed === 0 || agreed < others * agreement))) return undefined;
  return {
    reason: 'structured content says what the text does not',
    spans,
    withheld: (notice) => ({
      ...result,
      structuredContent: replaceTexts(structured, (leaf) => (unsaidStretch(leaf, said) ? notice : leaf)),
    }),
  };
}

/** Sentences of a text that pretends to be the structured content written out, and are not in it. */
function inText(
  result: JsonObject,
  structured: JsonValue,
  texts: readonly string[],
): Contradiction | undefined {
  const content = result['content'] as readonly JsonValue[];
  if (!looksLikeJson(texts[0] ?? '')) return undefined;
  const leaves: string[] = [];
  visitLeaves(structured, (leaf) => leaves.push(leaf), { names: true });
  const said = sayingOf([...leaves, leaves.join(' ')]);
  const isUnsaid = (line: string): boolean => unsaidStretch(withoutEscapes(line), said) !== undefined;
  const spans: Span[] = [];
  let [words, agreed] = [0, 0];
  for (const [index, block] of content.entries())
    for (const line of isJsonObject(block) ? linesOf(block['text']) : []) {
      if (isUnsaid(line)) spans.push({ path: `/content/${index}/text`, text: line });
      else words++;
      if (isSaid(withoutEscapes(line), said)) agreed++;
    }
  if (spans.length === 0 || agreed === 0 || agreed < words * agreement) return undefined;
  return {
    reason: 'the text says what the structured content does not',
    spans,
    withheld: (notice) => ({
      ...result,
      content: content.map((block) =>
        isJsonObject(block) && typeof block['text'] === 'string'
          ? {
              ...block,
              text: linesOf(block['text'])
                .map((line) => (isUnsaid(line) ? notice : line))
                .join('\n'),
            }
          : block,
      ),
    }),
  };
}

function linesOf(text: JsonValue | undefined): string[] {
  return typeof text === 'string' ? text.split('\n') : [];
}

/** Strings and numbers, as text. */
function visitLeaves(
  value: unknown,
  visit: (leaf: string, path: () => string) => void,
  options: { readonly names?: boolean } = {},
): void {
  visitTexts(value, (text, path) => visit(text, path), options);
  const numbers = (node: unknown): void => {
    if (typeof node === 'number') visit(String(node), () => '');
    if (typeof node === 'object' && node !== null) Object.values(node).forEach(numbers);
  };
  numbers(value);
}
