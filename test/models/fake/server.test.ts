import { request as httpRequest } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isFakeModelVersion, startFakeModel } from '../../../src/models/fake/index.ts';
import { fc, runs } from '../../support/properties.ts';
import { accepted, contents, messages, paths, post, start } from './serving.ts';

describe('pace', () => {
  test('a stream comes as its gate lets it through', async () => {
    const open: (() => void)[] = [];
    const gate = (): Promise<void> => new Promise((resolve) => void open.push(resolve));
    const { url } = await start(() => ({ say: 'A text of more than one piece, two or three', gate }));
    const pending = post(url, '/v1/chat/completions', { model: 'm', messages, stream: true });
    const { body } = await pending;
    if (!body) throw new Error('No body');
    const reader = body.getReader();
    let passed = 0;
    let text = '';
    while (!text.includes('[DONE]')) {
      // One piece waits at the gate, and no other comes before it is let through.
      await expect.poll(() => open.length).toBe(passed + 1);
      open[passed]?.();
      passed++;
      const { value } = (await reader.read()) as { readonly value: Uint8Array };
      text += new TextDecoder().decode(value);
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

  test('the newest are kept', async () => {
    const server = await startFakeModel({ keep: 2 });
    onTestFinished(() => server.close());
    for (const input of ['a', 'b', 'c']) await post(server.url, '/v1/moderations', { input });
    expect(server.requests.map(({ body }) => body)).toEqual([{ input: 'b' }, { input: 'c' }]);
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
      { numRuns: runs(60) },
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

test('a policy that throws is told to its client, and the next request is served', async () => {
  const { url } = await start(({ n }) => {
    if (n === 1) throw new Error('no idea');
    return { say: 'ok' };
  });
  const response = await post(url, '/v1/moderations', { input: 'a' });
  expect(response.status).toBe(500);
  expect(await response.text()).toContain('The policy failed: no idea');
  expect((await post(url, '/v1/moderations', { input: 'a' })).status).toBe(200);
});

test('a port in use is said so', async () => {
  const { url } = await start();
  await expect(startFakeModel({ port: Number(new URL(url).port) })).rejects.toMatchObject({
    code: 'PORT_IN_USE',
  });
});
