import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { ModelChoice } from '../../src/contracts/experiment.ts';
import { openModels } from '../../src/models/index.ts';
import { promptClock } from './clock.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

interface Said {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
}

/** A provider of a few lines: tells what it was asked, and answers what it is told. */
async function provider(answer: (path: string, request: IncomingMessage) => Said) {
  const server = createServer((request, response) => {
    const { status = 200, headers = {}, body } = answer(request.url ?? '', request);
    request.resume().on('end', () => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function choice(more: Partial<ModelChoice>): ModelChoice {
  return { id: 'subject', provider: 'openai', name: 'gpt-4o', settings: {}, limits: {}, ...more };
}

function chat(text: string, tokens = 1_000_000): object {
  return {
    id: '1',
    model: 'gpt-4o-2024-08-06',
    created: 0,
    choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
    usage: { prompt_tokens: tokens, completion_tokens: tokens, total_tokens: 2 * tokens },
  };
}

const key = 'a-very-secret-key-0123456789';
const env = { OPENAI_API_KEY: key };
const ask = (text: string) => ({
  messages: [{ role: 'user' as const, parts: [{ type: 'text' as const, text }] }],
});

function modelOf(pool: ReturnType<typeof openModels>) {
  const [model] = pool.models;
  if (!model) throw new Error('no model');
  return model;
}

describe('a key', () => {
  test.each([400, 401, 403, 404, 500])('is not told on by an error %i that repeats it', async (status) => {
    const baseUrl = await provider((_, { headers }) => ({
      status,
      body: { error: { message: `You sent ${headers.authorization}` } },
    }));
    const pool = openModels([choice({ baseUrl, limits: { maxRetries: 0 } })], { env, clock: promptClock() });
    const error: unknown = await modelOf(pool)
      .generate(ask('Hello'))
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: expect.stringContaining('Bearer [key]') as string });
    const { stack = '', ...members } = error as Error;
    expect(stack + JSON.stringify(members)).not.toContain(key);
  });

  test('is not told on by a reply that repeats it', async () => {
    const baseUrl = await provider((_, { headers }) => ({ body: chat(`${headers.authorization}`) }));
    const { text } = await modelOf(openModels([choice({ baseUrl })], { env })).generate(ask('Your headers?'));
    expect(text).toBe('Bearer [key]');
  });

  test('that is only a stand-in leaves replies as they are', async () => {
    const baseUrl = await provider(() => ({ body: chat('xxx, says x') }));
    const pool = openModels([choice({ baseUrl })], { env: { OPENAI_API_KEY: 'x' } });
    expect((await modelOf(pool).generate(ask('Hello'))).text).toBe('xxx, says x');
  });

  test('does not follow a redirect', async () => {
    let visits = 0;
    const elsewhere = await provider(() => {
      visits++;
      return { body: chat('caught') };
    });
    const baseUrl = await provider(() => ({ status: 307, headers: { location: elsewhere }, body: '' }));
    const model = modelOf(openModels([choice({ baseUrl })], { env }));
    await expect(model.generate(ask('Hello'))).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    expect(visits).toBe(0);
  });

  test('is looked for at the first call', async () => {
    const model = modelOf(openModels([choice({})], { env: { SAFEMCP_KEYS: undefined, HOME: '/' } }));
    await expect(model.generate(ask('Hello'))).rejects.toMatchObject({ code: 'MODEL_KEY' });
  });
});

describe('a model', () => {
  test('that nobody serves is not found', async () => {
    const baseUrl = await provider(() => ({ body: chat('') }));
    for (const close of closers.splice(0)) close();
    const clock = promptClock();
    const model = modelOf(openModels([choice({ baseUrl })], { env, clock }));
    await expect(model.generate(ask('Hello'))).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    expect(clock.pauses).toEqual([]);
  });

  test('that has answered before is no longer not found', async () => {
    let served = false;
    const baseUrl = await provider(() => {
      if (served) return { status: 404, body: {} };
      served = true;
      return { body: chat('Hi') };
    });
    const model = modelOf(openModels([choice({ baseUrl })], { env }));
    await model.generate(ask('one'));
    await expect(model.generate(ask('two'))).rejects.toMatchObject({ kind: 'bad-request' });
  });

  test('of an unknown provider is refused at once', () => {
    expect(() => openModels([choice({ provider: 'nobody' })])).toThrow(
      expect.objectContaining({ code: 'INVALID_EXPERIMENT', where: 'subject' }) as Error,
    );
  });

  test('answers no larger than the bound', async () => {
    const baseUrl = await provider(() => ({ body: chat('x'.repeat(17 * 1024 * 1024)) }));
    const model = modelOf(openModels([choice({ baseUrl })], { env }));
    await expect(model.generate(ask('Hello'))).rejects.toMatchObject({ kind: 'malformed' });
  });
});

test('a version is bounded', async () => {
  const baseUrl = await provider(() => ({ body: { ...chat('Hi'), model: 'v'.repeat(100_000) } }));
  const { version } = await modelOf(openModels([choice({ baseUrl })], { env })).generate(ask('Hello'));
  expect(version).toHaveLength(200);
});

test.each(['SAFETY', 'OTHER', 'PROHIBITED_CONTENT', 'BLOCKLIST'])(
  'a prompt that Google blocks (%s) is filtered at once',
  async (blockReason) => {
    let calls = 0;
    const baseUrl = await provider(() => {
      calls++;
      return { body: { promptFeedback: { blockReason }, usageMetadata: { promptTokenCount: 4 } } };
    });
    const pool = openModels([choice({ baseUrl, provider: 'google' })], { env: { GEMINI_API_KEY: key } });
    await expect(modelOf(pool).generate(ask('Hello'))).rejects.toMatchObject({ kind: 'content-filter' });
    expect(calls).toBe(1);
  },
);

test('models of one account share the tightest of their limits, others have their own', async () => {
  let atOnce = 0;
  let most = 0;
  const answers: (() => void)[] = [];
  const server = createServer((request, response) => {
    most = Math.max(most, ++atOnce);
    request.resume();
    answers.push(() => {
      atOnce--;
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(chat('Hi')));
    });
    if (answers.length === 2) for (const answer of answers.splice(0)) answer();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close().closeAllConnections());
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const pool = openModels(
    [
      choice({ id: 'a', baseUrl, name: 'a', limits: { concurrency: 2 } }),
      choice({ id: 'b', baseUrl, name: 'b', limits: { concurrency: 5 } }),
    ],
    { env },
  );
  const asked = ['1', '2', '3', '4'].flatMap((text) => pool.models.map((each) => each.generate(ask(text))));
  expect(await Promise.all(asked)).toHaveLength(8);
  expect(most).toBe(2);
});

describe('a budget', () => {
  test('stops before the call that has nothing left to spend', async () => {
    let calls = 0;
    const baseUrl = await provider(() => {
      calls++;
      return { body: chat('Hi', 100_000) };
    });
    // 0.1 million tokens at 2.5 USD and as many at 10 USD: 1.25 USD.
    const pool = openModels([choice({ baseUrl })], {
      env,
      budget: { usd: 2 },
      spent: { usd: 0.5, tokens: 7 },
    });
    const model = modelOf(pool);
    expect((await model.generate(ask('1'))).usd).toBeCloseTo(1.25);
    expect(pool.spent()).toEqual({ usd: 1.75, tokens: 200_007 });
    await model.generate(ask('2'));
    await expect(model.generate(ask('3'))).rejects.toMatchObject({ code: 'BUDGET_SPENT' });
    expect(calls).toBe(2);
  });

  test('in tokens', async () => {
    const baseUrl = await provider(() => ({ body: chat('Hi', 10) }));
    const model = modelOf(openModels([choice({ baseUrl })], { env, budget: { tokens: 20 } }));
    await model.generate(ask('1'));
    await expect(model.generate(ask('2'))).rejects.toMatchObject({
      code: 'BUDGET_SPENT',
      message: expect.stringContaining('20 of 20 tokens') as string,
    });
  });
});

describe('a classifier', () => {
  test('of moderation gives every category its score', async () => {
    const paths: string[] = [];
    const baseUrl = await provider((path) => {
      paths.push(path);
      return {
        body: { id: '1', results: [{ flagged: true, category_scores: { hate: 0.1, violence: 0.9 } }] },
      };
    });
    const { classifiers, models } = openModels([choice({ provider: 'moderation', baseUrl })], { env });
    expect(models).toEqual([]);
    expect(await classifiers[0]?.classify('text')).toEqual([
      { label: 'hate', score: 0.1 },
      { label: 'violence', score: 0.9 },
    ]);
    expect(paths).toEqual(['/moderations']);
  });

  test.each([
    [
      'in two lists',
      [
        [
          { label: 'INJECTION', score: 0.98 },
          { label: 'SAFE', score: 0.02 },
        ],
      ],
    ],
    [
      'in one list',
      [
        { label: 'INJECTION', score: 0.98 },
        { label: 'SAFE', score: 0.02 },
      ],
    ],
  ])('over HTTP gives its labels %s', async (_, body) => {
    const baseUrl = await provider((path) => (path === '/predict' ? { body } : { status: 404, body: {} }));
    const { classifiers } = openModels([choice({ provider: 'classifier', baseUrl })], { env: {} });
    expect(await classifiers[0]?.classify('text')).toEqual([
      { label: 'INJECTION', score: 0.98 },
      { label: 'SAFE', score: 0.02 },
    ]);
  });

  test.each([[{}], [[[{ label: 'A', score: 7 }]]], [{ results: [] }], [[]]])(
    'that answers %j has failed',
    async (body) => {
      const baseUrl = await provider(() => ({ body }));
      for (const kind of ['moderation', 'classifier']) {
        const { classifiers } = openModels([choice({ provider: kind, baseUrl })], {
          env,
          clock: promptClock(),
        });
        await expect(classifiers[0]?.classify('text')).rejects.toMatchObject({ kind: 'malformed' });
      }
    },
  );
});
