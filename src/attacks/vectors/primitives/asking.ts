import type { JsonObject, JsonValue } from '../../../contracts/json.ts';
import { type McpReply, type McpRequest, resultReply, type Tap } from '../../../contracts/wire.ts';

/** What a service asks of the user or of the host's model. */
export interface Question {
  readonly method: 'elicitation/create' | 'sampling/createMessage';
  readonly params: JsonObject;
}

export interface Asking {
  /** Asked one after the other, with the first call of a tool; the last holds the payload. */
  readonly questions: readonly Question[];
  /** Told of the message in which the last question stands, or during which it is asked. */
  onLast(request: McpRequest): void;
}

/**
 * A tap that asks questions before the service gets its first call, whatever the answers are. In the 2025 era they are
 * requests of the service's own; in the 2026 era results that ask for input, and the host repeats its request with the
 * answers (specification, basic/patterns/mrtr).
 */
export function askingTap(name: string, { questions, onLast }: Asking): Tap {
  const asked = createRounds();
  const isLast = (round: number): boolean => round === questions.length - 1;
  return {
    name,
    hostRequest: (next) => async (request, context) => {
      if (request.method !== 'tools/call') return next(request, context);
      if (context.era !== '2026') {
        for (const [round, { method, params }] of questions.entries()) {
          if (!asked.begin(round)) continue;
          if (isLast(round)) onLast(request);
          await context.request('to-host', method, params);
        }
        return next(request, context);
      }
      const answered = asked.answeredBy(request);
      const round = answered === undefined ? 0 : answered + 1;
      const question = questions[round];
      if (question && asked.begin(round)) {
        if (isLast(round)) onLast(request);
        return inputRequired(question, asked.stateOf(round));
      }
      return next(answered === undefined ? request : withoutAnswers(request), context);
    },
  };
}

/** Keeps each round of questions to once per episode, and knows them again by the state that hosts send back. */
function createRounds() {
  const begun = new Map<JsonValue, number>();
  const stateOf = (round: number): string => `round-${round + 1}`;
  return {
    stateOf,
    /** True the first time, so that nobody is asked twice. */
    begin(round: number): boolean {
      const state = stateOf(round);
      if (begun.has(state)) return false;
      begun.set(state, round);
      return true;
    },
    /** The round whose answers a request brings; undefined for a request that brings none. */
    answeredBy: ({ params }: McpRequest): number | undefined => begun.get(params?.['requestState'] ?? null),
  };
}

function inputRequired({ method, params }: Question, requestState: string): McpReply {
  return resultReply({
    resultType: 'input_required',
    inputRequests: { question: { method, params } },
    requestState,
  });
}

/** The request as the host would have sent it to a service that asks nothing. */
function withoutAnswers({ params, ...request }: McpRequest): McpRequest {
  const { requestState: _state, inputResponses: _answers, ...original } = params ?? {};
  return { ...request, params: original };
}
