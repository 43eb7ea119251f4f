import { isJsonObject, type JsonValue } from '../../../contracts/json.ts';
import { dig, digCount, digList, digText } from './dig.ts';
import { type ModelApi, readable, type SeenCall } from './modelApi.ts';

const finishes = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  tool_use: 'tool-calls',
  max_tokens: 'length',
  refusal: 'content-filter',
} as const;

/** Anthropic's messages. */
export const anthropic: ModelApi = {
  id: 'anthropic',
  isAt: (path) => path.endsWith('/messages'),
  readRequest(body) {
    const system = readable(dig(body, 'system'));
    return {
      model: digText(body, 'model'),
      messages: [
        ...(system === '' ? [] : [{ role: 'system', text: system }]),
        ...digList(body, 'messages').map((message) => ({
          role: digText(message, 'role'),
          text: readable(dig(message, 'content')),
        })),
      ],
      tools: digList(body, 'tools')
        .filter(isJsonObject)
        .map((definition) => ({ name: digText(definition, 'name'), definition })),
    };
  },
  readReply(chunks) {
    const { text, calls } = joinBlocks(chunks);
    // A whole answer has at its top what a stream tells in its first and its last events.
    const tops = chunks.flatMap((chunk) => [chunk, dig(chunk, 'message'), dig(chunk, 'delta')]);
    const finish = tops.map((top) => digText(top, 'stop_reason')).findLast(Boolean) ?? '';
    const version = tops.map((top) => digText(top, 'model')).find(Boolean);
    const counts = (name: string): number =>
      tops.map((top) => digCount(top, 'usage', name)).findLast((count) => count > 0) ?? 0;
    return {
      text,
      calls,
      finish: Object.hasOwn(finishes, finish) ? finishes[finish as keyof typeof finishes] : 'other',
      inputTokens: counts('input_tokens'),
      outputTokens: counts('output_tokens'),
      ...(version !== undefined && { version }),
    };
  },
};

/** The blocks of an answer: whole, or from their beginnings and the pieces that follow. */
function joinBlocks(chunks: readonly JsonValue[]): { text: string; calls: SeenCall[] } {
  const blocks = chunks.flatMap((chunk) => [
    ...digList(chunk, 'content'),
    ...[dig(chunk, 'content_block')].filter(isJsonObject),
  ]);
  const pieces = chunks.filter((chunk) => digText(chunk, 'type') === 'content_block_delta');
  const places = chunks.filter((chunk) => digText(chunk, 'type') === 'content_block_start');
  const argumentsOf = (block: JsonValue): JsonValue => {
    const place = places.find((start) => dig(start, 'content_block') === block);
    const text = pieces
      .filter((piece) => place !== undefined && dig(piece, 'index') === dig(place, 'index'))
      .map((piece) => digText(piece, 'delta', 'partial_json'))
      .join('');
    return text === '' ? (dig(block, 'input') ?? {}) : text;
  };
  return {
    text: [
      ...blocks.map((block) => digText(block, 'text')),
      ...pieces.map((piece) => digText(piece, 'delta', 'text')),
    ].join(''),
    calls: blocks
      .filter((block) => digText(block, 'type') === 'tool_use')
      .map((block) => ({ tool: digText(block, 'name'), arguments: argumentsOf(block) })),
  };
}
