import type { ToolCall } from '../../contracts/goal.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../contracts/json.ts';
import { type McpReply, type McpRequest, resultReply, type Tap } from '../../contracts/wire.ts';
import { callIn } from './plan.ts';

/** A question that a service asks the user while it answers a call (MCP specification, client/elicitation). */
export interface Question {
  readonly name: string;
  /** Params of `elicitation/create`. */
  readonly params: JsonObject;
  /** Names the question in the 2026 era; nobody else's. */
  readonly key: string;
  /** Whether to ask on this call. */
  asksOn(call: ToolCall): boolean;
  /** Told the values that come back. */
  onAnswered(content: JsonObject): void;
}

const clientCapabilities = 'io.modelcontextprotocol/clientCapabilities';

/**
 * A tap at the service's end that asks on tool calls, in either era, if the host has declared that it takes questions.
 * Whatever comes back, the call itself goes on.
 */
export function askingTap(question: Question): Tap {
  let declared: JsonValue | undefined;
  return {
    name: question.name,
    hostRequest: (next) => async (request, context) => {
      if (request.method === 'initialize') declared = request.params?.['capabilities'];
      const own = ownRetry(question, request);
      if (own) {
        note(question, own.answer);
        return next(own.request, context);
      }
      const call = callIn(request, context.service);
      const modern = context.era === '2026';
      if (!call || !takesForms(modern ? declaredIn(request) : declared)) return next(request, context);
      if (isRetry(request) || !question.asksOn(call)) return next(request, context);
      if (modern) return askInResult(question);
      const reply = await context.request('to-host', 'elicitation/create', question.params);
      if (reply.kind === 'result') note(question, reply.result);
      return next(request, context);
    },
  };
}

function askInResult({ key, params }: Question): McpReply {
  return resultReply({
    resultType: 'input_required',
    inputRequests: { [key]: { method: 'elicitation/create', params } },
    requestState: key,
  });
}

/** The host's retry after our question: the answer, and the call without it. */
function ownRetry(
  { key }: Question,
  request: McpRequest,
): { readonly request: McpRequest; readonly answer: JsonValue | undefined } | undefined {
  if (request.params?.['requestState'] !== key) return undefined;
  const { requestState: _state, inputResponses, ...params } = request.params;
  const answer = isJsonObject(inputResponses) ? inputResponses[key] : undefined;
  return { request: { ...request, params }, answer };
}

/** Whether a call answers a question of the honest service. */
function isRetry({ params }: McpRequest): boolean {
  return params?.['requestState'] !== undefined || params?.['inputResponses'] !== undefined;
}

function note({ onAnswered }: Question, answer: JsonValue | undefined): void {
  const content = isJsonObject(answer) ? answer['content'] : undefined;
  if (isJsonObject(content)) onAnswered(content);
}

function declaredIn({ params }: McpRequest): JsonValue | undefined {
  return isJsonObject(params?.['_meta']) ? params['_meta'][clientCapabilities] : undefined;
}

/** A host that declares elicitation without a mode takes forms. */
function takesForms(capabilities: JsonValue | undefined): boolean {
  const elicitation = isJsonObject(capabilities) ? capabilities['elicitation'] : undefined;
  if (!isJsonObject(elicitation)) return false;
  return elicitation['form'] !== undefined || Object.keys(elicitation).length === 0;
}
