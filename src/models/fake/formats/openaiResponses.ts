import { z } from 'zod';
import type { JsonObject } from '../../../contracts/json.ts';
import { allowedTools, contentText, message, parsedArguments, toolNamed } from '../conversation.ts';
import type { FakeReply } from '../reply.ts';
import { jsonObject, textOrParts, toolName } from '../schemas.ts';
import type { FakeMessage } from '../turn.ts';
import {
  type Answer,
  BadRequest,
  jsonAnswer,
  namedEventAnswer,
  piecesOf,
  type WireFormat,
} from '../wireFormat.ts';
import { openAiFailure } from './openaiFailure.ts';

const said = z.looseObject({
  type: z.literal('message').optional(),
  role: z.enum(['system', 'developer', 'user', 'assistant']),
  content: textOrParts,
});
const called = z.looseObject({
  type: z.literal('function_call'),
  call_id: z.string(),
  name: z.string(),
  arguments: z.string(),
});
const returned = z.looseObject({
  type: z.literal('function_call_output'),
  call_id: z.string(),
  output: textOrParts,
});
const referred = z.looseObject({ type: z.literal('item_reference'), id: z.string() });
/** Reasoning and the calls of the provider's own tools; no policy looks at them. */
const passed = z.looseObject({
  type: z.string().regex(/^(?!message$|function_call$|function_call_output$|item_reference$)[a-z_]{1,100}$/),
});
const item = z.union([said, called, returned, referred, passed]);
type Item = z.infer<typeof item>;

const responsesRequest = z.object({
  model: z.string().min(1).max(500),
  input: z.union([z.string(), z.array(item).min(1)]),
  instructions: z.string().nullish(),
  tools: z
    .array(
      z.union([
        z.looseObject({
          type: z.literal('function'),
          name: toolName,
          description: z.string().nullish(),
          parameters: jsonObject.nullish(),
        }),
        z.looseObject({ type: z.string().regex(/^(?!function$)/) }),
      ]),
    )
    .nullish(),
  tool_choice: z
    .union([
      z.enum(['auto', 'none', 'required']),
      z.looseObject({ type: z.string(), name: z.string().optional() }),
    ])
    .nullish(),
  text: z
    .looseObject({ format: z.looseObject({ type: z.string(), schema: jsonObject.optional() }).optional() })
    .nullish(),
  stream: z.boolean().nullish(),
});

/** Items that are kept so that later requests can refer to them. */
const mostItems = 5_000;

/** OpenAI responses. It remembers what it said, since clients may send a reference in place of an item. */
export function createOpenAiResponses(): WireFormat {
  const remembered = new Map<string, JsonObject>();
  const remember = (items: readonly OutputItem[]): void => {
    for (const each of items) remembered.set(each.id, each);
    for (const id of remembered.keys()) {
      if (remembered.size <= mostItems) break;
      remembered.delete(id);
    }
  };
  const resolve = (each: Item): Item => {
    if (!isReference(each)) return each;
    const known = remembered.get(each.id);
    if (known === undefined) throw new BadRequest(`Item with id ${JSON.stringify(each.id)} not found.`, 404);
    return item.parse(known);
  };
  return {
    id: 'openai-responses',
    serves: (path) => path === '/v1/responses',
    read(_url, body) {
      const request = responsesRequest.parse(body);
      const items = typeof request.input === 'string' ? [] : request.input.map(resolve);
      demandPairedItems(items);
      const messages = [
        ...(request.instructions ? [message('system', request.instructions)] : []),
        ...(typeof request.input === 'string' ? [message('user', request.input)] : []),
        ...items.flatMap(readItem),
      ];
      const schema = request.text?.format?.schema;
      return {
        turn: {
          model: request.model,
          messages,
          ...allowedTools(toolsOf(request.tools), choiceOf(request.tool_choice)),
          ...(schema && { schema }),
          stream: request.stream ?? false,
        },
        answer: (reply) => {
          const output = outputOf(reply);
          remember(output);
          return request.stream ? streamed(reply, output) : jsonAnswer(response(reply, output));
        },
      };
    },
    failure: openAiFailure,
  };
}

type Request = z.infer<typeof responsesRequest>;

function toolsOf(tools: Request['tools']) {
  const functions = z.array(
    z.looseObject({ name: z.string(), description: z.string().nullish(), parameters: jsonObject.nullish() }),
  );
  return functions
    .parse((tools ?? []).filter(({ type }) => type === 'function'))
    .map(({ name, description, parameters }) => toolNamed(name, description, parameters));
}

function choiceOf(choice: Request['tool_choice']): Parameters<typeof allowedTools>[1] {
  if (typeof choice === 'string') return { mode: choice };
  return choice?.name === undefined ? { mode: 'auto' } : { tools: [choice.name] };
}

function isReference(each: Item): each is z.infer<typeof referred> {
  return each.type === 'item_reference';
}

function isCall(each: Item): each is z.infer<typeof called> {
  return each.type === 'function_call';
}

function isOutput(each: Item): each is z.infer<typeof returned> {
  return each.type === 'function_call_output';
}

function isSaid(each: Item): each is z.infer<typeof said> {
  return 'role' in each && (each.type === undefined || each.type === 'message');
}

function readItem(each: Item): FakeMessage[] {
  if (isCall(each)) {
    const call = { id: each.call_id, tool: each.name, arguments: parsedArguments(each.arguments) };
    return [message('assistant', '', { calls: [call] })];
  }
  if (isOutput(each))
    return [message('tool', '', { results: [{ call: each.call_id, text: contentText(each.output) }] })];
  if (!isSaid(each)) return [];
  const role = each.role === 'developer' ? 'system' : each.role;
  return [message(role, contentText(each.content))];
}

function demandPairedItems(items: readonly Item[]): void {
  const calls = new Set(items.filter(isCall).map((each) => each.call_id));
  const outputs = new Set(items.filter(isOutput).map((each) => each.call_id));
  for (const id of calls)
    if (!outputs.has(id)) throw new BadRequest(`No tool output found for function call ${id.slice(0, 100)}.`);
  for (const id of outputs)
    if (!calls.has(id))
      throw new BadRequest(`No tool call found for function call output with call_id ${id.slice(0, 100)}.`);
}

type OutputItem = JsonObject & { readonly id: string; readonly type: string };

function outputOf(reply: FakeReply): readonly OutputItem[] {
  const status = isCutShort(reply) ? 'incomplete' : 'completed';
  const spoken: readonly OutputItem[] =
    reply.text === ''
      ? []
      : [{ id: `msg_${reply.n}`, type: 'message', status, role: 'assistant', content: [contentOf(reply)] }];
  return [
    ...spoken,
    ...reply.calls.map(({ id, tool, text }, place) => ({
      id: `fc_${reply.n}_${place}`,
      type: 'function_call',
      status,
      call_id: id,
      name: tool,
      arguments: text,
    })),
  ];
}

function contentOf({ end, text }: FakeReply): JsonObject {
  return end === 'refusal'
    ? { type: 'refusal', refusal: text }
    : { type: 'output_text', text, annotations: [], logprobs: [] };
}

function isCutShort({ end }: FakeReply): boolean {
  return end === 'length' || end === 'content-filter';
}

function response(reply: FakeReply, output: readonly OutputItem[] | 'in_progress'): JsonObject {
  const running = output === 'in_progress';
  const reason = reply.end === 'length' ? 'max_output_tokens' : 'content_filter';
  const ended = isCutShort(reply) ? 'incomplete' : 'completed';
  return {
    id: `resp_${reply.n}`,
    object: 'response',
    created_at: reply.created,
    status: running ? 'in_progress' : ended,
    error: null,
    incomplete_details: !running && isCutShort(reply) ? { reason } : null,
    model: reply.model,
    output: running ? [] : output,
    parallel_tool_calls: true,
    tool_choice: 'auto',
    tools: [],
    usage: running
      ? null
      : {
          input_tokens: reply.inputTokens,
          input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
          output_tokens: reply.outputTokens,
          output_tokens_details: { reasoning_tokens: 0 },
          total_tokens: reply.inputTokens + reply.outputTokens,
        },
  };
}

type Event = JsonObject & { readonly type: string };

function streamed(reply: FakeReply, output: readonly OutputItem[]): Answer {
  const events: Event[] = [
    { type: 'response.created', response: response(reply, 'in_progress') },
    { type: 'response.in_progress', response: response(reply, 'in_progress') },
    ...output.flatMap((each, index) => itemEvents(reply, each, index)),
    {
      type: isCutShort(reply) ? 'response.incomplete' : 'response.completed',
      response: response(reply, output),
    },
  ];
  return namedEventAnswer(events.map((event, number) => ({ ...event, sequence_number: number })));
}

function itemEvents(reply: FakeReply, each: OutputItem, index: number): Event[] {
  const place = { item_id: each.id, output_index: index };
  const isMessage = each.type === 'message';
  const begun = { ...each, status: 'in_progress', ...(isMessage ? { content: [] } : { arguments: '' }) };
  return [
    { type: 'response.output_item.added', output_index: index, item: begun },
    ...(isMessage ? messageEvents(reply, place) : callEvents(each, place)),
    { type: 'response.output_item.done', output_index: index, item: each },
  ];
}

function messageEvents(reply: FakeReply, item: JsonObject): Event[] {
  const place = { ...item, content_index: 0 };
  const part = contentOf(reply);
  const refused = reply.end === 'refusal';
  const kind = refused ? 'response.refusal' : 'response.output_text';
  const begun = { ...part, ...(refused ? { refusal: '' } : { text: '' }) };
  return [
    { type: 'response.content_part.added', ...place, part: begun },
    ...piecesOf(reply.text).map((delta) => ({
      type: `${kind}.delta`,
      ...place,
      delta,
      ...(!refused && { logprobs: [] }),
    })),
    {
      type: `${kind}.done`,
      ...place,
      ...(refused ? { refusal: reply.text } : { text: reply.text, logprobs: [] }),
    },
    { type: 'response.content_part.done', ...place, part },
  ];
}

function callEvents({ name, arguments: text }: OutputItem, place: JsonObject): Event[] {
  return [
    ...piecesOf(String(text)).map((delta) => ({
      type: 'response.function_call_arguments.delta',
      ...place,
      delta,
    })),
    { type: 'response.function_call_arguments.done', ...place, name, arguments: text },
  ];
}
