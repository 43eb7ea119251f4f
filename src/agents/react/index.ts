import { z } from 'zod';
import type { AgentSession } from '../../contracts/agent.ts';
import type { ModelMessage, ModelTool } from '../../contracts/model.ts';
import type { AgentKind } from '../kind.ts';
import { answerByPolicy, type QuestionPolicy, questionPolicies } from '../questions.ts';
import { noticesText, outcomeText, systemText } from '../reading.ts';
import { maxResultCharacters } from '../resultLimit.ts';
import { createToolbox } from '../toolbox.ts';
import { readStep } from './steps.ts';

const parameters = z.strictObject({
  questions: z
    .enum(questionPolicies)
    .default('decline')
    .describe('How the questions of services are answered: decline, accept, or by the model.'),
  maxResultCharacters,
});

/** How often in a row a turn may follow the protocol in nothing; then it is taken for the answer. */
const patience = 3;

/** Thoughts, actions and observations as text, for models without tool calling and for comparison. */
export const react: AgentKind = {
  id: 'react',
  title: 'ReAct',
  description:
    'A model that calls tools by writing Thought and Action and reads Observations, all of it text.',
  needsModel: true,
  parameters,
  create({ id, model = '', parameters: given }) {
    const chosen = parameters.parse(given);
    return {
      id,
      title: `ReAct with ${model}`,
      kind: 'model',
      description: `The model ${model}, calling tools by a text protocol of thoughts, actions and observations`,
      maxResultCharacters: chosen.maxResultCharacters,
      run: (session) => runReact(session, model, chosen.questions),
    };
  },
};

const protocol = `You work in turns. In each turn write one thought and one action, in this form:

Thought: what you know by now and what you do next
Action: TOOL[{"parameter": "value"}]

Then stop: the result of the action comes back to you as an observation. When the task is done, or cannot be done, write an answer in place of the action:

Thought: why you are done
Answer: what you tell your user`;

async function runReact(session: AgentSession, modelId: string, policy: QuestionPolicy): Promise<string> {
  const { host, signal } = session;
  const model = session.model(modelId);
  const questions = answerByPolicy(session, model, policy);
  const toolbox = createToolbox(host);
  let tools = toolsText(await toolbox.offer());
  const messages: ModelMessage[] = [
    { role: 'system', text: [systemText(session), protocol, tools].join('\n\n') },
  ];
  let news = session.instruction;
  let unread = 0;
  for (;;) {
    const now = toolsText(await toolbox.offer());
    const changed = now === tools ? '' : `The tools are no longer the same.\n\n${now}`;
    tools = now;
    const text = [news, noticesText(host.notices()), changed].filter(Boolean).join('\n\n');
    messages.push({ role: 'user', parts: [{ type: 'text', text }] });
    signal.throwIfAborted();
    const turn = await model.generate({ messages: [...messages], signal });
    const step = readStep(turn.text);
    if (step.kind === 'answer') return step.text;
    unread = step.kind === 'unreadable' ? unread + 1 : 0;
    if (unread === patience) return turn.text.trim();
    const said = step.kind === 'action' ? step.said : turn.text;
    messages.push({ role: 'assistant', text: said || '(nothing)', calls: turn.calls });
    const outcome =
      step.kind === 'action'
        ? outcomeText(await toolbox.call(step.tool, step.arguments))
        : `${step.what}; write one of them in the form that was asked for`;
    questions.throwIfFailed();
    news = `Observation: ${outcome}`;
  }
}

function toolsText(tools: readonly ModelTool[]): string {
  const list = tools.map(
    ({ name, description, inputSchema }) =>
      `${name}: ${description}\nParameters (JSON Schema): ${JSON.stringify(inputSchema)}`,
  );
  return ['The tools:', ...list].join('\n\n');
}
