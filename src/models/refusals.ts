import { isJsonObject, type JsonObject, type JsonValue } from '../contracts/json.ts';
import { jsonResponse } from './jsonResponse.ts';

/**
 * OpenAI says a refusal in a member of its own, which its SDK leaves out (chat completions) or cannot read (responses).
 * A refusal is what the model answers: here it becomes the answer's text, and the answer ends as a filtered one.
 */
export function tellingRefusals(inner: typeof fetch): typeof fetch {
  return async (input, init) => {
    const answer = await inner(input, init);
    return jsonResponse(withRefusalsAsText(await answer.text()), answer.status);
  };
}

function withRefusalsAsText(body: string): string {
  if (!body.includes('"refusal"')) return body;
  try {
    return JSON.stringify(toldIn(JSON.parse(body) as JsonValue));
  } catch {
    // The SDK says what is wrong with it.
    return body;
  }
}

function toldIn(answer: JsonValue): JsonValue {
  if (!isJsonObject(answer)) return answer;
  const { choices, output } = answer;
  if (Array.isArray(choices)) return { ...answer, choices: choices.map(toldInChoice) };
  if (!Array.isArray(output)) return answer;
  const told = output.map(toldInItem);
  const refused = told.some((item, place) => item !== output[place]);
  return refused ? { ...answer, output: told, incomplete_details: { reason: 'content_filter' } } : answer;
}

/** Of chat completions. */
function toldInChoice(choice: JsonValue): JsonValue {
  const message = isJsonObject(choice) ? choice['message'] : undefined;
  if (!isJsonObject(choice) || !isJsonObject(message)) return choice;
  const { content, refusal } = message;
  if (content || typeof refusal !== 'string' || refusal === '') return choice;
  return { ...choice, message: { ...message, content: refusal }, finish_reason: 'content_filter' };
}

/** Of responses; the same item when nothing in it is a refusal. */
function toldInItem(item: JsonValue): JsonValue {
  const parts = isJsonObject(item) ? item['content'] : undefined;
  if (!isJsonObject(item) || !Array.isArray(parts) || !parts.some(isRefusal)) return item;
  const content = parts.map((part: JsonValue) =>
    isRefusal(part) ? { type: 'output_text', text: part['refusal'], annotations: [] } : part,
  );
  return { ...item, content };
}

function isRefusal(part: JsonValue): part is JsonObject {
  return isJsonObject(part) && part['type'] === 'refusal';
}
