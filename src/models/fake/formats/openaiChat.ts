import { z } from 'zod';
import type { JsonObject } from '../../../contracts/json.ts';
import {
  allowedTools,
  contentText,
  demandPairedCalls,
  message,
  parsedArguments,
  toolNamed,
} from '../conversation.ts';
import type { FakeReply } from '../reply.ts';
import { jsonObject, textOrParts, toolName } from '../schemas.ts';
import type { FakeMessage } from '../turn.ts';
import { type Answer, eventAnswer, jsonAnswer, piecesOf, type WireFormat } from '../wireFormat.ts';
import { openAiFailure } from './openaiFailure.ts';

const toolCall = z.object({
  id: z.string(),
  type: z.literal('function'),
  function: z.object({ name: z.string(), arguments: z.string() }),
});

const chatMessage = z.discriminatedUnion('role', [
  z.object({ role: z.enum(['system', 'developer', 'user']), content: textOrParts }),
  z.object({
    role: z.literal('assistant'),
    content: textOrParts.nullish(),
    tool_calls: z.array(toolCall).nullish(),
  }),
  z.object({ role: z.literal('tool'), content: textOrParts, tool_call_id: z.string() }),
]);

const chatRequest = z.object({
  model: z.string().min(1).max(500),
  messages: z.array(chatMessage).min(1),
  tools: z
    .array(
      z.object({
        type: z.literal('function'),
        function: z.object({
          name: toolName,
          description: z.string().nullish(),
          parameters: jsonObject.nullish(),
        }),
      }),
    )
    .nullish(),
  tool_choice: z
    .union([
      z.enum(['auto', 'none', 'required']),
      z.object({ type: z.literal('function'), function: z.object({ name: z.string() }) }),
    ])
    .nullish(),
  response_format: z
    .looseObject({
      type: z.string(),
      json_schema: z.looseObject({ schema: jsonObject.optional() }).optional(),
    })
    .nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
});

/** OpenAI chat completions, which most other providers and local servers speak too. */
export const openAiChat: WireFormat = {
  id: 'openai-chat',
  serves: (path) => path === '/v1/chat/completions',
  read(_url, body) {
    const request = chatRequest.parse(body);
    const messages = request.messages.map(readMessage);
    demandPairedCalls(messages);
    const tools = (request.tools ?? []).map(({ function: { name, description, parameters } }) =>
      toolNamed(name, description, parameters),
    );
    const choice = request.tool_choice ?? 'auto';
    const schema = request.response_format?.json_schema?.schema;
    return {
      turn: {
        model: request.model,
        messages,
        ...allowedTools(
          tools,
          typeof choice === 'string' ? { mode: choice } : { tools: [choice.function.name] },
        ),
        ...(schema && { schema }),
        stream: request.stream ?? false,
      },
      answer: (reply) =>
        request.stream
          ? streamed(reply, request.stream_options?.include_usage ?? false)
          : jsonAnswer(completion(reply)),
    };
  },
  failure: openAiFailure,
};

function readMessage(each: z.infer<typeof chatMessage>): FakeMessage {
  const text = contentText(each.content);
  if (each.role === 'tool') return message('tool', '', { results: [{ call: each.tool_call_id, text }] });
  if (each.role !== 'assistant') return message(each.role === 'user' ? 'user' : 'system', text);
  const calls = (each.tool_calls ?? []).map(({ id, function: { name, arguments: given } }) => ({
    id,
    tool: name,
    arguments: parsedArguments(given),
  }));
  return message('assistant', text, { calls });
}

function completion(reply: FakeReply): JsonObject {
  const refusal = reply.end === 'refusal' ? reply.text : null;
  return {
    ...frame(reply, 'chat.completion'),
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: refusal === null && (reply.text !== '' || reply.calls.length === 0) ? reply.text : null,
          refusal,
          ...(reply.calls.length > 0 && { tool_calls: reply.calls.map(callShape) }),
        },
        logprobs: null,
        finish_reason: finishReason(reply),
      },
    ],
    usage: usage(reply),
  };
}

function streamed(reply: FakeReply, withUsage: boolean): Answer {
  const chunk = (delta: JsonObject, finish: string | null = null): JsonObject => ({
    ...frame(reply, 'chat.completion.chunk'),
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
  });
  const field = reply.end === 'refusal' ? 'refusal' : 'content';
  return eventAnswer([
    chunk({ role: 'assistant', content: reply.calls.length > 0 ? null : '', refusal: null }),
    ...piecesOf(reply.text).map((piece) => chunk({ [field]: piece })),
    ...reply.calls.flatMap((call, index) => [
      chunk({ tool_calls: [{ index, ...callShape({ ...call, text: '' }) }] }),
      ...piecesOf(call.text).map((piece) =>
        chunk({ tool_calls: [{ index, function: { arguments: piece } }] }),
      ),
    ]),
    chunk({}, finishReason(reply)),
    ...(withUsage ? [{ ...frame(reply, 'chat.completion.chunk'), choices: [], usage: usage(reply) }] : []),
    '[DONE]',
  ]);
}

function frame({ n, created, model }: FakeReply, object: string): JsonObject {
  return { id: `chatcmpl-${n}`, object, created, model };
}

function callShape({ id, tool, text }: FakeReply['calls'][number]): JsonObject {
  return { id, type: 'function', function: { name: tool, arguments: text } };
}

function finishReason({ end }: FakeReply): string {
  if (end === 'tool-calls') return 'tool_calls';
  if (end === 'content-filter') return 'content_filter';
  return end === 'length' ? 'length' : 'stop';
}

function usage({ inputTokens, outputTokens }: FakeReply): JsonObject {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0 },
  };
}
