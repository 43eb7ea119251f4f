import { isJsonObject, type JsonObject } from '../../../contracts/json.ts';
import { dig, digCount, digList, digText } from './dig.ts';
import { type ModelApi, readable, type SeenTool } from './modelApi.ts';

/** OpenAI's responses. */
export const openaiResponses: ModelApi = {
  id: 'openai-responses',
  isAt: (path) => path.endsWith('/responses'),
  readRequest(body) {
    const instructions = digText(body, 'instructions');
    const input = dig(body, 'input');
    const items = typeof input === 'string' ? [{ role: 'user', content: input }] : digList(input);
    return {
      model: digText(body, 'model'),
      messages: [
        ...(instructions === '' ? [] : [{ role: 'system', text: instructions }]),
        ...items.map((item) => ({
          role: digText(item, 'role') || digText(item, 'type'),
          text: readable(item),
        })),
      ],
      tools: digList(body, 'tools').filter(isJsonObject).flatMap(toolsIn),
    };
  },
  readReply(chunks) {
    // The last event of a stream holds the whole answer.
    const whole = chunks
      .map((chunk) => dig(chunk, 'response') ?? chunk)
      .findLast((each) => isJsonObject(dig(each, 'usage')));
    const response = whole ?? chunks.at(-1);
    const output = digList(response, 'output');
    const version = digText(response, 'model');
    const calls = output
      .filter((item) => digText(item, 'type') === 'function_call')
      .map((item) => ({
        tool: [digText(item, 'namespace'), digText(item, 'name')].filter(Boolean).join('.'),
        arguments: digText(item, 'arguments'),
      }));
    const cut = digText(response, 'incomplete_details', 'reason');
    const ended = digText(response, 'status') === 'completed' ? 'stop' : 'other';
    return {
      text: output
        .filter((item) => digText(item, 'type') === 'message')
        .flatMap((item) => digList(item, 'content').map((part) => digText(part, 'text')))
        .join(''),
      calls,
      finish: cut === 'max_output_tokens' ? 'length' : calls.length > 0 ? 'tool-calls' : ended,
      inputTokens: digCount(response, 'usage', 'input_tokens'),
      outputTokens: digCount(response, 'usage', 'output_tokens'),
      ...(version !== '' && { version }),
    };
  },
};

/**
 * A tool by its name or, where it is one of the provider's own, its type; each tool of a namespace for itself, with what
 * is said of the namespace.
 */
function toolsIn(definition: JsonObject): SeenTool[] {
  const name = digText(definition, 'name') || digText(definition, 'type');
  const members = digList(definition, 'tools').filter(isJsonObject);
  if (members.length === 0) return [{ name, definition }];
  const { tools: _, ...namespace } = definition;
  return members.map((member) => ({
    name: `${name}.${digText(member, 'name')}`,
    definition: { namespace, ...member },
  }));
}
