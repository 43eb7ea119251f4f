import type { Span } from '../../../contracts/defense.ts';
import { isJsonObject, type JsonObject, type JsonValue, stringsIn } from '../../../contracts/json.ts';
import { quote, visitTexts } from '../../texts.ts';
import { type Contradiction, findContradiction } from './contradictions.ts';
import type { Declaration } from './declarations.ts';
import { firstMismatch } from './validate.ts';

/** Something in a result that does not fit what the tool has declared. */
export interface Inconsistency extends Contradiction {
  readonly score: number;
}

/** Everything in a tool's result that does not fit. @param args what the tool was called with */
export function inconsistenciesOf(
  result: JsonObject,
  declaration: Declaration | undefined,
  args: unknown,
): Inconsistency[] {
  if (result['isError'] === true || result['content'] === undefined) return [];
  const contradiction = findContradiction(result, declaration?.outputSchema !== undefined);
  return [
    ...(declaration?.outputSchema ? mismatch(result, declaration.outputSchema) : []),
    ...(contradiction ? [{ ...contradiction, score: 0.7 }] : []),
    ...(declaration?.closedWorld ? links(result, args) : []),
  ];
}

function mismatch(result: JsonObject, schema: JsonObject): Inconsistency[] {
  const { structuredContent } = result;
  if (structuredContent === undefined)
    return [
      inconsistency(
        0.5,
        'structured content is missing though it is declared',
        [{ path: '', text: '' }],
        refused,
      ),
    ];
  const found = firstMismatch(schema, structuredContent);
  if (!found) return [];
  const span = { path: `/structuredContent${found.path}`, text: found.what };
  return [
    inconsistency(
      0.8,
      `structured content breaks its schema: ${quote(found.path)} ${found.what}`,
      [span],
      refused,
    ),
  ];
}

/** The host cannot use such a result as data; what stands in it was not what the tool promised. */
function refused(notice: string): JsonObject {
  return { content: [{ type: 'text', text: notice }], isError: true };
}

/** Addresses that a reader is led to: link blocks, and links and images of Markdown and HTML. */
const link =
  /(?:\]\(\s?|<(?:a|img|iframe)\b[^<>]{0,200}?(?:href|src)\s?=\s?["']?)(https?:\/\/[^\s)"'<>]{1,500})/gi;

/** Arguments that can explain an address are this long at most. */
const longestGiven = 2000;
const mostLinks = 100;

function links(result: JsonObject, args: unknown): Inconsistency[] {
  const given = stringsIn(args).join('\n').slice(0, longestGiven);
  const spans: Span[] = [];
  visitTexts(result['content'], (text, path, { member, parent }) => {
    const block = member === 'uri' && isJsonObject(parent) && parent['type'] === 'resource_link';
    for (const address of block ? linkedBy(text) : addressesIn(text))
      if (spans.length < mostLinks && !given.includes(address))
        spans.push({ path: `/content${path()}`, text: address });
  });
  if (spans.length === 0) return [];
  return [
    inconsistency(0.4, 'a tool that says it has no outside world links outside', spans, (notice) => ({
      ...result,
      content: (Array.isArray(result['content']) ? result['content'] : []).flatMap((block: JsonValue) =>
        withoutLinks(block, notice),
      ),
    })),
  ];
}

function linkedBy(uri: string): string[] {
  return /^https?:/i.test(uri) ? [uri] : [];
}

function* addressesIn(text: string): Iterable<string> {
  for (const [, address = ''] of text.matchAll(link)) yield address;
}

function withoutLinks(block: JsonValue, notice: string): JsonValue[] {
  if (!isJsonObject(block)) return [block];
  const { type, uri } = block;
  if (type === 'resource_link' && typeof uri === 'string' && linkedBy(uri).length > 0) return [];
  if (typeof block['text'] !== 'string') return [block];
  const replaced = block['text'].replace(link, (whole, address: string) => whole.replace(address, notice));
  return [replaced === block['text'] ? block : { ...block, text: replaced }];
}

function inconsistency(
  score: number,
  reason: string,
  spans: readonly Span[],
  withheld: Inconsistency['withheld'],
): Inconsistency {
  return { score, reason, spans, withheld };
}
