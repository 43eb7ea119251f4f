import { APICallError, type LanguageModelV3CallOptions } from '@ai-sdk/provider';
import { afterEach, describe, expect, test } from 'vitest';
import type { FakeBehavior, FakePolicy, FakeStatusCode } from '../../../src/models/fake/index.ts';
import { type FakeModelServer, startFakeModel } from '../../../src/models/fake/index.ts';
import {
  apiKey,
  ask,
  type ClientName,
  clientNames,
  clients,
  question,
  tools,
  type Way,
  ways,
} from './clients.ts';

let server: FakeModelServer | undefined;
afterEach(() => server?.close());

async function start(behave: FakePolicy): Promise<FakeModelServer> {
  server = await startFakeModel({ behave });
  return server;
}

/** What the client makes of one behavior. */
async function decode(
  name: ClientName,
  way: Way,
  behavior: FakeBehavior,
  options: Partial<LanguageModelV3CallOptions> = {},
) {
  const { url } = await start(() => behavior);
  return ask(clients[name](url), way, { prompt: question, ...options });
}

const text = 'Milk is on the list. Grüße, 牛乳 and 🥛 too; nothing else was added.';
const each = clientNames.flatMap((name) => ways.map((way) => [name, way] as const));

describe.each(each)('%s, %s', (name, way) => {
  test('brings a text, with usage and the name that marks it', async () => {
    const reply = await decode(name, way, { say: text });
    expect(reply).toMatchObject({ text, calls: [], finish: 'stop' });
    expect(reply.outputTokens).toBe(Math.ceil(text.length / 4));
    expect(reply.inputTokens).toBeGreaterThan(8);
    // Google's client does not read the version; the body has it, see below.
    if (name !== 'google') expect(reply.model).toBe('safemcp-fake-model/toy');
  });

  test('brings a call', async () => {
    const given = { title: 'Milk "fresh"\n', urgent: true };
    const reply = await decode(
      name,
      way,
      { say: 'I add it.', call: [{ tool: 'add_task', arguments: given }] },
      { tools },
    );
    expect(reply).toMatchObject({ text: 'I add it.', finish: 'tool-calls' });
    expect(reply.calls.map(({ tool }) => tool)).toEqual(['add_task']);
    expect(JSON.parse(reply.calls[0]?.input ?? '')).toEqual(given);
  });

  test('brings parallel calls with ids of their own', async () => {
    const titles = ['Milk', 'Bread', 'Salt'];
    const call = titles.map((title) => ({ tool: 'add_task', arguments: { title } }));
    const { calls } = await decode(name, way, { call }, { tools });
    expect(calls.map(({ input }) => JSON.parse(input) as unknown)).toEqual(
      titles.map((title) => ({ title })),
    );
    expect(new Set(calls.map(({ id }) => id)).size).toBe(3);
  });

  test('brings a call of a tool that does not exist, with arguments that do not fit', async () => {
    const call = [{ tool: 'no_such_tool', arguments: { depth: [1, { two: null }] } }];
    const { calls } = await decode(name, way, { call }, { tools });
    expect(calls).toEqual([
      { id: expect.any(String) as string, tool: 'no_such_tool', input: JSON.stringify(call[0]?.arguments) },
    ]);
  });

  test('says that a reply was cut by the limit', async () => {
    expect(await decode(name, way, { say: 'Milk is', end: 'length' })).toMatchObject({
      text: 'Milk is',
      finish: 'length',
    });
  });

  test('says that the filter ended a reply', async () => {
    const reply = await decode(name, way, { say: '', end: 'content-filter' });
    expect(reply).toMatchObject({ text: '', finish: 'content-filter' });
  });

  test('may answer nothing', async () => {
    expect(await decode(name, way, { say: '' })).toMatchObject({ text: '', calls: [], finish: 'stop' });
  });

  test('reads what the client sends: system, tools, calls and results', async () => {
    const turns = await conversation(name, way);
    expect(turns[0]?.messages.map(({ role, text: said }) => [role, said])).toEqual([
      ['system', 'You help with tasks.'],
      ['user', 'Add milk, please.'],
    ]);
    expect(turns[0]?.tools.map(({ name: tool, description }) => [tool, description])).toEqual([
      ['add_task', 'Adds a task'],
      ['list_tasks', 'Lists tasks'],
    ]);
    expect(turns[0]?.tools[0]?.inputSchema).toMatchObject({ required: ['title'] });
    const after = turns[1]?.messages.slice(2) ?? [];
    expect(after.flatMap(({ calls }) => calls.map((call) => [call.tool, call.arguments]))).toEqual([
      ['add_task', { title: 'Milk' }],
      ['list_tasks', {}],
    ]);
    expect(after.flatMap(({ results }) => results.map((result) => result.text))).toEqual([
      'Added',
      'Milk, Bread',
    ]);
  });

  test('keeps no key', async () => {
    const { url, requests } = await start(() => ({ say: 'Hello' }));
    await ask(clients[name](url), way, { prompt: question });
    expect(requests).toHaveLength(1);
    expect(JSON.stringify(requests)).not.toContain(apiKey);
    expect(JSON.stringify(requests[0]?.turn?.headers)).toContain('[redacted]');
  });

  test.each<FakeStatusCode>([400, 401, 403, 404, 429, 500, 503, 529])(
    'says %i in its own shape',
    async (status) => {
      const error: unknown = await decode(name, way, { status, retryAfter: 7 }).catch(
        (thrown: unknown) => thrown,
      );
      if (!APICallError.isInstance(error)) throw error;
      expect(error.statusCode).toBe(status);
      // The client took the message out of the body, so it has the provider's shape.
      expect(error.message).toBe(`The local provider was told to answer ${status}`);
      expect(error.responseHeaders?.['retry-after']).toBe('7');
    },
  );

  test.each(['dropped', 'cut-off', 'invalid-json'] as const)('disturbs: %s', async (fault) => {
    await expect(decode(name, way, { fault })).rejects.toThrow();
  });

  test('disturbs: html', async () => {
    // Streaming clients see no event in a page, and report a reply with nothing in it.
    const reply = await decode(name, way, { fault: 'html' }).catch(() => undefined);
    expect([undefined, expect.objectContaining({ text: '', calls: [], finish: 'other' })]).toContainEqual(
      reply,
    );
  });
});

/** Two turns: two calls, then an answer after their results. */
async function conversation(name: ClientName, way: Way) {
  const { url, requests } = await start(({ messages }) =>
    messages.some(({ results }) => results.length > 0)
      ? { say: 'Done' }
      : {
          call: [
            { tool: 'add_task', arguments: { title: 'Milk' } },
            { tool: 'list_tasks', arguments: {} },
          ],
        },
  );
  const model = clients[name](url);
  const { calls } = await ask(model, way, { prompt: question, tools });
  const texts = ['Added', 'Milk, Bread'];
  const reply = await ask(model, way, {
    tools,
    prompt: [
      ...question,
      {
        role: 'assistant',
        content: calls.map(({ id, tool, input }) => ({
          type: 'tool-call' as const,
          toolCallId: id,
          toolName: tool,
          input: JSON.parse(input) as unknown,
        })),
      },
      {
        role: 'tool',
        content: calls.map(({ id, tool }, place) => ({
          type: 'tool-result' as const,
          toolCallId: id,
          toolName: tool,
          output: { type: 'text' as const, value: texts[place] ?? '' },
        })),
      },
    ],
  });
  expect(reply.text).toBe('Done');
  return requests.map(({ turn }) => turn);
}
