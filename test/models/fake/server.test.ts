import { request as httpRequest } from 'node:http';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { FakeBehavior, FakePolicy } from '../../../src/models/fake/index.ts';
import { type FakeModelServer, isFakeModelVersion, startFakeModel } from '../../../src/models/fake/index.ts';

async function start(behave?: FakePolicy): Promise<FakeModelServer> {
  const server = await startFakeModel(behave ? { behave } : {});
  onTestFinished(() => server.close());
  return server;
}

function post(
  url: string,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

const messages = [{ role: 'user', content: 'Hello' }];
const contents = [{ role: 'user', parts: [{ text: 'Hello' }] }];

/** For each address a body that is accepted there, with its streamed form. */
const accepted = {
  '/v1/chat/completions': { model: 'm', messages },
  '/v1/responses': { model: 'm', input: 'Hello' },
  '/v1/messages': { model: 'm', max_tokens: 9, messages },
  '/v1beta/models/m:generateContent': { contents },
  '/v1beta/models/m:streamGenerateContent': { contents },
  '/v1beta/models/m:streamGenerateContent?alt=sse': { contents },
  '/api/chat': { model: 'm', messages },
  '/v1/moderations': { input: 'Hello' },
  '/predict': { inputs: 'Hello' },
};
const paths = Object.keys(accepted) as (keyof typeof accepted)[];

describe('Ollama', () => {
  const tools = [
    {
      type: 'function',
      function: { name: 'add', description: 'Adds', parameters: { type: 'object', properties: {} } },
    },
  ];
  const conversation = [
    ...messages,
    { role: 'assistant', content: '', tool_calls: [{ function: { name: 'add', arguments: { x: 1 } } }] },
    { role: 'tool', content: 'Added', tool_name: 'add' },
  ];

  test('answers whole', async () => {
    const { url, requests } = await start(() => ({
      say: 'Hi',
      call: [{ tool: 'add', arguments: { x: 1 } }],
    }));
    const body = { model: 'm', messages: conversation, tools, stream: false };
    const reply: unknown = await (await post(url, '/api/chat', body)).json();
    expect(reply).toMatchObject({
      model: 'safemcp-fake-model/m',
      message: {
        role: 'assistant',
        content: 'Hi',
        tool_calls: [{ function: { name: 'add', arguments: { x: 1 } } }],
      },
      done: true,
      done_reason: 'stop',
      eval_count: 4,
    });
    expect(requests[0]?.turn).toMatchObject({
      format: 'ollama',
      tools: [{ name: 'add', description: 'Adds' }],
      messages: [
        { role: 'user', text: 'Hello' },
        { role: 'assistant', calls: [{ tool: 'add', arguments: { x: 1 } }] },
        { role: 'tool', results: [{ text: 'Added' }] },
      ],
    });
  });

  test('streams lines, unless told otherwise', async () => {
    const say = 'A text that is long enough for several lines';
    const { url } = await start(() => ({ say, call: [{ tool: 'add', arguments: {} }] }));
    const response = await post(url, '/api/chat', { model: 'm', messages });
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    const lines = (await response.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { message: { content: string; tool_calls?: [] }; done: boolean });
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.map(({ message }) => message.content).join('')).toBe(say);
    expect(lines.flatMap(({ message }) => message.tool_calls ?? [])).toHaveLength(1);
    expect(lines.map(({ done }) => done)).toEqual([...lines.slice(1).map(() => false), true]);
  });

  test('says its errors', async () => {
    const { url } = await start(() => ({ status: 404 }));
    const response = await post(url, '/api/chat', { model: 'm', messages });
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: expect.any(String) as string });
  });
});

describe('moderation', () => {
  test('flags each input', async () => {
    const { url, requests } = await start(() => ({ flag: [{ category: 'violence', score: 0.9 }] }));
    const reply: unknown = await (await post(url, '/v1/moderations', { input: ['a', 'b'] })).json();
    const result = {
      flagged: true,
      categories: { violence: true, hate: false },
      category_scores: { violence: 0.9 },
    };
    expect(reply).toMatchObject({
      model: 'safemcp-fake-model/omni-moderation-latest',
      results: [result, result],
    });
    expect(requests[0]?.turn?.messages.map(({ text }) => text)).toEqual(['a', 'b']);
  });

  test('flags nothing below its threshold, or when the policy only speaks', async () => {
    for (const behavior of [{ flag: [{ category: 'hate', score: 0.4 }] }, { say: 'unsafe' }]) {
      const { url } = await start(() => behavior);
      const reply: unknown = await (await post(url, '/v1/moderations', { input: 'a' })).json();
      expect(reply).toMatchObject({ results: [{ flagged: false, categories: { hate: false } }] });
    }
  });
});

test('a classifier labels each text', async () => {
  const { url } = await start(({ messages: [first] }) =>
    first?.text === 'bad' ? { flag: [{ category: 'injection', score: 0.9 }] } : { say: '' },
  );
  const predict = async (inputs: unknown): Promise<unknown> =>
    (await post(url, '/predict', { inputs })).json();
  const bad = [{ label: 'injection', score: 0.9 }];
  expect(await predict('bad')).toEqual(bad);
  expect(await predict(['bad'])).toEqual([bad]);
  expect(await predict('good')).toEqual([{ label: 'safe', score: 0.99 }]);
});

describe('refusals and broken calls, as each format has them', () => {
  const broken: FakeBehavior = { call: [{ tool: 'add', broken: '{"x": ' }] };
  const refused: FakeBehavior = { refuse: 'No.' };
  const add = { name: 'add', parameters: { type: 'object' } };
  test.each([
    ['/v1/chat/completions', refused, { choices: [{ message: { refusal: 'No.', content: null } }] }],
    ['/v1/responses', refused, { output: [{ content: [{ type: 'refusal', refusal: 'No.' }] }] }],
    ['/v1/messages', refused, { stop_reason: 'refusal', content: [{ text: 'No.' }] }],
    [
      '/v1beta/models/m:generateContent',
      refused,
      { candidates: [{ content: { parts: [{ text: 'No.' }] } }] },
    ],
    [
      '/v1/chat/completions',
      broken,
      { choices: [{ message: { tool_calls: [{ function: { arguments: '{"x": ' } }] } }] },
    ],
    ['/v1/responses', broken, { output: [{ type: 'function_call', arguments: '{"x": ' }] }],
    ['/v1/messages', broken, { content: [{ type: 'tool_use', input: '{"x": ' }] }],
    [
      '/v1beta/models/m:generateContent',
      broken,
      { candidates: [{ finishReason: 'MALFORMED_FUNCTION_CALL' }] },
    ],
  ] as const)('%s %j', async (path, behavior, expected) => {
    const { url } = await start(() => behavior);
    const body = { ...accepted[path], tools: toolsFor(path, add) };
    expect(await (await post(url, path, body)).json()).toMatchObject(expected);
  });
});

function toolsFor(path: string, add: { readonly name: string; readonly parameters: object }): unknown[] {
  if (path === '/v1/chat/completions') return [{ type: 'function', function: add }];
  if (path === '/v1/responses') return [{ type: 'function', ...add }];
  if (path === '/v1/messages') return [{ name: add.name, input_schema: add.parameters }];
  return [{ functionDeclarations: [add] }];
}

describe('what a client asks for', () => {
  test('no tool, one tool, any tool', async () => {
    const { url, requests } = await start(() => ({ say: 'ok' }));
    const tools = ['a', 'b'].map((name) => ({ type: 'function', function: { name } }));
    for (const choice of ['none', 'required', { type: 'function', function: { name: 'b' } }])
      await post(url, '/v1/chat/completions', { model: 'm', messages, tools, tool_choice: choice });
    expect(requests.map(({ turn }) => [turn?.tools.map(({ name }) => name), turn?.mustCall])).toEqual([
      [[], false],
      [['a', 'b'], true],
      [['b'], true],
    ]);
  });

  test('a shape of the text', async () => {
    const { url, requests } = await start(() => ({ say: 'ok' }));
    const schema = { type: 'object', properties: { score: { type: 'integer' } } };
    await post(url, '/v1/chat/completions', {
      ...accepted['/v1/chat/completions'],
      response_format: { type: 'json_schema', json_schema: { name: 'rating', schema } },
    });
    await post(url, '/v1/messages', {
      ...accepted['/v1/messages'],
      output_config: { format: { type: 'json_schema', schema } },
    });
    await post(url, '/v1/responses', {
      ...accepted['/v1/responses'],
      text: { format: { type: 'json_schema', name: 'rating', schema } },
    });
    await post(url, '/v1beta/models/m:generateContent', {
      contents,
      generationConfig: { responseJsonSchema: schema },
    });
    await post(url, '/api/chat', { ...accepted['/api/chat'], format: schema });
    expect(requests.map(({ turn }) => turn?.schema)).toEqual(Array.from({ length: 5 }, () => schema));
  });

  test('a reference to what was said before', async () => {
    const { url, requests } = await start(() => ({ say: 'Said before' }));
    const first = (await (await post(url, '/v1/responses', accepted['/v1/responses'])).json()) as {
      output: [{ id: string }];
    };
    const refer = (id: string): Promise<Response> =>
      post(url, '/v1/responses', {
        model: 'm',
        input: [
          { type: 'item_reference', id },
          { role: 'user', content: 'And now?' },
        ],
      });
    expect((await refer(first.output[0].id)).status).toBe(200);
    expect(requests.at(-1)?.turn?.messages.map(({ role, text }) => [role, text])).toEqual([
      ['assistant', 'Said before'],
      ['user', 'And now?'],
    ]);
    expect((await refer('msg_unknown')).status).toBe(404);
  });
});

describe('pace', () => {
  test('a stream comes as its gate lets it through', async () => {
    const open: (() => void)[] = [];
    const gate = (): Promise<void> => new Promise((resolve) => void open.push(resolve));
    const { url } = await start(() => ({ say: 'A text of more than one piece, two or three', gate }));
    const pending = post(url, '/v1/chat/completions', { model: 'm', messages, stream: true });
    const { body } = await pending;
    const reader = body?.getReader();
    let passed = 0;
    let text = '';
    for (;;) {
      // Nothing moves until the next piece is released.
      const read = reader?.read();
      await expect.poll(() => open.length).toBeGreaterThan(passed);
      open[passed]?.();
      passed++;
      const { done, value } = (await read) ?? { done: true };
      text += new TextDecoder().decode(value);
      if (done || text.includes('[DONE]')) break;
    }
    expect(passed).toBeGreaterThan(5);
    expect(text.split('\n\n').filter(Boolean)).toHaveLength(passed);
  });

  test('a delayed or stalled answer ends with the server, and with the client', async () => {
    for (const behavior of [{ say: 'late', delayMs: 3_600_000 }, { fault: 'stall' }] as const) {
      const server = await start(() => behavior);
      const leaving = new AbortController();
      const left = fetch(`${server.url}/v1/moderations`, {
        method: 'POST',
        body: '{"input":"a"}',
        signal: leaving.signal,
      }).catch((error: unknown) => error);
      const stayed = post(server.url, '/v1/moderations', { input: 'b' }).catch((error: unknown) => error);
      await expect.poll(() => server.requests.length).toBe(2);
      leaving.abort();
      expect(await left).toBeInstanceOf(Error);
      await server.close();
      expect(await stayed).toBeInstanceOf(Error);
    }
  });
});

describe('requests', () => {
  test('are kept as they came, without keys', async () => {
    const { url, requests } = await start();
    const secret = 'very-secret-value';
    await post(
      url,
      `/v1beta/models/m:generateContent?key=${secret}&alt=json`,
      { contents },
      {
        authorization: `Bearer ${secret}`,
        'x-api-key': secret,
        'x-goog-api-key': secret,
        'api-key': secret,
        cookie: secret,
        'x-kept': 'kept',
      },
    );
    expect(requests[0]).toMatchObject({ n: 1, method: 'POST', body: { contents }, turn: { n: 1 } });
    expect(requests[0]?.headers).toMatchObject({ 'x-kept': 'kept', 'x-api-key': '[redacted]' });
    expect(requests[0]?.path).toBe('/v1beta/models/m:generateContent?key=[redacted]&alt=json');
    expect(JSON.stringify(requests)).not.toContain(secret);
  });

  test.each(['/v1/models', '/v1beta/models', '/api/tags', '/api/version'])('%s is listed', async (path) => {
    const { url } = await start();
    const response = await fetch(url + path);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('safemcp-fake-model');
  });

  test('the mark is recognized', () => {
    expect(isFakeModelVersion('safemcp-fake-model/gpt')).toBe(true);
    expect(isFakeModelVersion('gpt')).toBe(false);
  });
});

describe('hostile requests', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const circumstances = paths.flatMap((path) => [
    [path, 'no JSON', '{'],
    [path, 'deep', deep],
    [path, 'deep inside', `{"model":"m","messages":${deep},"input":${deep},"contents":${deep}}`],
    [path, 'an array', '[]'],
    [path, 'null', 'null'],
    [path, 'nothing', ''],
    [path, 'wrong types', '{"model":1,"messages":{"a":1},"input":7,"contents":"x","max_tokens":"1"}'],
    [path, 'no messages', '{"model":"m","messages":[],"input":[],"contents":[],"max_tokens":1}'],
  ]);
  test.each(circumstances)('%s: %s', async (path, _what, body) => {
    const { url, requests } = await start();
    const response = await post(url, String(path), String(body));
    expect(response.status).toBe(400);
    expect(await response.json()).toHaveProperty('error');
    expect(requests).toHaveLength(1);
    expect(requests[0]?.turn).toBeUndefined();
    expect((await post(url, '/v1/moderations', accepted['/v1/moderations'])).status).toBe(200);
  });

  test('a body that is too large is refused, and the next one served', async () => {
    const { url } = await start();
    const body = JSON.stringify({ input: 'x'.repeat(9 * 1024 * 1024) });
    expect((await post(url, '/v1/moderations', body)).status).toBe(413);
    expect((await post(url, '/v1/moderations', accepted['/v1/moderations'])).status).toBe(200);
  });

  test('unknown addresses and methods', async () => {
    const { url } = await start();
    expect((await post(url, '/v1/unknown', {})).status).toBe(404);
    expect((await fetch(`${url}/v1/chat/completions`, { method: 'PUT' })).status).toBe(405);
    expect((await fetch(`${url}/unknown`)).status).toBe(404);
    expect(await rawPath(url, '//[::1')).toBe(404);
  });

  test('calls without results and results without calls', async () => {
    const { url } = await start();
    const call = { id: 'c1', type: 'function', function: { name: 'a', arguments: '{}' } };
    const open = [...messages, { role: 'assistant', content: null, tool_calls: [call] }];
    const stray = [...messages, { role: 'tool', tool_call_id: 'c9', content: 'x' }];
    for (const each of [open, [...open, ...messages], stray])
      expect((await post(url, '/v1/chat/completions', { model: 'm', messages: each })).status).toBe(400);
    const use = { type: 'tool_use', id: 'c1', name: 'a', input: {} };
    const asked = [...messages, { role: 'assistant', content: [use] }];
    expect((await post(url, '/v1/messages', { model: 'm', max_tokens: 1, messages: asked })).status).toBe(
      400,
    );
    const item = { type: 'function_call', call_id: 'c1', name: 'a', arguments: '{}' };
    expect((await post(url, '/v1/responses', { model: 'm', input: [item] })).status).toBe(400);
    const part = { role: 'model', parts: [{ functionCall: { name: 'a', args: {} } }] };
    const google = { contents: [...contents, part, ...contents] };
    expect((await post(url, '/v1beta/models/m:generateContent', google)).status).toBe(400);
  });

  test('any JSON gets an answer below 500', async () => {
    const { url } = await start();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.jsonValue(),
        fc.jsonValue(),
        async (path, part, whole) => {
          const body = {
            ...accepted[path],
            messages: part,
            input: part,
            inputs: part,
            contents: part,
            tools: part,
          };
          for (const each of [body, whole])
            expect((await post(url, path, each)).status, JSON.stringify(each)).toBeLessThan(500);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** A path that fetch would mend. */
function rawPath(url: string, path: string): Promise<number | undefined> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    httpRequest({ port, path, host: '127.0.0.1' }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });
}

describe('whatever a policy decides', () => {
  const text = fc.string({ unit: 'binary', maxLength: 300 });
  const args = fc.dictionary(fc.string({ unit: 'binary', maxLength: 8 }), fc.jsonValue(), { maxKeys: 4 });
  const call = fc.record({
    tool: text,
    arguments: args.map((value) => ({ ...value }) as Record<string, never>),
  });
  const behavior: fc.Arbitrary<FakeBehavior> = fc.oneof(
    fc.record({ say: text }),
    fc.record({ say: text, end: fc.constantFrom('length' as const, 'content-filter' as const) }),
    fc.record({ say: text, call: fc.array(call, { maxLength: 4 }) }),
    fc.record({ call: fc.array(fc.record({ tool: text, broken: text }), { minLength: 1, maxLength: 3 }) }),
    fc.record({ refuse: text }),
    fc.record({
      flag: fc.array(fc.record({ category: text, score: fc.double({ min: 0, max: 1, noNaN: true }) })),
    }),
  );

  test('every body can be parsed, whole or streamed', async () => {
    let next: FakeBehavior = { say: '' };
    const { url } = await start(() => next);
    await fc.assert(
      fc.asyncProperty(behavior, fc.constantFrom(...paths), fc.boolean(), async (decided, path, stream) => {
        next = decided;
        const response = await post(url, path, { ...accepted[path], stream });
        expect(response.status).toBe(200);
        expect(partsOf(response.headers.get('content-type'), await response.text())).not.toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('a text arrives as it was said', async () => {
    let said = '';
    const { url } = await start(() => ({ say: said }));
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 400 }), async (each) => {
        said = each;
        const response = await post(url, '/v1/chat/completions', { model: 'm', messages, stream: true });
        const parts = partsOf('text/event-stream', await response.text()) as readonly {
          choices: { delta: { content?: string } }[];
        }[];
        expect(parts.map(({ choices: [choice] }) => choice?.delta.content ?? '').join('')).toBe(each);
      }),
      { numRuns: 60 },
    );
  });
});

function partsOf(contentType: string | null, body: string): readonly unknown[] {
  if (contentType === 'application/json') return [JSON.parse(body)];
  if (contentType === 'application/x-ndjson')
    return body
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as unknown);
  expect(contentType).toBe('text/event-stream');
  return body
    .split('\n')
    .filter((line) => line.startsWith('data: ') && line !== 'data: [DONE]')
    .map((line) => JSON.parse(line.slice('data: '.length)) as unknown);
}
