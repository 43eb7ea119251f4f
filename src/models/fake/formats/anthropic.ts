import { z } from 'zod';
import type { JsonObject } from '../../../contracts/json.ts';
import { allowedTools, contentText, demandPairedCalls, message, toolNamed } from '../conversation.ts';
import { type FakeReply, inputTokens, type ReplyCall } from '../reply.ts';
import { contentParts, jsonObject, textOrParts, toolName } from '../schemas.ts';
import type { FakeMessage } from '../turn.ts';
import {
  type Answer,
  type Failure,
  jsonAnswer,
  namedEventAnswer,
  piecesOf,
  type WireFormat,
} from '../wireFormat.ts';

const block = z.union([
  z.looseObject({
    type: z.literal('tool_use'),
    id: z.string().regex(/^[a-zA-Z0-9_-]+$/),
    name: z.string(),
    input: jsonObject,
  }),
  z.looseObject({
    type: z.literal('tool_result'),
    tool_use_id: z.string(),
    content: textOrParts.optional(),
    is_error: z.boolean().optional(),
  }),
  z.looseObject({
    type: z
      .string()
      .max(100)
      .regex(/^(?!tool_use$|tool_result$)/),
    text: z.string().optional(),
  }),
]);
type Block = z.infer<typeof block>;

const anthropicMessage = z.object({
  role: z.enum(['user', 'assistant', 'system']),
  content: z.union([z.string(), z.array(block)]),
});

const counted = {
  model: z.string().min(1).max(500),
  system: z.union([z.string(), contentParts]).optional(),
  messages: z.array(anthropicMessage).min(1),
  tools: z
    .array(
      z.looseObject({
        type: z.string().optional(),
        name: toolName,
        description: z.string().optional(),
        input_schema: jsonObject.optional(),
      }),
    )
    .optional(),
  tool_choice: z
    .looseObject({ type: z.enum(['auto', 'any', 'none', 'tool']), name: z.string().optional() })
    .optional(),
  output_config: z
    .looseObject({ format: z.looseObject({ type: z.string(), schema: jsonObject.optional() }).nullish() })
    .optional(),
};

const messagesRequest = z.object({
  ...counted,
  max_tokens: z.int().positive(),
  stream: z.boolean().optional(),
});
const countRequest = z.object(counted);

const countPath = '/v1/messages/count_tokens';

/** Anthropic messages. */
export const anthropic: WireFormat = {
  id: 'anthropic',
  serves: (path) => path === '/v1/messages' || path === countPath,
  read(url, body) {
    const counting = url.pathname === countPath;
    const request = counting ? { ...countRequest.parse(body), stream: false } : messagesRequest.parse(body);
    const messages = [
      ...(request.system === undefined ? [] : [message('system', contentText(request.system))]),
      ...request.messages.flatMap(readMessage),
    ];
    demandPairedCalls(messages);
    // Tools without a schema are the provider's own and run on its side.
    const tools = (request.tools ?? []).flatMap(({ name, description, input_schema }) =>
      input_schema ? [toolNamed(name, description, input_schema)] : [],
    );
    const { type = 'auto', name = '' } = request.tool_choice ?? {};
    const schema = request.output_config?.format?.schema;
    const turn = {
      model: request.model,
      messages,
      ...allowedTools(
        tools,
        type === 'tool' ? { tools: [name] } : { mode: type === 'any' ? 'required' : type },
      ),
      ...(schema && { schema }),
      stream: request.stream ?? false,
    };
    return {
      turn,
      answer: (reply) => {
        if (counting) return jsonAnswer({ input_tokens: inputTokens(turn) });
        return turn.stream ? streamed(reply) : jsonAnswer(wholeMessage(reply));
      },
    };
  },
  failure,
};

/** Results of tools stand in messages of the user here. */
function readMessage({ role, content }: z.infer<typeof anthropicMessage>): FakeMessage[] {
  if (typeof content === 'string') return [message(role, content)];
  const results = content.flatMap((each) =>
    isResult(each) ? [{ call: each.tool_use_id, text: contentText(each.content) }] : [],
  );
  const calls = content.flatMap((each) =>
    isUse(each) ? [{ id: each.id, tool: each.name, arguments: each.input }] : [],
  );
  const rest = content.flatMap((each) =>
    isUse(each) || isResult(each) ? [] : [{ type: each.type, text: each.text }],
  );
  return [
    ...(results.length > 0 ? [message('tool', '', { results })] : []),
    ...(rest.length > 0 || calls.length > 0 ? [message(role, contentText(rest), { calls })] : []),
  ];
}

function isUse(each: Block): each is Extract<Block, { type: 'tool_use' }> {
  return each.type === 'tool_use';
}

function isResult(each: Block): each is Extract<Block, { type: 'tool_result' }> {
  return each.type === 'tool_result';
}

function wholeMessage(reply: FakeReply): JsonObject {
  return {
    ...frame(reply),
    content: [
      ...(reply.text === '' ? [] : [{ type: 'text', text: reply.text }]),
      ...reply.calls.map((call) => ({ ...useShape(call), input: call.value ?? call.text })),
    ],
    stop_reason: stopReason(reply),
    stop_details: stopDetails(reply),
    usage: usage(reply, reply.outputTokens),
  };
}

function streamed(reply: FakeReply): Answer {
  const blocks = [
    ...(reply.text === '' ? [] : [{ start: { type: 'text', text: '' }, deltas: textDeltas(reply.text) }]),
    ...reply.calls.map((call) => ({
      start: { ...useShape(call), input: {} },
      deltas: piecesOf(call.text).map((piece) => ({ type: 'input_json_delta', partial_json: piece })),
    })),
  ];
  return namedEventAnswer([
    {
      type: 'message_start',
      message: { ...frame(reply), content: [], stop_reason: null, usage: usage(reply, 1) },
    },
    { type: 'ping' },
    ...blocks.flatMap(({ start, deltas }, index) => [
      { type: 'content_block_start', index, content_block: start },
      ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
      { type: 'content_block_stop', index },
    ]),
    {
      type: 'message_delta',
      delta: { stop_reason: stopReason(reply), stop_sequence: null, stop_details: stopDetails(reply) },
      usage: usage(reply, reply.outputTokens),
    },
    { type: 'message_stop' },
  ]);
}

function textDeltas(text: string): JsonObject[] {
  return piecesOf(text).map((piece) => ({ type: 'text_delta', text: piece }));
}

function frame({ n, model }: FakeReply): JsonObject {
  return { id: `msg_${n}`, type: 'message', role: 'assistant', model, stop_sequence: null };
}

function useShape({ id, tool }: ReplyCall): JsonObject {
  return { type: 'tool_use', id, name: tool, caller: { type: 'direct' } };
}

/** The provider's own filter ends a reply as a refusal. */
function stopReason({ end }: FakeReply): string {
  if (end === 'tool-calls') return 'tool_use';
  if (end === 'length') return 'max_tokens';
  return end === 'stop' ? 'end_turn' : 'refusal';
}

function stopDetails(reply: FakeReply): JsonObject | null {
  return stopReason(reply) === 'refusal' ? { type: 'refusal', category: null, explanation: null } : null;
}

function usage({ inputTokens: input }: FakeReply, output: number): JsonObject {
  return {
    input_tokens: input,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens: output,
    server_tool_use: null,
  };
}

const errorTypes: ReadonlyMap<number, string> = new Map([
  [401, 'authentication_error'],
  [403, 'permission_error'],
  [404, 'not_found_error'],
  [413, 'request_too_large'],
  [429, 'rate_limit_error'],
  [529, 'overloaded_error'],
]);

function failure({ status, message: text, n }: Failure): JsonObject {
  const type = errorTypes.get(status) ?? (status < 500 ? 'invalid_request_error' : 'api_error');
  return { type: 'error', error: { type, message: text }, request_id: `req_${n}` };
}
