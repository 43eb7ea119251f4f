import { afterEach, describe, expect, test } from 'vitest';
import type { ModelChoice } from '../../src/contracts/experiment.ts';
import type { ModelRequest } from '../../src/contracts/model.ts';
import { type FakeModelServer, type FakePolicy, startFakeModel } from '../../src/models/fake/index.ts';
import { type OpenModelsOptions, openModels } from '../../src/models/index.ts';
import { promptClock } from './clock.ts';

const servers: FakeModelServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const key = 'test-key-of-no-account';
const env = Object.fromEntries(
  ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'GEMINI_API_KEY', 'AZURE_OPENAI_API_KEY', 'OPENROUTER_API_KEY']
    .concat(['DEEPSEEK_API_KEY', 'DASHSCOPE_API_KEY', 'ARK_API_KEY'])
    .map((name) => [name, key]),
);

const providers = [
  ['openai', '/v1', 'openai-chat'],
  ['openai-responses', '/v1', 'openai-responses'],
  ['anthropic', '/v1', 'anthropic'],
  ['google', '/v1beta', 'google'],
  ['azure', '/v1', 'openai-chat'],
  ['openrouter', '/v1', 'openai-chat'],
  ['deepseek', '/v1', 'openai-chat'],
  ['qwen', '/v1', 'openai-chat'],
  ['doubao', '/v1', 'openai-chat'],
  ['ollama', '/v1', 'openai-chat'],
  ['vllm', '/v1', 'openai-chat'],
  ['lmstudio', '/v1', 'openai-chat'],
  ['llamacpp', '/v1', 'openai-chat'],
  ['openai-compatible', '/v1', 'openai-chat'],
] as const;

const hello: ModelRequest = {
  messages: [
    { role: 'system', text: 'Be brief.' },
    { role: 'user', parts: [{ type: 'text', text: 'Hello' }] },
  ],
};
const tools = [
  {
    name: 'find_mail',
    description: 'Finds mail.',
    inputSchema: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] },
  },
];

describe.each(providers)('%s', (provider, path, format) => {
  async function open(behave: FakePolicy, more: Partial<ModelChoice> & OpenModelsOptions = {}) {
    const server = await startFakeModel({ behave });
    servers.push(server);
    const { cache, replies, budget, settings = {}, limits = { maxRetries: 2 } } = more;
    const choice: ModelChoice = {
      id: 'subject',
      provider,
      name: 'safemcp-fake-model',
      baseUrl: server.url + path,
      settings,
      limits,
    };
    const clock = promptClock();
    const pool = openModels([choice], {
      env,
      clock,
      ...(cache && { cache }),
      ...(replies && { replies }),
      ...(budget && { budget }),
    });
    const [model] = pool.models;
    if (!model) throw new Error('No model was opened');
    return { server, model, pool, clock };
  }

  test('answers with text, usage and version', async () => {
    const { server, model } = await open(() => ({ say: 'Good day' }));
    expect(await model.generate(hello)).toEqual({
      text: 'Good day',
      calls: [],
      ...(provider === 'openai-responses' && { carry: expect.anything() as unknown }),
      finish: 'stop',
      usage: { inputTokens: expect.any(Number) as number, outputTokens: 2 },
      usd: 0,
      version: 'safemcp-fake-model',
      cached: false,
    });
    const [request] = server.requests;
    expect(request?.turn).toMatchObject({
      format,
      model: 'safemcp-fake-model',
      messages: [
        { role: 'system', text: 'Be brief.' },
        { role: 'user', text: 'Hello' },
      ],
    });
  });

  test('refuses in words, which are an answer', async () => {
    const { server, model } = await open(() => ({ refuse: 'I cannot help with that.' }));
    expect(await model.generate(hello)).toMatchObject({ text: 'I cannot help with that.', calls: [] });
    expect(server.requests).toHaveLength(1);
  });

  test('makes parallel calls and takes their results', async () => {
    const { server, model } = await open(({ messages }) =>
      messages.at(-1)?.role === 'tool'
        ? { say: 'Two mails' }
        : {
            say: 'I look',
            call: [
              { tool: 'find_mail', arguments: { query: 'a' } },
              { tool: 'find_mail', arguments: { query: 'b' } },
            ],
          },
    );
    const first = await model.generate({ ...hello, tools });
    expect(first).toMatchObject({
      text: 'I look',
      finish: 'tool-calls',
      calls: [
        { tool: 'find_mail', arguments: { query: 'a' } },
        { tool: 'find_mail', arguments: { query: 'b' } },
      ],
    });
    const { text, calls, carry } = first;
    const results = calls.map(({ id, tool }, index) => ({
      role: 'tool' as const,
      call: id,
      tool,
      parts: [{ type: 'text' as const, text: `mail ${index}` }],
      isError: index === 1,
    }));
    const turn = { role: 'assistant' as const, text, calls, ...(carry !== undefined && { carry }) };
    const second = await model.generate({ messages: [...hello.messages, turn, ...results], tools });
    expect(second.text).toBe('Two mails');
    const seen = server.requests.at(-1)?.turn?.messages ?? [];
    expect(seen.flatMap((message) => message.calls)).toMatchObject([
      { tool: 'find_mail', arguments: { query: 'a' } },
      { tool: 'find_mail', arguments: { query: 'b' } },
    ]);
    expect(seen.flatMap((message) => message.results).map((result) => result.text)).toEqual([
      expect.stringContaining('mail 0'),
      expect.stringContaining('mail 1'),
    ]);
  });

  // In Anthropic's and Google's formats arguments are JSON by construction.
  test.skipIf(format === 'anthropic' || format === 'google')(
    'keeps arguments that are no JSON as they came',
    async () => {
      const { model } = await open(() => ({ call: [{ tool: 'find_mail', broken: '{"query": ' }] }));
      const { calls } = await model.generate({ ...hello, tools });
      expect(calls).toEqual([{ id: expect.any(String) as string, tool: 'find_mail', invalid: '{"query": ' }]);
    },
  );

  test('sends settings, schema and the choice of tools', async () => {
    const { server, model } = await open(() => ({ say: '{"ok":true}' }), {
      settings: { temperature: 0.5, topP: 0.9, seed: 7, maxTokens: 99 },
    });
    const schema = {
      type: 'object',
      properties: { ok: { type: 'boolean' } },
      required: ['ok'],
      additionalProperties: false,
    };
    await model.generate({ ...hello, schema });
    await model.generate({ ...hello, tools, toolChoice: 'required', maxTokens: 5 });
    const bodies = server.requests.map(({ body }) => JSON.stringify(body));
    expect(bodies[0]).toContain('0.5');
    expect(bodies[0]).toContain('99');
    expect(bodies[0]).toContain('ok');
    expect(server.requests[1]?.turn?.mustCall).toBe(true);
    expect(bodies[1]).toMatch(/:5[,}]/);
  });

  test.each([
    ['a refusal of the request', { status: 400 }, 'bad-request', 1],
    ['too many requests', { status: 429, retryAfter: 3 }, 'rate-limit', 3],
    ['a broken server', { status: 500 }, 'overloaded', 3],
    ['an overloaded server', { status: 529 }, 'overloaded', 3],
    ['a dropped connection', { fault: 'dropped' }, 'network', 3],
    ['half an answer', { fault: 'cut-off' }, 'network', 3],
    ['a web page', { fault: 'html' }, 'malformed', 3],
    ['broken JSON', { fault: 'invalid-json' }, 'malformed', 3],
    ['nothing', { say: '' }, 'empty', 3],
    ['a cut answer without a word', { say: '', end: 'length' }, 'empty', 1],
    ['a filtered answer', { say: '', end: 'content-filter' }, 'content-filter', 1],
  ] as const)('%s is a failure of the episode', async (_, behavior, kind, tries) => {
    const { server, model } = await open(() => behavior);
    await expect(model.generate(hello)).rejects.toMatchObject({ name: 'ModelFailure', kind });
    expect(server.requests).toHaveLength(tries);
  });

  test('a server that never answers is a timeout', async () => {
    const { model } = await open(() => ({ fault: 'stall' }), {
      limits: { timeoutMs: 20, maxRetries: 1 },
    });
    await expect(model.generate(hello)).rejects.toMatchObject({
      kind: 'timeout',
      message: expect.stringContaining('2 tries') as string,
    });
  });

  test.each([
    [401, 'MODEL_KEY'],
    [403, 'MODEL_KEY'],
    [404, 'MODEL_NOT_FOUND'],
  ] as const)('%i stops the run', async (status, code) => {
    const { server, model } = await open(() => ({ status }));
    await expect(model.generate(hello)).rejects.toMatchObject({ code });
    expect(server.requests).toHaveLength(1);
  });

  test('goes on after a fault that has passed, when the provider says so', async () => {
    const { model, clock } = await open(({ n }) =>
      n === 1 ? { status: 429, retryAfter: 3 } : { say: 'Here I am' },
    );
    expect((await model.generate(hello)).text).toBe('Here I am');
    expect(Math.max(...clock.pauses)).toBeGreaterThanOrEqual(3000);
  });

  test('an abort ends the call with its reason', async () => {
    const { model } = await open(() => ({ fault: 'stall' }));
    const stop = new AbortController();
    const call = model.generate({ ...hello, signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
  });

  test('a truncated answer with words is a reply', async () => {
    const { model } = await open(() => ({ say: 'So far', end: 'length' }));
    expect(await model.generate(hello)).toMatchObject({ text: 'So far', finish: 'length' });
  });
});
