import type { ExternalSession, HostModelCall } from '../../../contracts/externalAgent.ts';
import { digest, isJsonObject, type JsonObject, mapStrings, withinBounds } from '../../../contracts/json.ts';
import { definitionText } from '../../../protocol/content.ts';
import { anthropic } from './anthropic.ts';
import { google } from './google.ts';
import type { ModelApi, SeenRequest } from './modelApi.ts';
import { openaiChat } from './openaiChat.ts';
import { openaiResponses } from './openaiResponses.ts';
import { chunksOf } from './reply.ts';

const apis: readonly ModelApi[] = [openaiChat, openaiResponses, anthropic, google];
const bounds = { maxSize: 40_000_000, maxDepth: 100 };
/** Calls that are recorded with their texts in one episode; of further ones only what they cost. */
const maxRecorded = 500;
/** Longest text that is recorded of a message or a failure, in characters. */
const maxText = 200_000;

/** A whole answer, of the model's endpoint or in its place. */
export interface Answer {
  readonly kind: 'answer';
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** What became of a request. */
export type Ending = Answer | Lost;

/** It got no answer, or not to its end. */
export interface Lost {
  readonly kind: 'lost';
  readonly failure: 'network' | 'timeout' | 'malformed';
  readonly what: string;
  /** Whether nothing answers at the address. */
  readonly nobody: boolean;
}

/** Who is told of what the model reads, and of its calls. */
export type ModelWatch = Pick<ExternalSession, 'reads' | 'modelCalled'>;

/** Sees the calls of one host to its model. */
export interface Observer {
  /** Whether what is posted to this path is a call of a model. */
  sees(path: string): boolean;
  /** Told of such a call before it goes on. @param body empty when it could not be read */
  asked(path: string, body: string): NotedCall;
}

/** A call of a model that is under way. */
export interface NotedCall {
  /** Whether what the model is to read is known. */
  readonly isRead: boolean;
  /** As the request names it; empty when it was not read. */
  readonly model: string;
  ended(ending: Ending, ms: number): void;
}

/** A message as it is recognized, without its text. */
interface Mark {
  readonly role: string;
  readonly text: string;
}

const unread: SeenRequest = { model: '', messages: [], tools: [] };

/** @param redact takes keys out of a text */
export function createObserver(session: ModelWatch, redact: (text: string) => string): Observer {
  // Requests say everything again, and may be long: of what was shown, digests are kept.
  const seen = new Set<string>();
  let last: readonly Mark[] = [];
  let recorded = 0;
  const show = (text: string): string => {
    const mark = digest(text);
    if (text !== '' && !seen.has(mark)) session.reads(text);
    seen.add(mark);
    return mark;
  };
  return {
    sees: (path) => apiAt(path) !== undefined,
    asked(path, body) {
      const api = apiAt(path);
      const parsed = requestIn(body);
      const request = (parsed && api?.readRequest(parsed, path)) ?? unread;
      for (const { definition } of request.tools) show(definitionText(definition));
      const marks = request.messages.map(({ role, text }) => ({ role, text: show(text) }));
      const ended: NotedCall['ended'] = (ending, ms) => {
        const carried = carriedFrom(last, marks);
        if (parsed) last = marks;
        const call: HostModelCall = { ...callOf(request, carried), ...toldOf(api, ending), ms };
        session.modelCalled(mapStrings(++recorded > maxRecorded ? withoutTexts(call) : call, redact));
      };
      return { isRead: parsed !== undefined, model: request.model, ended };
    },
  };
}

function apiAt(path: string): ModelApi | undefined {
  return apis.find((each) => each.isAt(path));
}

function requestIn(body: string): JsonObject | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return isJsonObject(parsed) && withinBounds(parsed, bounds) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** How many messages at the beginning are those of the call before, and its reply. */
function carriedFrom(before: readonly Mark[], now: readonly Mark[]): number {
  const same =
    before.length <= now.length &&
    before.every(({ role, text }, index) => now[index]?.role === role && now[index].text === text);
  if (!same || before.length === 0) return 0;
  const replies = new Set(['assistant', 'model']);
  return before.length + (replies.has(now[before.length]?.role ?? '') ? 1 : 0);
}

function callOf(
  { model, messages, tools }: SeenRequest,
  carried: number,
): Pick<HostModelCall, 'model' | 'carried' | 'messages' | 'tools'> {
  return {
    model: model.slice(0, 200),
    carried,
    messages: messages.slice(carried).map(({ role, text }) => ({ role, text: text.slice(0, maxText) })),
    tools: tools.map(({ name }) => name),
  };
}

function withoutTexts(call: HostModelCall): HostModelCall {
  const { reply } = call;
  const bare = reply.kind === 'turn' ? { ...reply, text: '', calls: [] } : { ...reply, what: '' };
  return { ...call, messages: [], tools: [], reply: bare };
}

function toldOf(
  api: ModelApi | undefined,
  ending: Ending,
): Pick<HostModelCall, 'reply' | 'version' | 'inputTokens' | 'outputTokens'> {
  const failed = (failure: string, what: string) =>
    ({
      reply: { kind: 'failure', failure, what: what.slice(0, 2_000) },
      inputTokens: 0,
      outputTokens: 0,
    }) as const;
  if (ending.kind === 'lost') return failed(ending.failure, ending.what);
  if (ending.status >= 400) return failed(`status ${ending.status}`, ending.body);
  const chunks = chunksOf(ending.contentType, ending.body).filter((chunk) => withinBounds(chunk, bounds));
  if (!api || chunks.length === 0) return failed('malformed', ending.body);
  const { text, calls, finish, ...facts } = api.readReply(chunks);
  return {
    reply: { kind: 'turn', text: text.slice(0, maxText), calls: calls.map((call) => ({ ...call })), finish },
    ...facts,
  };
}
