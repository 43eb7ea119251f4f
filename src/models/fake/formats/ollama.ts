import { z } from 'zod';
import type { JsonObject } from '../../../contracts/json.ts';
import { allowedTools, message, toolNamed } from '../conversation.ts';
import type { FakeReply } from '../reply.ts';
import { jsonObject } from '../schemas.ts';
import type { FakeMessage } from '../turn.ts';
import { type Answer, jsonAnswer, piecesOf, type WireFormat } from '../wireFormat.ts';

const ollamaMessage = z.object({
  role: z.enum(['system', 'user', 'assistant', 'tool']),
  content: z.string().optional(),
  images: z.array(z.string()).nullish(),
  tool_calls: z
    .array(
      z.object({
        id: z.string().optional(),
        function: z.object({ name: z.string(), arguments: jsonObject.optional() }),
      }),
    )
    .nullish(),
  tool_name: z.string().optional(),
  tool_call_id: z.string().optional(),
});

const ollamaRequest = z.object({
  model: z.string().min(1).max(500),
  messages: z.array(ollamaMessage).min(1),
  tools: z
    .array(
      z.object({
        type: z.literal('function'),
        function: z.object({
          name: z.string().min(1),
          description: z.string().optional(),
          parameters: jsonObject.optional(),
        }),
      }),
    )
    .nullish(),
  format: z.union([z.literal('json'), z.literal(''), jsonObject]).nullish(),
  stream: z.boolean().optional(),
});

/** Ollama's own chat endpoint. It streams unless told otherwise, one JSON object on each line. */
export const ollama: WireFormat = {
  id: 'ollama',
  serves: (path) => path === '/api/chat',
  read(_url, body) {
    const request = ollamaRequest.parse(body);
    const stream = request.stream ?? true;
    const tools = (request.tools ?? []).map(({ function: { name, description, parameters } }) =>
      toolNamed(name, description, parameters),
    );
    const { format } = request;
    return {
      turn: {
        model: request.model,
        messages: request.messages.map(readMessage),
        ...allowedTools(tools, { mode: 'auto' }),
        ...(typeof format === 'object' && format !== null && { schema: format }),
        stream,
      },
      answer: (reply) =>
        stream
          ? streamed(reply)
          : jsonAnswer(
              line(reply, { content: spoken(reply), ...toolCalls(reply) }, { ...ending(reply), done: true }),
            ),
    };
  },
  failure: ({ message: text }) => ({ error: text }),
};

function readMessage({
  role,
  content,
  images,
  tool_calls,
  ...tool
}: z.infer<typeof ollamaMessage>): FakeMessage {
  const text = [content ?? '', ...(images ?? []).map(() => '[image]')].filter(Boolean).join('\n');
  if (role === 'tool') return message('tool', '', { results: [{ call: tool.tool_call_id ?? '', text }] });
  const calls = (tool_calls ?? []).map(({ id, function: { name, arguments: given } }) => ({
    id: id ?? '',
    tool: name,
    arguments: given ?? {},
  }));
  return message(role, text, { calls });
}

function streamed(reply: FakeReply): Answer {
  const lines = [
    ...piecesOf(spoken(reply)).map((content) => line(reply, { content }, { done: false })),
    ...('tool_calls' in toolCalls(reply)
      ? [line(reply, { content: '', ...toolCalls(reply) }, { done: false })]
      : []),
    line(reply, { content: '' }, { ...ending(reply), done: true }),
  ];
  return { contentType: 'application/x-ndjson', pieces: lines.map((each) => `${JSON.stringify(each)}\n`) };
}

function line({ model, created }: FakeReply, said: JsonObject, end: JsonObject): JsonObject {
  const createdAt = new Date(created * 1000).toISOString();
  return { model, created_at: createdAt, message: { role: 'assistant', ...said }, ...end };
}

/** A call that cannot be parsed stays in the text. */
function spoken({ text, calls }: FakeReply): string {
  const broken = calls.filter(({ value }) => value === undefined);
  return [text, ...broken.map((call) => `${call.tool} ${call.text}`)].filter(Boolean).join('\n');
}

function toolCalls({ calls }: FakeReply): JsonObject {
  const shapes = calls.flatMap(({ id, tool, value }, index) =>
    value ? [{ id, function: { index, name: tool, arguments: value } }] : [],
  );
  return shapes.length > 0 ? { tool_calls: shapes } : {};
}

/** Durations are nanoseconds; ten milliseconds for each token here. */
function ending({ end, inputTokens, outputTokens }: FakeReply): JsonObject {
  const perToken = 10_000_000;
  return {
    done_reason: end === 'length' ? 'length' : 'stop',
    total_duration: (inputTokens + outputTokens) * perToken,
    load_duration: 0,
    prompt_eval_count: inputTokens,
    prompt_eval_duration: inputTokens * perToken,
    eval_count: outputTokens,
    eval_duration: outputTokens * perToken,
  };
}
