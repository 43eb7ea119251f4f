import { once } from 'node:events';
import { connect } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { maxBytes } from '../../../src/agents/external/proxy/body.ts';
import { bench, closers, listen, postPlain, textOf } from './proxyBench.ts';

const question = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'Is it raining?' }] });
const reply = JSON.stringify({
  choices: [{ message: { content: 'No' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 7, completion_tokens: 2 },
});

/** An endpoint that keeps what it is asked. */
async function endpoint() {
  const asked: { readonly encoding: string | undefined; readonly key: unknown; readonly body: string }[] = [];
  const url = await listen(async (request, response) => {
    const { 'content-encoding': encoding, authorization: key } = request.headers;
    asked.push({ encoding, key, body: await textOf(request) });
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(reply);
  });
  return { url, asked };
}

const credential = { header: 'authorization', value: 'real', secret: 'real', family: 'openai' } as const;

test.each([
  ['gzip', gzipSync(question)],
  ['GZIP', gzipSync(question)],
  ['br', brotliCompressSync(question)],
  ['deflate', deflateSync(question)],
  ['identity', Buffer.from(question)],
])(
  'a call that is packed as %s is seen, counted and given the key, and goes on plain',
  async (encoding, body) => {
    const { url, asked } = await endpoint();
    const { proxy, calls, reads } = await bench(url, { credential });
    const answer = await postPlain(`${proxy.url}/v1/chat/completions`, {
      headers: { 'content-encoding': encoding },
      body,
    });
    expect([answer.statusCode, await textOf(answer)]).toEqual([200, reply]);
    expect(asked).toEqual([{ encoding: undefined, key: 'real', body: question }]);
    expect([proxy.calls, proxy.failure, reads]).toEqual([1, undefined, ['Is it raining?']]);
    expect(calls).toMatchObject([{ model: 'm', inputTokens: 7, reply: { text: 'No' } }]);
  },
);

const bomb = gzipSync(Buffer.alloc(maxBytes + 1, ' '));

test.each([
  ['zstd', Buffer.from('\u0028\u00b5\u002f\u00fd'), 415],
  ['gzip, br', gzipSync(question), 415],
  ['gzip', Buffer.from(question), 400],
  ['gzip', bomb, 413],
  ['identity', Buffer.from('no JSON'), 400],
  ['identity', Buffer.from('[1]'), 400],
])(
  'a call as %s that cannot be read is refused (%#), counted and recorded',
  async (encoding, body, status) => {
    const { url, asked } = await endpoint();
    const { proxy, calls, reads } = await bench(url, { credential });
    const answer = await postPlain(`${proxy.url}/v1/chat/completions`, {
      headers: { 'content-encoding': encoding },
      body,
    });
    expect(answer.statusCode).toBe(status);
    expect(JSON.parse(await textOf(answer))).toMatchObject({ error: { type: 'safemcp_proxy' } });
    expect([asked, reads, proxy.calls, proxy.failure]).toEqual([[], [], 1, 'bad-request']);
    expect(calls).toMatchObject([{ model: '', messages: [], reply: { failure: `status ${status}` } }]);
  },
);

test('what is larger than a call may be is told so, and can be said to its end', async () => {
  const { url, asked } = await endpoint();
  const { proxy, calls } = await bench(url);
  const { port, pathname } = new URL(proxy.url);
  const socket = connect(Number(port), '127.0.0.1');
  closers.push(async () => void socket.destroy());
  let answer = '';
  const answered = new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('data', (data) => {
      answer += data.toString();
      if (answer.includes('bytes')) resolve();
    });
  });
  const piece = Buffer.alloc(1_000_000, ' ');
  const length = 2 * maxBytes;
  socket.write(`POST ${pathname}/v1/messages HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n`);
  for (let sent = 0; sent < length; sent += piece.length)
    if (!socket.write(piece)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
  await answered;
  expect(socket.destroyed).toBe(false);
  expect(answer).toMatch(/^HTTP\/1.1 413 /);
  expect(answer).toContain(`larger than ${maxBytes} bytes`);
  expect([asked, calls.length]).toEqual([[], 1]);
});

test('what is no call of a model is passed on as it is packed', async () => {
  const { url, asked } = await endpoint();
  const { proxy } = await bench(url, { credential });
  const headers = { 'content-encoding': 'zstd', authorization: 'none' };
  await textOf(await postPlain(`${proxy.url}/v1/files`, { headers, body: 'packed' }));
  expect(asked).toEqual([{ encoding: 'zstd', key: 'none', body: 'packed' }]);
});

test('an answer that is packed is unpacked, or refused by name', async () => {
  const packed = [
    ['gzip', gzipSync(reply)],
    ['zstd', Buffer.from('packed')],
  ] as const;
  const answers = packed.values();
  const url = await listen((request, response) => {
    request.resume();
    const [encoding = '', body] = answers.next().value ?? [];
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding });
    response.end(body);
  });
  const { proxy, calls } = await bench(url);
  const told = [];
  for (const _ of packed) {
    const answer = await postPlain(`${proxy.url}/v1/chat/completions`, { body: question });
    told.push([answer.statusCode, answer.headers['content-encoding'], await textOf(answer)]);
  }
  const why = 'The answer is encoded with zstd, which nobody asked for';
  expect(told).toEqual([
    [200, undefined, reply],
    [502, undefined, expect.stringContaining(why)],
  ]);
  expect(calls).toMatchObject([{ reply: { kind: 'turn' } }, { reply: { failure: 'malformed', what: why } }]);
  expect(proxy.failure).toBe('malformed');
});

test('the pieces of an answer reach the host as they come', async () => {
  let goOn = (): void => undefined;
  const url = await listen((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: 1\n\n');
    goOn = () => response.end('data: 2\n\n');
  });
  const { proxy } = await bench(url);
  const answer = await postPlain(`${proxy.url}/v1/chat/completions`, { body: question });
  const pieces: string[] = [];
  for await (const piece of answer as AsyncIterable<Buffer>) {
    pieces.push(piece.toString());
    if (pieces.length === 1) goOn();
  }
  expect(pieces).toEqual(['data: 1\n\n', 'data: 2\n\n']);
});

test('a call is made without fetch, which has time limits of its own', async () => {
  const { url, asked } = await endpoint();
  const { proxy } = await bench(url);
  vi.stubGlobal('fetch', () => Promise.reject(new Error('No answer within 300 seconds')));
  try {
    const answer = await postPlain(`${proxy.url}/v1/chat/completions`, { body: question });
    expect([answer.statusCode, await textOf(answer), asked.length]).toEqual([200, reply, 1]);
  } finally {
    vi.unstubAllGlobals();
  }
});
