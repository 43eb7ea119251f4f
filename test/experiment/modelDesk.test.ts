import { describe, expect, test } from 'vitest';
import { SafeMcpError } from '../../src/contracts/errors.ts';
import { eventSchema, type NewEvent } from '../../src/contracts/events.ts';
import {
  type Classifier,
  type Model,
  ModelFailure,
  type ModelReply,
  type ModelRequest,
  type TextModel,
} from '../../src/contracts/model.ts';
import { createStopwatch } from '../../src/contracts/stopwatch.ts';
import { builtInCatalog } from '../../src/experiment/catalog.ts';
import { agentModel, createModelDesk, noModels } from '../../src/experiment/modelDesk.ts';

const asker = { purpose: 'agent', by: 'me' } as const;
const reply: ModelReply = {
  text: 'Hello',
  calls: [{ id: '1', tool: 'look', arguments: { at: 'it' } }],
  finish: 'tool-calls',
  usage: { inputTokens: 10, outputTokens: 2 },
  usd: 0.5,
  version: 'm-2026',
  cached: false,
};

function user(text: string): ModelRequest['messages'][number] {
  return { role: 'user', parts: [{ type: 'text', text }] };
}

interface Parts {
  readonly open?: readonly Model[];
  readonly own?: readonly (Model | TextModel)[];
  readonly classifiers?: readonly Classifier[];
}

function deskOf({ open = [], own = [], classifiers = [] }: Parts) {
  const events: NewEvent[] = [];
  const signal = new AbortController().signal;
  const desk = createModelDesk({
    open: { models: open, classifiers },
    catalog: { ...builtInCatalog(), models: own },
    draw: 3,
    signal,
    watch: createStopwatch(),
    record: (event) => events.push(event) - 1,
  });
  return { desk, events, signal };
}

/** A model that notes what it is asked. */
function model(answer: () => Promise<ModelReply> = async () => reply, id = 'm') {
  const asked: ModelRequest[] = [];
  const generate = (request: ModelRequest): Promise<ModelReply> => {
    asked.push(request);
    return answer();
  };
  return { id, generate, asked };
}

describe('a call of a model', () => {
  test('is recorded with who asked, what came back and what it cost', async () => {
    const { desk, events } = deskOf({ open: [model()] });
    const tools = [{ name: 'look', description: '', inputSchema: {} }];
    expect(await desk.model('m', asker)?.generate({ messages: [user('Hi')], tools })).toEqual(reply);
    expect(events).toEqual([
      {
        type: 'model',
        purpose: 'agent',
        by: 'me',
        model: 'm',
        version: 'm-2026',
        carried: 0,
        messages: [user('Hi')],
        tools: ['look'],
        reply: { kind: 'turn', text: 'Hello', calls: reply.calls, finish: 'tool-calls' },
        inputTokens: 10,
        outputTokens: 2,
        usd: 0.5,
        cached: false,
        ms: expect.any(Number) as number,
      },
    ]);
    expect(eventSchema.safeParse({ ...events[0], seq: 0, at: 0 }).success).toBe(true);
    await desk.model('m', asker)?.generate({ messages: [user('Again')] });
    expect(desk.cost()).toMatchObject({ inputTokens: 20, outputTokens: 4, usd: 1 });
  });

  test('draws by the trial, unless the asker says otherwise', async () => {
    const subject = model();
    const { desk } = deskOf({ open: [subject] });
    await desk.model('m', asker)?.generate({ messages: [] });
    await desk.model('m', asker)?.generate({ messages: [], draw: 7 });
    expect(subject.asked).toMatchObject([{ draw: 3 }, { draw: 7 }]);
  });

  test('ends with the episode, with the part of it that it belongs to, and when the asker says so', async () => {
    const subject = model();
    const { desk, signal } = deskOf({ open: [subject] });
    const [part, own] = [new AbortController(), new AbortController()];
    const inPart = desk.until(part.signal);
    await desk.model('m', asker)?.generate({ messages: [] });
    await inPart.model('m', asker)?.generate({ messages: [], signal: own.signal });
    await inPart.text('m', asker)?.complete({ system: '', user: '', maxTokens: 10 });
    const [whole, both, ofPart] = subject.asked.map((request) => request.signal);
    expect([whole, ofPart]).toEqual([signal, part.signal]);
    const aborted = () => [whole, both, ofPart].map((each) => each?.aborted);
    own.abort();
    expect(aborted()).toEqual([false, true, false]);
    part.abort();
    expect(aborted()).toEqual([false, true, true]);
  });

  test('records only what is new in a conversation that goes on', async () => {
    const { desk, events } = deskOf({ open: [model()] });
    const talk = desk.model('m', asker);
    const first = [user('Hi')];
    await talk?.generate({ messages: first });
    const turn = { role: 'assistant' as const, text: reply.text, calls: reply.calls };
    const next = user('And?');
    await talk?.generate({ messages: [...first, turn, next] });
    await talk?.generate({ messages: [user('Something else')] });
    expect(events).toMatchObject([
      { carried: 0, messages: first },
      { carried: 2, messages: [next] },
      { carried: 0, messages: [user('Something else')] },
    ]);
  });

  test('that fails is recorded with the kind of its failure, and fails', async () => {
    const failing = model(() => Promise.reject(new ModelFailure('overloaded', 'too much')));
    const { desk, events } = deskOf({ open: [failing] });
    await expect(desk.model('m', asker)?.generate({ messages: [] })).rejects.toThrow('too much');
    expect(events).toMatchObject([
      { reply: { kind: 'failure', failure: 'overloaded', what: 'too much' }, usd: 0 },
    ]);
    expect(() => desk.throwIfStopped()).not.toThrow();
  });

  test('that stops the run does so whoever keeps the failure to himself', async () => {
    const stopping = model(() => Promise.reject(new SafeMcpError('BUDGET_SPENT', 'all gone')));
    const { desk, events } = deskOf({ open: [stopping] });
    await desk
      .model('m', asker)
      ?.generate({ messages: [] })
      .catch(() => undefined);
    expect(() => desk.throwIfStopped()).toThrow('all gone');
    expect(events).toEqual([]);
  });
});

describe('models by their id', () => {
  test('are those of the run, then those of the user', async () => {
    const { desk } = deskOf({
      open: [model()],
      own: [model(async () => ({ ...reply, text: 'own' })), model(undefined, 'other')],
    });
    expect((await desk.model('m', asker)?.generate({ messages: [] }))?.text).toBe('Hello');
    expect(desk.model('other', asker)).toBeDefined();
    expect(desk.model('none', asker)).toBeUndefined();
    expect(desk.text('none', asker)).toBeUndefined();
    expect(desk.classifier('m', asker)).toBeUndefined();
  });

  test('that an agent needs have to be there', () => {
    const { desk } = deskOf({});
    expect(() => agentModel(desk, 'none', 'me')).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_ID', where: 'me' }) as Error,
    );
    expect(noModels).toEqual({ models: [], classifiers: [] });
  });
});

describe('a text model', () => {
  const prompt = { system: 'Be brief.', user: 'Hi', maxTokens: 9 };

  test('is a model that is asked for text', async () => {
    const subject = model();
    const { desk, events } = deskOf({ open: [subject] });
    expect(await desk.text('m', { purpose: 'judge', by: 'goal' })?.complete(prompt)).toBe('Hello');
    expect(subject.asked).toMatchObject([
      { messages: [{ role: 'system', text: 'Be brief.' }, user('Hi')], maxTokens: 9 },
    ]);
    expect(events).toMatchObject([{ purpose: 'judge', by: 'goal', usd: 0.5 }]);
  });

  test('of the user is recorded without tokens', async () => {
    const own: TextModel = { id: 'own', complete: async ({ user: text }) => `${text}!` };
    const { desk, events } = deskOf({ own: [own] });
    expect(await desk.text('own', asker)?.complete(prompt)).toBe('Hi!');
    expect(desk.model('own', asker)).toBeUndefined();
    expect(events).toMatchObject([{ model: 'own', reply: { kind: 'turn', text: 'Hi!' }, inputTokens: 0 }]);
  });

  test('without a word has failed', async () => {
    const silent = model(async () => ({ ...reply, text: '' }));
    const { desk } = deskOf({ open: [silent] });
    await expect(desk.text('m', asker)?.complete(prompt)).rejects.toMatchObject({ kind: 'empty' });
  });
});

test('a classifier is recorded with its labels', async () => {
  const labels = [{ label: 'hate', score: 0.2 }];
  const { desk, events } = deskOf({ classifiers: [{ id: 'c', classify: async () => labels }] });
  const by = { purpose: 'defense', by: 'moderation' } as const;
  expect(await desk.classifier('c', by)?.classify('text')).toEqual(labels);
  expect(events).toMatchObject([
    { ...by, model: 'c', messages: [{ role: 'user', text: 'text' }], reply: { kind: 'labels', labels } },
  ]);
  expect(eventSchema.safeParse({ ...events[0], seq: 0, at: 0 }).success).toBe(true);
});
