import { isJsonObject, type JsonObject, type JsonValue } from '../contracts/json.ts';
import { type Exchange, errorReply, type McpReply, type McpRequest, resultReply } from '../contracts/wire.ts';

/** Rounds of `input_required` that the wire answers by itself before it gives up (the taps answer for the host). */
const maxOwnRounds = 8;
/** Rounds a service may leave open at once. */
const maxOpenRounds = 64;
/** Things a service may ask for in one round. */
const maxAsks = 64;

export interface InputRoundsOptions {
  /** Takes a request of the service through the taps; `show` is the host's end. Never rejects. */
  ask(request: McpRequest, show: Exchange): Promise<McpReply>;
  /** Sends a retry of the host's `original` to the service. */
  retry(request: McpRequest, original: McpRequest): Promise<McpReply>;
  nextId(): string;
}

/**
 * Presents what a 2026-era service asks for inside `input_required` results (specification, basic/patterns/mrtr)
 * to the taps as requests from the service, and carries their answers into the host's retry.
 */
export interface InputRounds {
  /** Called with each host request: completes the round it answers, if it is a retry. */
  resume(request: McpRequest): Promise<McpRequest>;
  /** Called with each reply of the service: opens a round if the reply asks for input. */
  present(request: McpRequest, reply: McpReply): Promise<McpReply>;
  settleAll(): void;
}

/** One thing the service asks for within a round. */
interface Ask {
  readonly key: string;
  /** What the host is shown; undefined while, or when, taps answer for it. */
  shown?: JsonObject;
  /** Gives the chain the host's answer. */
  answer(reply: McpReply): void;
  /** What goes back to the service. */
  readonly outcome: Promise<McpReply>;
}

interface Round {
  readonly method: string;
  readonly subject: JsonValue | undefined;
  readonly requestState: JsonValue | undefined;
  readonly asks: readonly Ask[];
}

export function createInputRounds(options: InputRoundsOptions): InputRounds {
  const open: Round[] = [];

  const ask = async (key: string, request: InputRequest): Promise<Ask> => {
    let answer: (reply: McpReply) => void = () => undefined;
    const answered = new Promise<McpReply>((resolve) => {
      answer = resolve;
    });
    let reached: () => void = () => undefined;
    const shownToHost = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const entry: { shown?: JsonObject } = {};
    const params = isJsonObject(request.params) ? { params: request.params } : {};
    const outcome = options.ask({ id: options.nextId(), method: request.method, ...params }, (shown) => {
      entry.shown = { method: shown.method, ...(shown.params && { params: shown.params }) };
      reached();
      return answered;
    });
    await Promise.race([shownToHost, outcome]);
    return Object.assign(entry, { key, answer, outcome });
  };

  const present = async (request: McpRequest, first: McpReply): Promise<McpReply> => {
    let reply = first;
    for (let round = 0; ; round++) {
      const requests = inputRequests(reply);
      if (reply.kind !== 'result' || requests === undefined) return reply;
      if (requests.length > maxAsks) return errorReply(-32603, 'The service asks for too much at once');
      const asks = await Promise.all(requests.map(([key, each]) => ask(key, each)));
      const shown = asks.filter((each) => each.shown !== undefined);
      const requestState = reply.result['requestState'];
      if (asks.length === 0) return reply;
      if (shown.length > 0) {
        open.push({ method: request.method, subject: subjectOf(request), requestState, asks });
        if (open.length > maxOpenRounds) endRound(open.shift());
        const visible = Object.fromEntries(shown.map((each) => [each.key, each.shown]));
        return resultReply({ ...reply.result, inputRequests: visible });
      }
      if (round >= maxOwnRounds) return errorReply(-32603, 'The service keeps asking for input');
      const { requestState: _state, inputResponses: _responses, ...original } = request.params ?? {};
      const params = {
        ...original,
        ...(requestState !== undefined && { requestState }),
        inputResponses: await responses(asks),
      };
      reply = await options.retry({ id: options.nextId(), method: request.method, params }, request);
    }
  };

  const resume = async (request: McpRequest): Promise<McpRequest> => {
    const given = request.params?.['inputResponses'];
    if (!isJsonObject(given)) return request;
    const index = open.findIndex((round) => answers(round, request, given));
    const [round] = index < 0 ? [] : open.splice(index, 1);
    if (round === undefined) return request;
    for (const each of round.asks) {
      const response = given[each.key];
      each.answer(isJsonObject(response) ? resultReply(response) : { kind: 'dropped' });
    }
    return { ...request, params: { ...request.params, inputResponses: await responses(round.asks) } };
  };

  return { resume, present, settleAll: () => open.splice(0).forEach(endRound) };
}

interface InputRequest {
  readonly method: string;
  readonly params?: JsonValue | undefined;
}

/** What an `input_required` result asks for, by key; undefined for any other reply. */
function inputRequests(reply: McpReply): [string, InputRequest][] | undefined {
  if (reply.kind !== 'result' || reply.result['resultType'] !== 'input_required') return undefined;
  const requests = reply.result['inputRequests'];
  return Object.entries(isJsonObject(requests) ? requests : {}).flatMap(([key, each]) =>
    isJsonObject(each) && typeof each['method'] === 'string'
      ? [[key, { method: each['method'], params: each['params'] }] as [string, InputRequest]]
      : [],
  );
}

/** What the request is about, so that a retry finds its round. */
function subjectOf(request: McpRequest): JsonValue | undefined {
  return request.params?.['name'] ?? request.params?.['uri'];
}

function answers(round: Round, request: McpRequest, given: JsonObject): boolean {
  return (
    round.method === request.method &&
    round.subject === subjectOf(request) &&
    round.requestState === request.params?.['requestState'] &&
    Object.keys(given).every((key) => round.asks.some((each) => each.key === key && each.shown !== undefined))
  );
}

/** Waits for every answer of a round; one that a tap turned into an error or dropped is left out. */
async function responses(asks: readonly Ask[]): Promise<JsonObject> {
  const replies = await Promise.all(asks.map(async (each) => [each.key, await each.outcome] as const));
  return Object.fromEntries(
    replies.flatMap(([key, reply]) => (reply.kind === 'result' ? [[key, reply.result]] : [])),
  );
}

function endRound(round: Round | undefined): void {
  for (const each of round?.asks ?? []) each.answer({ kind: 'dropped' });
}
