import { z } from 'zod';
import type { AgentSession, Notice, ToolOutcome } from '../contracts/agent.ts';
import type { MediaPart, ModelCall, ModelMessage, ModelPart } from '../contracts/model.ts';
import type { AgentKind } from './kind.ts';
import { answerByPolicy, questionPolicies } from './questions.ts';
import { noticesText, outcomeText, systemText } from './reading.ts';
import { maxResultCharacters } from './resultLimit.ts';
import { createToolbox, type Toolbox } from './toolbox.ts';

const parameters = z.strictObject({
  questions: z
    .enum(questionPolicies)
    .default('decline')
    .describe('How the questions of services are answered: decline, accept, or by the model.'),
  media: z
    .array(z.enum(['image', 'audio']))
    .default(['image'])
    .describe('What the model is shown of results besides text.'),
  maxResultCharacters,
});
type Parameters = z.output<typeof parameters>;

/** The model calls tools by its provider's own means, as most hosts have it. */
export const toolLoop: AgentKind = {
  id: 'tool-loop',
  title: 'Tool loop',
  description: 'A model that calls the tools of all services by its native tool calling until it answers.',
  needsModel: true,
  parameters,
  create({ id, model = '', parameters: given }) {
    const chosen = parameters.parse(given);
    return {
      id,
      title: `Tool loop around ${model}`,
      kind: 'model',
      description: `The model ${model}, calling tools by its native tool calling`,
      maxResultCharacters: chosen.maxResultCharacters,
      run: (session) => runLoop(session, model, chosen),
    };
  },
};

async function runLoop(session: AgentSession, modelId: string, chosen: Parameters): Promise<string> {
  const { host, signal } = session;
  const model = session.model(modelId);
  const questions = answerByPolicy(session, model, chosen.questions);
  const toolbox = createToolbox(host);
  const messages: ModelMessage[] = [{ role: 'system', text: systemText(session) }];
  let news: ModelMessage[] = [{ role: 'user', parts: [{ type: 'text', text: session.instruction }] }];
  for (;;) {
    const tools = await toolbox.offer();
    messages.push(...withNotices(news, host.notices()));
    signal.throwIfAborted();
    const { text, calls, carry } = await model.generate({ messages: [...messages], tools, signal });
    if (calls.length === 0) return text;
    messages.push({ role: 'assistant', text, calls, ...(carry !== undefined && { carry }) });
    news = [];
    for (const call of calls) {
      news.push(resultOf(call, await make(call, toolbox), chosen));
      questions.throwIfFailed();
    }
  }
}

async function make(call: ModelCall, toolbox: Toolbox): Promise<ToolOutcome> {
  return 'invalid' in call
    ? { kind: 'protocol-error', text: 'The arguments are no JSON object; call again with one' }
    : toolbox.call(call.tool, call.arguments);
}

function resultOf({ id, tool }: ModelCall, outcome: ToolOutcome, { media }: Parameters): ModelMessage {
  const shown = outcome.kind === 'protocol-error' ? [] : (outcome.media ?? []);
  return {
    role: 'tool',
    call: id,
    tool,
    parts: [
      { type: 'text', text: outcomeText(outcome) },
      ...shown.filter((part) => media.includes(part.type) && isUsable(part)),
    ],
    isError: outcome.kind !== 'result',
  };
}

/** Types that providers take. */
const usableTypes = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'audio/wav',
  'audio/mpeg',
  'audio/mp3',
]);

function isUsable({ mimeType, data }: MediaPart): boolean {
  return usableTypes.has(mimeType) && /^[A-Za-z0-9+/]+={0,2}$/.test(data);
}

/** What services said unasked is shown with the last thing that the model has not seen yet. */
function withNotices(news: readonly ModelMessage[], notices: readonly Notice[]): readonly ModelMessage[] {
  const text = noticesText(notices);
  const last = news.at(-1);
  if (text === '' || !last || !('parts' in last)) return news;
  const part: ModelPart = { type: 'text', text };
  return [...news.slice(0, -1), { ...last, parts: [...last.parts, part] }];
}
