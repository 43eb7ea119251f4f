import { isJsonObject } from '../../../contracts/json.ts';
import { dig, digCount, digList, digText } from './dig.ts';
import { type ModelApi, readable } from './modelApi.ts';

const method = /\/models\/([^/:]{1,200}):(?:generateContent|streamGenerateContent)$/;

/** Google's generateContent. */
export const google: ModelApi = {
  id: 'google',
  isAt: (path) => method.test(path),
  readRequest(body, path) {
    const system = readable(dig(body, 'systemInstruction') ?? dig(body, 'system_instruction'));
    return {
      model: method.exec(path)?.[1] ?? '',
      messages: [
        ...(system === '' ? [] : [{ role: 'system', text: system }]),
        ...digList(body, 'contents').map((content) => ({
          role: digText(content, 'role') || 'user',
          text: readable(dig(content, 'parts')),
        })),
      ],
      tools: digList(body, 'tools')
        .flatMap((tool) => digList(tool, 'functionDeclarations'))
        .filter(isJsonObject)
        .map((definition) => ({ name: digText(definition, 'name'), definition })),
    };
  },
  readReply(chunks) {
    // Without server-sent events a stream is one list.
    const all = chunks.flatMap((chunk) => (Array.isArray(chunk) ? digList(chunk) : [chunk]));
    const candidates = all.map((each) => dig(each, 'candidates', 0));
    const parts = candidates.flatMap((candidate) => digList(candidate, 'content', 'parts'));
    const calls = parts
      .map((part) => dig(part, 'functionCall'))
      .filter(isJsonObject)
      .map((call) => ({ tool: digText(call, 'name'), arguments: dig(call, 'args') ?? {} }));
    const finish = candidates.map((candidate) => digText(candidate, 'finishReason')).findLast(Boolean) ?? '';
    const usage = all.map((each) => dig(each, 'usageMetadata')).findLast(isJsonObject);
    const version = all.map((each) => digText(each, 'modelVersion')).find(Boolean);
    return {
      text: parts.map((part) => digText(part, 'text')).join(''),
      calls,
      finish: finishOf(finish, calls.length > 0),
      inputTokens: digCount(usage, 'promptTokenCount'),
      outputTokens: digCount(usage, 'candidatesTokenCount'),
      ...(version !== undefined && { version }),
    };
  },
};

function finishOf(
  finish: string,
  hasCalls: boolean,
): 'stop' | 'tool-calls' | 'length' | 'content-filter' | 'other' {
  if (finish === 'STOP') return hasCalls ? 'tool-calls' : 'stop';
  if (finish === 'MAX_TOKENS') return 'length';
  return finish === 'SAFETY' ? 'content-filter' : 'other';
}
