import type { Defense, DefenseScope, Span } from '../../../contracts/defense.ts';
import { findSecret } from '../../../contracts/secrets.ts';
import {
  type Exchange,
  errorReply,
  type McpReply,
  type McpRequest,
  type Tap,
  type WireContext,
} from '../../../contracts/wire.ts';
import { noParameters, readParameters } from '../../parameters.ts';
import { boundedSpans, quote, summarize, visitTexts } from '../../texts.ts';
import { refusedCall } from '../../toolGuard.ts';
import { gatherValues } from './gather.ts';
import { createReasons } from './reasons.ts';
import { privateValues } from './values.ts';
import { createWatchlist, type Sighting, type Watchlist } from './watchlist.ts';

const refusedCode = -32000;
const refusal = 'This was refused: it holds something private that the task gives no reason to send there';
/** Methods whose results are data of the service's world. */
const dataMethods = new Set(['tools/call', 'resources/read', 'prompts/get', 'completion/complete']);

export const secrets: Defense = {
  id: 'secrets',
  title: 'Secrets',
  description:
    'Watches for private facts of the user, and for credentials and personal data read from one service, on their way to another that has no reason to get them.',
  kind: 'passive',
  modes: ['observe', 'enforce'],
  covers: ['calls', 'requests', 'answers to questions', 'notifications to services'],
  source: 'Data loss prevention by exact data match; canaries as in MCPHunt; ISO/IEC 7812, ISO 13616',
  create(scope) {
    readParameters('secrets', noParameters, scope.parameters);
    // One list for all services of the episode: what one has sent, another must not get.
    const watchlist = createWatchlist();
    for (const value of privateValues(scope.user.privateContext))
      if (!isIn(scope.user.instruction, value.value)) watchlist.add(value, undefined);
    return { tap: (service) => createTap(service, scope, watchlist) };
  },
};

function isIn(text: string, value: string): boolean {
  return value.replace(/[^A-Za-z0-9]/g, '').length >= 6 && findSecret(text, value) !== 'absent';
}

function createTap(service: string, scope: DefenseScope, watchlist: Watchlist): Tap {
  const enforce = scope.mode === 'enforce';
  const reasons = createReasons(scope);
  /** Questions of the service that the host is thinking about. */
  let asked = 0;

  /** Reports what of `body` must not go to the service; whether it was held back. */
  const hold = (body: unknown, message: string, what: string, action: 'block' | 'redact'): boolean => {
    const leaks = watchlist
      .find(textOf(body))
      .filter(({ watched }) => !watched.knownTo.has(service) && !reasons.allow(watched, service));
    if (leaks.length === 0) return false;
    scope.report({
      action: enforce ? action : 'allow',
      score: leaks.some(({ watched }) => watched.kind === 'credential') ? 1 : 0.5,
      reason: `${summarize(leaks.map(describe))} in ${what} ${service}`,
      spans: boundedSpans(leaks.map((leak) => spanOf(leak, body, watchlist))),
      message,
    });
    return enforce;
  };

  const learn = (body: unknown): void => {
    for (const value of gatherValues(body))
      if (!isIn(scope.user.instruction, value.value)) watchlist.add(value, service);
  };

  return {
    name: 'secrets',
    hostRequest: (next) => async (request, context) => {
      if (hold(outgoing(request, asked > 0), request.id, `the request ${quote(request.method)} to`, 'block'))
        return refuse(request, context);
      const reply = await next(request, context);
      if (!dataMethods.has(request.method)) return reply;
      if (reply.kind === 'result') learn(reply.result);
      if (reply.kind === 'error') learn(reply.error);
      return reply;
    },
    serviceRequest: (next) => async (request, context) => {
      asked++;
      const reply = await answerOf(next, request, context).finally(() => asked--);
      if (reply.kind !== 'result') return reply;
      const held = hold(reply.result, request.id, `the answer to ${quote(request.method)} of`, 'redact');
      return held ? errorReply(refusedCode, refusal) : reply;
    },
    notification(message) {
      if (message.direction === 'to-host') return message;
      const held = hold(message.params, message.id, `the notification ${quote(message.method)} to`, 'block');
      return held ? undefined : message;
    },
  };
}

async function answerOf(next: Exchange, request: McpRequest, context: WireContext): Promise<McpReply> {
  return await next(request, context);
}

/** What goes out with a request. Answers to open questions pass here too, and are looked at where they were asked. */
function outgoing({ params, headers }: McpRequest, open: boolean): unknown {
  if (!open || params === undefined) return { params, headers };
  const { inputResponses: _, ...rest } = params;
  return { params: rest, headers };
}

function refuse(request: McpRequest, context: WireContext): McpReply {
  return request.method === 'tools/call' ? refusedCall(context, refusal) : errorReply(refusedCode, refusal);
}

/** All strings and names in one text, so that a value in parts is found. */
function textOf(body: unknown): string {
  const texts: string[] = [];
  visitTexts(body, (text) => texts.push(text), { names: true });
  return texts.join(' ');
}

function describe({ watched: { label, knownTo }, form }: Sighting): string {
  const [source] = knownTo;
  const from = source === undefined ? "the user's private facts" : source;
  return `${quote(label)} from ${from}${form === 'plain' ? '' : ` (${form})`}`;
}

/** Where the value stands, without showing all of it: verdicts are stored. */
function spanOf({ watched }: Sighting, body: unknown, watchlist: Watchlist): Span {
  let path = '';
  visitTexts(body, (text, pathOf) => {
    if (path === '' && watchlist.find(text).some((each) => each.watched === watched)) path = pathOf();
  });
  return { path, text: `${watched.value.slice(0, 3)}… (${watched.label})` };
}
