import { describe, expect, test } from 'vitest';
import { codeAgent } from '../../src/agents/codeAgent.ts';
import { agentKinds, createAgent } from '../../src/agents/index.ts';
import type { ToolOutcome } from '../../src/contracts/agent.ts';
import type { EpisodeRecord } from '../../src/contracts/events.ts';
import type { ModelRequest } from '../../src/contracts/model.ts';
import { sessionWith } from '../support/bareSession.ts';
import { call, open, readIn, scriptedModel, type Turn } from '../support/scriptedModel.ts';
import { runToyEpisode, type ToyEpisode } from '../support/toyExperiment.ts';

/** What a model of each kind says to call a tool, and to answer. */
const speech: Readonly<
  Record<string, { act(tool: string, args?: object): Turn; answer(text: string): Turn }>
> = {
  'tool-loop': {
    act: (tool, args = {}) => ({ calls: [call(tool, { ...args })] }),
    answer: (text) => text,
  },
  react: {
    act: (tool, args = {}) => `Thought: next\nAction: ${tool}[${JSON.stringify(args)}]`,
    answer: (text) => `Thought: done\nAnswer: ${text}`,
  },
};
const kinds = agentKinds.filter(({ id }) => id in speech).map(({ id }) => id);

function say(kind: string): (typeof speech)[string] {
  const found = speech[kind];
  if (!found) throw new Error(`no speech for ${kind}`);
  return found;
}

async function run(
  kind: string,
  play: (request: ModelRequest, turn: number) => Turn,
  options: ToyEpisode & { readonly parameters?: object } = {},
) {
  const { parameters = {}, ...episode } = options;
  const model = scriptedModel('toy/model', play);
  const choice = { id: 'mine', kind, model: 'toy/model', parameters: { ...parameters } };
  const record = await runToyEpisode({ choice, models: open(model), ...episode });
  return { record, requests: model.requests };
}

function answerOf({ events }: EpisodeRecord): string | undefined {
  return events.flatMap((event) => (event.type === 'answer' ? [event.text] : []))[0];
}

describe.each(kinds)('%s', (kind) => {
  const { act, answer } = say(kind);

  test('says what it is', () => {
    const agent = createAgent({ id: 'mine', kind, model: 'toy/model', parameters: {} }, []);
    expect(agent).toMatchObject({ id: 'mine', kind: 'model' });
    expect(agent?.title).toContain('toy/model');
  });

  test('calls tools until it answers', async () => {
    const { record, requests } = await run(kind, (_, turn) =>
      turn === 0 ? act('post__read_inbox') : answer('That is all'),
    );
    expect(record.outcome).toMatchObject({ status: 'completed', calls: 1 });
    expect(answerOf(record)).toBe('That is all');
    expect(readIn(requests[1] ?? { messages: [] })).toContain('I look forward to your message');
  });

  test('is told that a tool does not exist, and goes on', async () => {
    const { record, requests } = await run(kind, (_, turn) =>
      turn === 0 ? act('nobody__nothing') : answer('No'),
    );
    expect(record.outcome).toMatchObject({ status: 'completed', calls: 0 });
    expect(readIn(requests[1] ?? { messages: [] })).toContain('There is no tool');
  });

  test('records each message once', async () => {
    const { record } = await run(kind, (_, turn) => (turn < 3 ? act('post__read_inbox') : answer('Done')));
    const models = record.events.flatMap((event) => (event.type === 'model' ? [event] : []));
    expect(models.map(({ carried }) => carried)).toEqual([0, 3, 5, 7]);
    expect(models.map(({ messages }) => messages.length)).toEqual([2, 1, 1, 1]);
  });

  test('ends at its limits', async () => {
    const { record } = await run(kind, () => act('post__read_inbox'), { limits: { maxSteps: 2 } });
    expect(record.outcome).toMatchObject({ status: 'limit', problem: { code: 'STEP_LIMIT' }, calls: 2 });
  });

  describe('answers questions of services by its policy', () => {
    const attack = { vector: 'elicitation-form', carrier: 'direct', goal: 'exfiltrate' };
    const asked = async (questions: string, reply: Turn) => {
      const isQuestion = (request: ModelRequest): boolean => readIn(request).includes('Decide for your user');
      const { record, requests } = await run(
        kind,
        (request) => {
          if (isQuestion(request)) return reply;
          const read = request.messages.filter(({ role }) => role === 'assistant').length;
          if (read > 1) return answer('Done');
          return read === 0 ? act('post__read_inbox') : act('notes__read_note', { title: 'family' });
        },
        { attack, era: '2025', parameters: { questions } },
      );
      return { stage: record.outcome.attack?.stage, count: requests.filter(isQuestion).length };
    };

    test('declines unread by default', async () => {
      expect(await asked('decline', '')).toMatchObject({ count: 0 });
    });

    test('lets the model decline', async () => {
      expect(await asked('model', 'No: {"action": "decline"}')).toMatchObject({ stage: 'exposed', count: 1 });
      expect(await asked('model', 'What?')).toMatchObject({ stage: 'exposed', count: 1 });
    });

    test('accepts without the model where that is the policy', async () => {
      expect(await asked('accept', '')).toMatchObject({ count: 0 });
    });
  });
});

test('ReAct takes a turn for the answer when the protocol means nothing to its model', async () => {
  const { record, requests } = await run('react', () => 'Hello, how can I help?');
  expect(answerOf(record)).toBe('Hello, how can I help?');
  expect(requests).toHaveLength(3);
});

describe('an agent from code', () => {
  test('gets the task and the services, and its answer counts', async () => {
    const seen: unknown[] = [];
    const agent = codeAgent('Mine/v1:test', async (task, services) => {
      const tools = await services.tools();
      const inbox = await services.call('post__read_inbox', {});
      const missing = await services.call('nobody__nothing', {});
      seen.push(task.instruction, tools.map(({ name }) => name).includes('notes__read_note'), inbox, missing);
      return 'From code';
    });
    const record = await runToyEpisode({ agent });
    expect(record.outcome).toMatchObject({ status: 'completed', calls: 1 });
    expect(answerOf(record)).toBe('From code');
    expect(seen).toMatchObject([record.instruction, true, { isError: false }, { isError: true }]);
  });

  test('uses the models of the experiment, within the limits', async () => {
    const agent = codeAgent('greedy', async (_, services) => {
      const model = services.model('toy/model');
      for (;;)
        await model
          .generate({ messages: [{ role: 'user', parts: [{ type: 'text', text: 'again' }] }] })
          .catch(() => undefined);
    });
    const models = open(scriptedModel('toy/model', () => 'Hm'));
    const record = await runToyEpisode({ agent, models, limits: { maxSteps: 5 } });
    expect(record.outcome).toMatchObject({ status: 'limit', problem: { code: 'STEP_LIMIT' } });
    expect(record.outcome.cost.inputTokens).toBe(500);
  });

  test.each([
    ['throws', () => Promise.reject(new Error('broken'))],
    ['answers no text', () => Promise.resolve(7 as unknown as string)],
  ])('that %s ends as an error of the agent', async (_, work) => {
    const record = await runToyEpisode({ agent: codeAgent('bad', work) });
    expect(record.outcome.status).toBe('agent-error');
  });
});

test('pictures reach a model that is shown them', async () => {
  const outcome: ToolOutcome = {
    kind: 'result',
    text: '[image image/png]',
    media: [
      { type: 'image', mimeType: 'image/png', data: 'AAAA' },
      { type: 'image', mimeType: 'image/svg+xml', data: 'AAAA' },
      { type: 'image', mimeType: 'image/png', data: 'not base64!' },
      { type: 'audio', mimeType: 'audio/wav', data: 'AAAA' },
    ],
  };
  const shown = async (parameters: object) => {
    const model = scriptedModel('m', (_, turn) => (turn === 0 ? { calls: [call('toy__see')] } : 'Seen'));
    const agent = createAgent({ id: 'm', kind: 'tool-loop', model: 'm', parameters: { ...parameters } }, []);
    if (agent?.kind !== 'model') throw new Error('A loop is an agent with a model');
    await agent.run(sessionWith(outcome, model));
    const last = model.requests[1]?.messages.at(-1);
    return last?.role === 'tool'
      ? last.parts.map((part) => (part.type === 'text' ? part.text : part.mimeType))
      : [];
  };
  expect(await shown({})).toEqual(['[image image/png]', 'image/png']);
  expect(await shown({ media: [] })).toEqual(['[image image/png]']);
  expect(await shown({ media: ['audio', 'image'] })).toEqual(['[image image/png]', 'image/png', 'audio/wav']);
});
