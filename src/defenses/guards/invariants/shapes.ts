import type { DefenseScope } from '../../../contracts/defense.ts';
import { canonicalJson, isJsonObject, type JsonObject, type JsonValue } from '../../../contracts/json.ts';
import type { McpRequest, WireContext } from '../../../contracts/wire.ts';
import { quote } from '../../texts.ts';
import { flag, refusal } from '../kit/flag.ts';
import { emptyList, itemsIn, kindListedBy } from '../kit/offers.ts';
import type { Step } from '../kit/steps.ts';

/** A rule that a result breaks: where, and what would be right. */
interface Misfit {
  readonly path: string;
  readonly expected: string;
}

/** Methods that may be answered with a request for input (specification 2026-07-28, basic/patterns/mrtr). */
export const askingMethods: ReadonlySet<string> = new Set(['tools/call', 'prompts/get', 'resources/read']);
/** `task` belongs to the extension for long work. */
const resultTypes = new Set<JsonValue | undefined>(['complete', 'input_required', 'task']);

/** Refuses results that are not of the type that their request demands. */
export function guardShapes(service: string, scope: DefenseScope): Step {
  return (next) => async (request, context) => {
    const reply = await next(request, context);
    if (reply.kind !== 'result') return reply;
    const misfit = misfitOf(request, reply.result, context);
    if (misfit === undefined) return reply;
    const reason = `the result of ${quote(request.method)} of ${service} is of the wrong type: ${misfit.expected}`;
    const spans = [{ path: misfit.path, text: canonicalJson(reply.result).slice(0, 400) }];
    if (!flag(scope, { score: 1, reason, spans }, request.id, 'redact')) return reply;
    const kind = kindListedBy(request);
    if (kind) return emptyList(kind, context);
    return refusal(request, context, 'The answer was withheld: it breaks the rules of the protocol');
  };
}

function misfitOf(
  request: McpRequest,
  result: JsonObject,
  { era }: Pick<WireContext, 'era'>,
): Misfit | undefined {
  const type = result['resultType'];
  if (era === '2026' && type !== undefined) {
    if (!resultTypes.has(type)) return { path: '/resultType', expected: 'it has no such resultType' };
    if (type === 'task') return undefined;
    if (type === 'input_required') return misfitOfAsking(request, result);
  }
  const own = Object.hasOwn(misfits, request.method) ? misfits[request.method]?.(result) : undefined;
  return own ?? misfitOfList(request, result);
}

function misfitOfAsking({ method }: McpRequest, result: JsonObject): Misfit | undefined {
  if (!askingMethods.has(method))
    return { path: '/resultType', expected: 'no input may be asked for by this method' };
  const { inputRequests, requestState } = result;
  if (inputRequests !== undefined && !isJsonObject(inputRequests))
    return { path: '/inputRequests', expected: 'its inputRequests must be an object' };
  return requestState === undefined || typeof requestState === 'string'
    ? undefined
    : { path: '/requestState', expected: 'its requestState must be a string' };
}

const misfits: Readonly<Record<string, (result: JsonObject) => Misfit | undefined>> = {
  'tools/call': ({ content, isError, structuredContent }) => {
    if (content === undefined && structuredContent === undefined)
      return { path: '', expected: 'it must have content' };
    if (isError !== undefined && typeof isError !== 'boolean')
      return { path: '/isError', expected: 'isError must be true or false' };
    return content === undefined ? undefined : misfitOfItems('content', content, isBlock);
  },
  'prompts/get': ({ messages }) =>
    misfitOfItems('messages', messages, (item) => isJsonObject(item) && isBlock(item['content'])),
  'resources/read': ({ contents }) =>
    misfitOfItems('contents', contents, (item) => isJsonObject(item) && typeof item['uri'] === 'string'),
  'completion/complete': ({ completion }) => {
    const values = isJsonObject(completion) ? completion['values'] : undefined;
    if (Array.isArray(values) && values.length > 100)
      return { path: '/completion/values', expected: 'it may propose 100 values at most' };
    return misfitOfItems('completion', values, (value) => typeof value === 'string');
  },
};

function misfitOfList(request: McpRequest, result: JsonObject): Misfit | undefined {
  const kind = kindListedBy(request);
  if (kind === undefined) return undefined;
  const { nextCursor } = result;
  if (nextCursor !== undefined && typeof nextCursor !== 'string')
    return { path: '/nextCursor', expected: 'nextCursor must be a string' };
  // What is wrong about a single item is a matter of that item.
  return Array.isArray(result[kind.member]) && itemsIn(result, kind).length < maxItems
    ? undefined
    : { path: `/${kind.member}`, expected: `${kind.member} must be a list of fewer than ${maxItems}` };
}

/** Items of one page; the bound is ours. */
const maxItems = 10_000;

function misfitOfItems(
  member: string,
  items: JsonValue | undefined,
  fits: (item: JsonValue | undefined) => boolean,
): Misfit | undefined {
  if (!Array.isArray(items)) return { path: `/${member}`, expected: `${member} must be a list` };
  const wrong = items.findIndex((item: JsonValue) => !fits(item));
  return wrong < 0
    ? undefined
    : { path: `/${member}/${wrong}`, expected: `an item of ${member} is not what it should be` };
}

/** A content block: a kind, and text where it says so. */
function isBlock(block: JsonValue | undefined): boolean {
  if (!isJsonObject(block) || typeof block['type'] !== 'string') return false;
  return block['type'] !== 'text' || typeof block['text'] === 'string';
}
