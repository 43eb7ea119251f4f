import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/contracts/json.ts';
import { type FakePolicy, startFakeModel } from '../../../src/models/fake/index.ts';
import { bench, closers, key, listen } from './proxyBench.ts';

const schema = { type: 'object', properties: { city: { type: 'string', description: 'A town' } } };
const tool = { name: 'look', description: 'Looks out of the window' };
const positive: unknown = expect.toSatisfy((count: number) => count > 0);

/** One request in each format. */
const formats: Readonly<
  Record<string, (stream: boolean) => { readonly path: string; readonly body: JsonObject }>
> = {
  'OpenAI chat': (stream) => ({
    path: '/v1/chat/completions',
    body: {
      model: 'm',
      stream,
      ...(stream && { stream_options: { include_usage: true } }),
      messages: [
        { role: 'system', content: 'Be brief' },
        { role: 'user', content: [{ type: 'text', text: 'Is it raining?' }] },
      ],
      tools: [{ type: 'function', function: { ...tool, parameters: schema } }],
    },
  }),
  'OpenAI responses': (stream) => ({
    path: '/v1/responses',
    body: {
      model: 'm',
      stream,
      instructions: 'Be brief',
      input: [{ role: 'user', content: [{ type: 'input_text', text: 'Is it raining?' }] }],
      tools: [{ type: 'function', ...tool, parameters: schema }],
    },
  }),
  Anthropic: (stream) => ({
    path: '/v1/messages',
    body: {
      model: 'm',
      stream,
      max_tokens: 100,
      system: [{ type: 'text', text: 'Be brief' }],
      messages: [{ role: 'user', content: 'Is it raining?' }],
      tools: [{ ...tool, input_schema: schema }],
    },
  }),
  Google: (stream) => ({
    path: `/v1beta/models/m:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    body: {
      systemInstruction: { parts: [{ text: 'Be brief' }] },
      contents: [{ role: 'user', parts: [{ text: 'Is it raining?' }] }],
      tools: [{ functionDeclarations: [{ ...tool, parameters: schema }] }],
    },
  }),
};

async function provider(behave: FakePolicy): Promise<string> {
  const fake = await startFakeModel({ behave });
  closers.push(() => fake.close());
  return fake.url;
}

describe.each(Object.entries(formats))('%s', (_, request) => {
  describe.each([false, true])('stream: %s', (stream) => {
    test('a call is passed on, and seen with what the model reads and says', async () => {
      const url = await provider(() => ({
        say: 'One moment.',
        call: [{ tool: 'look', arguments: { city: 'Ulm' } }],
      }));
      const { path, body } = request(stream);
      const { post, calls, reads, proxy } = await bench(url);
      const { status, text } = await post(path, body);
      expect(status).toBe(200);
      expect(text).toContain('look');
      expect(proxy.calls).toBe(1);
      expect(reads).toEqual([
        expect.stringMatching(/look\n.*Looks out of the window\n(.*\n)*city\n(.*\n)*A town/),
        'Be brief',
        'Is it raining?',
      ]);
      expect(calls).toMatchObject([
        {
          model: 'm',
          version: expect.stringContaining('safemcp-fake-model') as unknown,
          carried: 0,
          messages: [
            { role: 'system', text: 'Be brief' },
            { role: 'user', text: 'Is it raining?' },
          ],
          tools: ['look'],
          reply: { kind: 'turn', text: 'One moment.', calls: [{ tool: 'look' }], finish: 'tool-calls' },
          inputTokens: positive,
          outputTokens: positive,
        },
      ]);
      const args = calls[0]?.reply.kind === 'turn' ? calls[0].reply.calls[0]?.['arguments'] : undefined;
      expect(typeof args === 'string' ? JSON.parse(args) : args).toEqual({ city: 'Ulm' });
    });

    test.each([429, 500] as const)(
      'the status %i is passed on, and recorded as a failure',
      async (refused) => {
        const { post, calls } = await bench(await provider(() => ({ status: refused })));
        const { path, body } = request(stream);
        expect((await post(path, body)).status).toBe(refused);
        expect(calls).toMatchObject([{ reply: { kind: 'failure', failure: `status ${refused}` } }]);
      },
    );

    test.each(['dropped', 'html', 'invalid-json'] as const)(
      'the fault "%s" is recorded as a failure',
      async (fault) => {
        const { post, calls } = await bench(await provider(() => ({ fault })));
        const { path, body } = request(stream);
        await post(path, body).catch(() => undefined);
        expect(calls).toMatchObject([{ reply: { kind: 'failure' } }]);
      },
    );
  });
});

test('what was said before is recorded once', async () => {
  const { post, calls, reads } = await bench(await provider(() => ({ say: 'No.' })));
  const say = (role: string, content: string) => ({ role, content });
  const first = [say('user', 'Is it raining?')];
  await post('/v1/chat/completions', { model: 'm', messages: first });
  await post('/v1/chat/completions', {
    model: 'm',
    messages: [...first, say('assistant', 'No.'), say('user', 'And now?')],
  });
  await post('/v1/chat/completions', { model: 'm', messages: [say('user', 'Something else')] });
  expect(calls.map(({ carried, messages }) => [carried, messages.map(({ text }) => text)])).toEqual([
    [0, ['Is it raining?']],
    [2, ['And now?']],
    [0, ['Something else']],
  ]);
  expect(reads).toEqual(['Is it raining?', 'No.', 'And now?', 'Something else']);
});

test('the tools of a namespace are seen one by one, and so are calls of them (OpenAI responses)', async () => {
  const url = await provider(({ tools }) => ({ call: [{ tool: tools[0]?.name ?? '', arguments: {} }] }));
  const { post, calls, reads } = await bench(url);
  const first = { role: 'user', content: 'Is it raining?' };
  const description = 'All that a window is good for';
  const tools = [
    { type: 'namespace', name: 'mcp__window', description, tools: [{ type: 'function', ...tool }] },
  ];
  const { text } = await post('/v1/responses', { model: 'm', input: [first], tools });
  const { output } = JSON.parse(text) as { output: JsonObject[] };
  expect(output).toMatchObject([{ type: 'function_call', namespace: 'mcp__window', name: 'look' }]);
  const result = { type: 'function_call_output', call_id: output[0]?.['call_id'] ?? '', output: 'No' };
  await post('/v1/responses', { model: 'm', input: [first, ...output, result], tools });
  expect(reads[0]).toContain('Looks out of the window');
  expect(reads[0]).toContain(description);
  expect(calls).toMatchObject([
    { tools: ['mcp__window.look'], reply: { calls: [{ tool: 'mcp__window.look' }] } },
    { reply: { kind: 'turn' } },
  ]);
});

test('a key that stands in a message is not recorded', async () => {
  const { post, calls } = await bench(await provider(() => ({ say: `It is ${key}` })));
  await post('/v1/chat/completions', {
    model: 'm',
    messages: [{ role: 'user', content: `My key is ${key}` }],
  });
  expect(JSON.stringify(calls)).not.toContain(key);
  expect(JSON.stringify(calls)).toContain('My key is [redacted]');
});

test('an endpoint that cannot be reached is told to the host and recorded', async () => {
  const { post, calls, proxy } = await bench('http://127.0.0.1:9');
  expect((await post('/v1/chat/completions', { model: 'm', messages: [] })).status).toBe(502);
  expect(proxy.failure).toBe('network');
  expect(calls).toMatchObject([{ reply: { kind: 'failure', failure: 'network' } }]);
});

test('a host that goes away in the middle of a long answer leaves a call that ends', async () => {
  let finish = (): void => undefined;
  const url = await listen((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"choices": [{"message": {"content": "');
    finish = () => response.end(`${'x'.repeat(4_000_000)}"}}]}`);
  });
  const { proxy, calls } = await bench(url);
  const leaving = new AbortController();
  const { signal } = leaving;
  const body = JSON.stringify({ model: 'm', messages: [] });
  const answer = await fetch(`${proxy.url}/chat/completions`, { method: 'POST', body, signal });
  leaving.abort();
  await expect(answer.text()).rejects.toThrow();
  finish();
  await expect.poll(() => calls.length).toBe(1);
  expect(proxy.failure).toBeUndefined();
});

test('what is no call of a model is passed on and not counted', async () => {
  const seen: (string | undefined)[] = [];
  const url = await listen((request, response) => {
    seen.push(request.url, request.headers['x-api-key']?.toString());
    response.end('[]');
  });
  const { post, proxy, calls } = await bench(`${url}/base/`);
  expect(await post('/v1/models?limit=3', {})).toEqual({ status: 200, text: '[]' });
  expect(seen).toEqual(['/base/v1/models?limit=3', key]);
  expect([proxy.calls, calls.length]).toEqual([0, 0]);
});

test('a body is passed on as what it says to be, and what comes back is decoded', async () => {
  const seen: unknown[] = [];
  const url = await listen((request, response) => {
    seen.push(request.headers['content-encoding']);
    request.on('data', (body: Buffer) => void seen.push(body.toString()));
    response.writeHead(200, { 'content-encoding': 'gzip' });
    request.on('end', () => void response.end(gzipSync('[]')));
  });
  const { proxy } = await bench(url);
  const headers = { 'content-encoding': 'zstd' };
  const answer = await fetch(`${proxy.url}/v1/files`, { method: 'POST', headers, body: 'packed' });
  expect([seen, await answer.text()]).toEqual([['zstd', 'packed'], '[]']);
});

test('nobody else can use it', async () => {
  const { proxy } = await bench(await provider(() => ({ say: 'Hi' })));
  const { origin } = new URL(proxy.url);
  const response = await fetch(`${origin}/v1/chat/completions`, { method: 'POST', body: '{}' });
  expect(response.status).toBe(404);
});

test.each([
  '/../elsewhere/chat/completions',
  '/v1/../../elsewhere/chat/completions',
  '/..%2felsewhere/chat/completions',
  '/v1%5C.%2E/..%2Felsewhere/chat/completions',
  '.example/v1/chat/completions',
  '@127.0.0.1:9/chat/completions',
])('a key is taken nowhere but below the endpoint: %s', async (rest) => {
  const seen: (string | undefined)[] = [];
  const url = await listen((request, response) => {
    seen.push(request.url);
    response.end('{}');
  });
  const { proxy } = await bench(`${url}/base`);
  const { port, pathname } = new URL(proxy.url);
  // Unlike fetch, this sends the path as it is.
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const options = { port, path: `${pathname}${rest}`, method: 'POST' };
    const asked = httpRequest(options, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject);
    asked.end('{"model": "m", "messages": []}');
  });
  expect([status, seen]).toEqual([404, []]);
});
