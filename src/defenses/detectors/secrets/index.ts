import type { Defense, DefenseScope, Span } from '../../../contracts/defense.ts';
import { haystackOf } from '../../../contracts/secrets.ts';
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
import { createReasons, isHandedOn } from './reasons.ts';
import { privateValues, type SensitiveValue } from './values.ts';
import { createWatchlist, type Sighting, type Watchlist } from './watchlist.ts';

const refusedCode = -32000;
const refusal = 'This was refused: it holds something private that the task gives no reason to send there';
/** Leaks that a verdict shows. */
const mostShown = 8;
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
    const isSaid = saidIn(scope.user.instruction);
    const watch = (values: readonly SensitiveValue[], source?: string): void => {
      for (const value of values) if (!isSaid(value)) watchlist.add(value, source);
    };
    watch(privateValues(scope.user.privateContext));
    return {
      tap: (service) =>
        createTap(service, scope, { watchlist, learn: (body) => watch(gatherValues(body), service) }),
    };
  },
};

/** Tells whether a value stands in the user's instruction: then whoever serves it may know. */
function saidIn(instruction: string): (value: SensitiveValue) => boolean {
  const { letters } = haystackOf(instruction);
  return ({ value }) => letters.includes(haystackOf(value).letters);
}

interface Memory {
  readonly watchlist: Watchlist;
  /** Takes in what the service has sent. */
  learn(body: unknown): void;
}

function createTap(service: string, scope: DefenseScope, { watchlist, learn }: Memory): Tap {
  const enforce = scope.mode === 'enforce';
  const reasons = createReasons(scope);
  /** Questions of the service that the host is thinking about. */
  let asked = 0;

  /** Reports what of a message must not go out; whether it was held back. */
  const hold = ({ body, message, what, action, handedOn }: Outgoing): boolean => {
    const leaks = watchlist.find(textOf(body)).filter(({ watched }) => {
      // The service has it already, unless it is to tell others what opens something.
      const known = watched.knownTo.has(service) && !(watched.kind === 'credential' && handedOn?.() === true);
      return !known && !reasons.allow(watched, service);
    });
    if (leaks.length === 0) return false;
    scope.report({
      action: enforce ? action : 'allow',
      score: leaks.some(({ watched }) => watched.kind === 'credential') ? 1 : 0.5,
      reason: `${summarize(leaks.map(describe))} in ${what} ${service}`,
      spans: boundedSpans(leaks.slice(0, mostShown).map((leak) => spanOf(leak, body, watchlist))),
      message,
    });
    return enforce;
  };

  return {
    name: 'secrets',
    hostRequest: (next) => async (request, context) => {
      const [message, what] = [request.id, `the request ${quote(request.method)} to`];
      const body = outgoing(request, asked > 0);
      if (hold({ body, message, what, action: 'block', handedOn: () => isHandedOn(request) }))
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
      const [message, what] = [request.id, `the answer to ${quote(request.method)} of`];
      // The specification has no service ask for secrets by a form, whether it knows them or not.
      const held = hold({ body: reply.result, message, what, action: 'redact', handedOn: () => true });
      return held ? errorReply(refusedCode, refusal) : reply;
    },
    notification(message) {
      if (message.direction === 'to-host') return message;
      const what = `the notification ${quote(message.method)} to`;
      return hold({ body: message.params, message: message.id, what, action: 'block' }) ? undefined : message;
    },
  };
}

/** What goes to the service with one message. */
interface Outgoing {
  readonly body: unknown;
  readonly message: string;
  /** The message in words, up to the name of the service. */
  readonly what: string;
  readonly action: 'block' | 'redact';
  /** Whether the service is to hand it on to others; asked about few messages. */
  readonly handedOn?: () => boolean;
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
  let place: string | undefined;
  visitTexts(body, (text, pathOf) => {
    if (place === undefined && watchlist.find(text).some((each) => each.watched === watched))
      place = pathOf().replace(/^\/params/, '');
  });
  const path = place === undefined || watchlist.find(place).length > 0 ? '' : place;
  return { path, text: `${watched.value.slice(0, 3)}… (${watched.label})` };
}
