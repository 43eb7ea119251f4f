import type { AnswerQuestion, ServiceAnswer, ServiceQuestion } from '../contracts/agent.ts';
import { type JsonObject, type JsonValue, stringsIn } from '../contracts/json.ts';
import type { Connection, ConnectionOptions } from './connection.ts';
import { contentText } from './content.ts';

/**
 * Answers what a service asks of the user (elicitation) and of the host's model (sampling), in both eras: the SDK
 * brings the questions inside `input_required` results to the same handlers.
 * @param answering how the agent answers now; undefined while it reads no questions, and all are declined
 */
export function answerQuestions(
  { service, client }: Connection,
  options: ConnectionOptions,
  answering: () => AnswerQuestion | undefined,
): void {
  const ask = async (question: ServiceQuestion): Promise<ServiceAnswer> => {
    const answer = answering();
    if (!answer) return { kind: 'decline' };
    options.onReading?.({ service, kind: 'question', text: question.text });
    return answer(question);
  };
  client.setRequestHandler('elicitation/create', async ({ params }) => {
    const url = 'url' in params && typeof params.url === 'string' ? params.url : undefined;
    const form = 'requestedSchema' in params ? params.requestedSchema : undefined;
    const properties: Readonly<Record<string, unknown>> = form?.properties ?? {};
    const fields = Object.keys(properties);
    const given = await ask({
      service,
      kind: url === undefined ? 'form' : 'url',
      text: [params.message, ...fields, ...stringsIn(properties), ...(url === undefined ? [] : [url])].join(
        '\n',
      ),
      fields,
      ...(form && { schema: form as JsonObject }),
      ...(url !== undefined && { url }),
    });
    if (given.kind !== 'accept') return { action: 'decline' };
    return { action: 'accept', ...(url === undefined && { content: plainValues(given.content) }) };
  });
  client.setRequestHandler('sampling/createMessage', async ({ params }) => {
    const texts = params.messages.map(({ content }) =>
      contentText((Array.isArray(content) ? content : [content]) as readonly JsonValue[]),
    );
    const text = [params.systemPrompt, ...texts].filter(Boolean).join('\n');
    const given = await ask({ service, kind: 'sampling', text, fields: [] });
    return {
      model: given.kind === 'say' ? (given.model ?? 'scripted') : 'none',
      role: 'assistant',
      stopReason: 'endTurn',
      content: {
        type: 'text',
        text: given.kind === 'say' ? given.text : 'This host answers no questions of services.',
      },
    };
  });
}

type FormValue = string | number | boolean | string[];

/** Forms hold flat values only (specification, client/elicitation). */
function plainValues(content: JsonObject): Record<string, FormValue> {
  return Object.fromEntries(
    Object.entries(content).flatMap(([key, value]) =>
      value === undefined || value === null ? [] : [[key, plainValue(value)] as const],
    ),
  );
}

function plainValue(value: Exclude<JsonValue, null>): FormValue {
  if (typeof value !== 'object') return value;
  return Array.isArray(value) ? value.map(String) : JSON.stringify(value);
}
