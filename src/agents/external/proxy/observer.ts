import type { ExternalSession, HostModelCall } from '../../../contracts/externalAgent.ts';
import { isJsonObject, type JsonObject, mapStrings, withinBounds } from '../../../contracts/json.ts';
import { definitionText } from '../../../protocol/content.ts';
import { anthropic } from './anthropic.ts';
import { google } from './google.ts';
import type { ModelApi, SeenMessage, SeenRequest } from './modelApi.ts';
import { openaiChat } from './openaiChat.ts';
import { openaiResponses } from './openaiResponses.ts';
import { chunksOf } from './reply.ts';

const apis: readonly ModelApi[] = [openaiChat, openaiResponses, anthropic, google];
const bounds = { maxSize: 40_000_000, maxDepth: 100 };
/** Calls that are recorded with their texts in one episode; of further ones only what they cost. */
const maxRecorded = 500;
/** Longest text that is recorded of a message or a failure, in characters. */
const maxText = 200_000;

/** A whole answer of the model's endpoint. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** What became of a request. */
export type Ending = ({ readonly kind: 'answer' } & Answer) | Lost;

/** It got no answer, or not to its end. */
export interface Lost {
  readonly kind: 'lost';
  readonly failure: 'network' | 'timeout';
  readonly what: string;
  /** Whether nothing answers at the address. */
  readonly nobody: boolean;
}

/** Who is told of what the model reads, and of its calls. */
export type ModelWatch = Pick<ExternalSession, 'reads' | 'modelCalled'>;

/** Sees the calls of one host to its model. */
export interface Observer {
  /** Told of a request before it goes on; undefined when it is no call of a model. */
  asked(path: string, body: string): NotedCall | undefined;
}

/** A call of a model that is under way. */
export interface NotedCall {
  /** As the request names it. */
  readonly model: string;
  ended(ending: Ending, ms: number): void;
}

/** @param redact takes keys out of a text */
export function createObserver(session: ModelWatch, redact: (text: string) => string): Observer {
  const seen = new Set<string>();
  let last: readonly SeenMessage[] = [];
  let recorded = 0;
  const show = (text: string): void => {
    if (text === '' || seen.has(text)) return;
    seen.add(text);
    session.reads(text);
  };
  return {
    asked(path, body) {
      const api = apis.find((each) => each.isAt(path));
      const parsed = api && requestIn(body);
      if (!api || !parsed) return undefined;
      const request = api.readRequest(parsed, path);
      for (const { definition } of request.tools) show(definitionText(definition));
      for (const { text } of request.messages) show(text);
      const ended: NotedCall['ended'] = (ending, ms) => {
        const carried = carriedFrom(last, request.messages);
        last = request.messages;
        const call: HostModelCall = { ...callOf(request, carried), ...toldOf(api, ending), ms };
        session.modelCalled(mapStrings(++recorded > maxRecorded ? withoutTexts(call) : call, redact));
      };
      return { model: request.model, ended };
    },
  };
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
function carriedFrom(before: readonly SeenMessage[], now: readonly SeenMessage[]): number {
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
  api: ModelApi,
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
  if (chunks.length === 0) return failed('malformed', ending.body);
  const { text, calls, finish, ...facts } = api.readReply(chunks);
  return {
    reply: { kind: 'turn', text: text.slice(0, maxText), calls: calls.map((call) => ({ ...call })), finish },
    ...facts,
  };
}
