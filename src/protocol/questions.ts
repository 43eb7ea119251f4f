import type { ServiceAnswer, ServiceQuestion } from '../contracts/agent.ts';
import { isJsonObject, type JsonValue, stringsIn } from '../contracts/json.ts';
import type { McpNotification, Tap } from '../contracts/wire.ts';
import type { Connection, ConnectionOptions } from './connection.ts';
import { contentText } from './content.ts';

/**
 * Answers what a service asks of the user (elicitation) and of the host's model (sampling), in both eras: the SDK
 * brings the questions inside `input_required` results to the same handlers.
 */
export function answerQuestions(
  { service, client }: Connection,
  options: ConnectionOptions,
  answer: (question: ServiceQuestion) => ServiceAnswer,
): void {
  const ask = (question: ServiceQuestion): ServiceAnswer => {
    options.onReading?.({ service, kind: 'question', text: question.text });
    return answer(question);
  };
  client.setRequestHandler('elicitation/create', ({ params }) => {
    const url = 'url' in params && typeof params.url === 'string' ? params.url : undefined;
    const form = 'requestedSchema' in params ? params.requestedSchema : undefined;
    const properties: Readonly<Record<string, unknown>> = form?.properties ?? {};
    const fields = Object.keys(properties);
    const given = ask({
      service,
      kind: url === undefined ? 'form' : 'url',
      text: [params.message, ...fields, ...stringsIn(properties), ...(url === undefined ? [] : [url])].join(
        '\n',
      ),
      fields,
      ...(url !== undefined && { url }),
    });
    if (given.kind !== 'accept') return { action: 'decline' };
    return { action: 'accept', ...(url === undefined && { content: plainValues(given.content) }) };
  });
  client.setRequestHandler('sampling/createMessage', ({ params }) => {
    const texts = params.messages.map(({ content }) =>
      contentText((Array.isArray(content) ? content : [content]) as readonly JsonValue[]),
    );
    const text = [params.systemPrompt, ...texts].filter(Boolean).join('\n');
    const given = ask({ service, kind: 'sampling', text, fields: [] });
    return {
      model: 'scripted',
      role: 'assistant',
      stopReason: 'endTurn',
      content: {
        type: 'text',
        text: given.kind === 'say' ? given.text : 'This host answers no questions of services.',
      },
    };
  });
}

/** Forms hold flat values only (specification, client/elicitation). */
function plainValues(content: Readonly<Record<string, JsonValue | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(content).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

/** For the host's end of a wire: says what the agent reads of notifications (log messages, progress, updates). */
export function noticeTap(service: string, onReading: NonNullable<ConnectionOptions['onReading']>): Tap {
  return {
    name: 'host/notices',
    notification(message) {
      const text = message.direction === 'to-host' ? noticeText(message) : '';
      if (text !== '') onReading({ service, kind: 'notification', text });
      return message;
    },
  };
}

/** Members of notifications that are for programs. */
const unread = new Set(['_meta', 'progressToken', 'level', 'logger']);

function noticeText({ params }: McpNotification): string {
  if (!isJsonObject(params)) return '';
  const told = Object.entries(params).filter(([key]) => !unread.has(key));
  return told.flatMap(([, value]) => stringsIn(value)).join('\n');
}
