import type { Defense, DefenseScope, Span } from '../../../contracts/defense.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../contracts/json.ts';
import {
  type McpNotification,
  type McpReply,
  type McpRequest,
  resultReply,
  type Tap,
} from '../../../contracts/wire.ts';
import { noParameters, readParameters } from '../../parameters.ts';
import { pointerPart, quote } from '../../texts.ts';
import { flag } from '../kit/flag.ts';
import { type Removed, withoutHiddenCharacters } from './characters.ts';
import { withoutHiddenMarkup } from './markup.ts';

export const sanitize: Defense = {
  id: 'sanitize',
  title: 'Sanitize',
  description:
    'Takes out of every string what a person does not see (invisible and control characters, terminal sequences, hidden markup) and undoes letters in disguise.',
  kind: 'active',
  modes: ['observe', 'enforce'],
  covers: [
    'all strings of a service: definitions, results, errors, resources, prompts, questions, notifications',
  ],
  source: 'Unicode UAX #31 and UTS #39; ECMA-48; SAFE-MCP SAFE-T1402',
  create(scope) {
    readParameters('sanitize', noParameters, scope.parameters);
    return { tap: (service) => createTap(service, scope) };
  },
};

/** Spans kept per message; the reason counts them all. */
const maxSpans = 16;
const shownBefore = 20;
const shownLength = 80;

function createTap(service: string, scope: DefenseScope): Tap {
  /** The body cleaned, when enforcing and there is something to clean; else the same object. */
  const clean = <Body extends object>(body: Body, message: string, what: string): Body => {
    const removed: Removed = new Map();
    const spans: Span[] = [];
    const cleaned = cleanIn(body, '', { removed, spans });
    if (removed.size === 0) return body;
    const kinds = [...removed].map(([kind, count]) => `${count} ${kind}${count === 1 ? '' : 's'}`);
    const reason = `${kinds.join(', ')} in ${what} of ${service}`;
    return flag(scope, { score: 0.9, reason, spans }, message, 'redact') ? (cleaned as Body) : body;
  };
  const cleanReply = (reply: McpReply, { id, method }: McpRequest): McpReply => {
    if (reply.kind === 'dropped') return reply;
    if (reply.kind === 'error') {
      const error = clean(reply.error, id, `the error to ${quote(method)}`);
      return error === reply.error ? reply : { kind: 'error', error };
    }
    const result = clean(reply.result, id, `the result of ${quote(method)}`);
    return result === reply.result ? reply : resultReply(result);
  };
  const cleanParams = <Message extends McpRequest | McpNotification>(message: Message): Message => {
    const { params, id, method } = message;
    const cleaned = params && clean(params, id, `${quote(method)}`);
    return cleaned === params ? message : { ...message, params: cleaned };
  };
  return {
    name: 'sanitize',
    hostRequest: (next) => async (request, context) => cleanReply(await next(request, context), request),
    serviceRequest: (next) => (request, context) => next(cleanParams(request), context),
    notification: (message) => (message.direction === 'to-host' ? cleanParams(message) : message),
  };
}

/** Members that hosts send back as they are; nobody reads them. */
const opaque = new Set(['nextCursor', 'requestState']);

interface Findings {
  readonly removed: Removed;
  readonly spans: Span[];
}

/** A copy in which every string and every name of a member is clean; unchanged parts are shared. */
function cleanIn(value: unknown, path: string, findings: Findings): unknown {
  if (typeof value === 'string') return cleanText(value, path, findings);
  if (Array.isArray(value)) {
    const items = value.map((item, index) => cleanIn(item, `${path}/${index}`, findings));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => {
    const inside = `${path}/${pointerPart(key)}`;
    if (path === '' && opaque.has(key)) return [key, item];
    return [cleanText(key, inside, findings), cleanIn(item, inside, findings)];
  });
  const before: JsonObject = value;
  // A stranger may name a member `__proto__`; fromEntries keeps it an ordinary member.
  return entries.length === Object.keys(before).length &&
    entries.every(([key, item]) => Object.hasOwn(before, key) && before[key] === item)
    ? before
    : Object.fromEntries(entries as [string, JsonValue][]);
}

function cleanText(text: string, path: string, { removed, spans }: Findings): string {
  const clean = withoutHiddenMarkup(withoutHiddenCharacters(text, removed), removed);
  if (clean !== text && spans.length < maxSpans) spans.push({ path, text: excerpt(text, clean) });
  return clean;
}

/** The text around its first change, with what cannot be seen as escapes. */
function excerpt(text: string, clean: string): string {
  let same = 0;
  while (same < text.length && text[same] === clean[same]) same++;
  return text
    .slice(Math.max(0, same - shownBefore), same + shownLength)
    .replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, (hidden) => `\\u{${(hidden.codePointAt(0) ?? 0).toString(16)}}`);
}
