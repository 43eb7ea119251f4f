import { describe, expect, test } from 'vitest';
import type { FakeBehavior } from '../../../src/models/fake/index.ts';
import { fc, runs } from '../../support/properties.ts';
import { accepted, contents, messages, paths, post, start } from './serving.ts';

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
      { numRuns: runs(200) },
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
      { numRuns: runs(60) },
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
