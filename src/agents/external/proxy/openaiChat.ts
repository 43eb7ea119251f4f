import { isJsonObject, type JsonValue } from '../../../contracts/json.ts';
import { dig, digCount, digList, digText } from './dig.ts';
import { type ModelApi, readable } from './modelApi.ts';

const finishes = {
  stop: 'stop',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  length: 'length',
  content_filter: 'content-filter',
} as const;

/** OpenAI's chat completions, and what speaks like them. */
export const openaiChat: ModelApi = {
  id: 'openai-chat',
  isAt: (path) => path.endsWith('/chat/completions'),
  readRequest: (body) => ({
    model: digText(body, 'model'),
    messages: digList(body, 'messages').map((message) => ({
      role: digText(message, 'role'),
      text: readable(message),
    })),
    tools: digList(body, 'tools')
      .map((tool) => dig(tool, 'function'))
      .filter(isJsonObject)
      .map((definition) => ({ name: digText(definition, 'name'), definition })),
  }),
  readReply(chunks) {
    const choices = chunks.map((chunk) => dig(chunk, 'choices', 0));
    const said = choices.map((choice) => dig(choice, 'delta') ?? dig(choice, 'message'));
    const finish = choices.map((choice) => digText(choice, 'finish_reason')).findLast(Boolean) ?? '';
    const version = chunks.map((chunk) => digText(chunk, 'model')).find(Boolean);
    const usage = chunks.map((chunk) => dig(chunk, 'usage')).findLast(isJsonObject);
    return {
      text: said.map((part) => digText(part, 'content')).join(''),
      calls: joinCalls(said.flatMap((part) => digList(part, 'tool_calls'))),
      finish: Object.hasOwn(finishes, finish) ? finishes[finish as keyof typeof finishes] : 'other',
      inputTokens: digCount(usage, 'prompt_tokens'),
      outputTokens: digCount(usage, 'completion_tokens'),
      ...(version !== undefined && { version }),
    };
  },
};

/** The pieces of a call have its place in common; whole calls have none, or one each. */
function joinCalls(pieces: readonly JsonValue[]): { tool: string; arguments: string }[] {
  const calls = new Map<JsonValue, { tool: string; arguments: string }>();
  for (const piece of pieces) {
    const place = dig(piece, 'index') ?? digText(piece, 'id');
    const call = calls.get(place) ?? { tool: '', arguments: '' };
    call.tool += digText(piece, 'function', 'name');
    call.arguments += digText(piece, 'function', 'arguments');
    calls.set(place, call);
  }
  return [...calls.values()];
}
