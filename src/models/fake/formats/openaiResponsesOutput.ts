import type { JsonObject } from '../../../contracts/json.ts';
import type { FakeReply, ReplyCall } from '../reply.ts';
import { type Answer, namedEventAnswer, piecesOf } from '../wireFormat.ts';

/** An item of a response, under an id by which later requests may refer to it. */
export type OutputItem = JsonObject & { readonly id: string; readonly type: string };

export function outputOf(reply: FakeReply): readonly OutputItem[] {
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
      ...placeOf(tool),
      arguments: text,
    })),
  ];
}

/** The name of a tool, and its namespace where it has one. */
function placeOf(tool: string): JsonObject {
  const dot = tool.indexOf('.');
  return dot < 0 ? { name: tool } : { name: tool.slice(dot + 1), namespace: tool.slice(0, dot) };
}

function contentOf({ end, text }: FakeReply): JsonObject {
  return end === 'refusal'
    ? { type: 'refusal', refusal: text }
    : { type: 'output_text', text, annotations: [], logprobs: [] };
}

function isCutShort({ end }: FakeReply): boolean {
  return end === 'length' || end === 'content-filter';
}

export function response(reply: FakeReply, output: readonly OutputItem[] | 'in_progress'): JsonObject {
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

export function streamed(reply: FakeReply, output: readonly OutputItem[]): Answer {
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
  const call = reply.calls.find(({ id }) => id === each['call_id']);
  const begun = { ...each, status: 'in_progress', ...(call ? { arguments: '' } : { content: [] }) };
  return [
    { type: 'response.output_item.added', output_index: index, item: begun },
    ...(call ? callEvents(call, place) : messageEvents(reply, place)),
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

function callEvents({ tool, text }: ReplyCall, place: JsonObject): Event[] {
  return [
    ...piecesOf(text).map((delta) => ({
      type: 'response.function_call_arguments.delta',
      ...place,
      delta,
    })),
    { type: 'response.function_call_arguments.done', ...place, ...placeOf(tool), arguments: text },
  ];
}
