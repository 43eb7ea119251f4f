import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { createFetch } from '../../src/models/http.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const ask = createFetch({ secret: '', now: () => 0 });

interface Endpoint {
  readonly url: string;
  readonly asked: IncomingHttpHeaders[];
}

async function endpoint(body: Buffer, headers: Readonly<Record<string, string>>): Promise<Endpoint> {
  const asked: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    request.resume();
    asked.push(request.headers);
    response.writeHead(200, { 'content-type': 'application/json', ...headers });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked };
}

describe('an answer that is packed although nobody asked for it', () => {
  test.each([
    ['gzip', gzipSync('{"a":1}')],
    ['br', brotliCompressSync('{"a":1}')],
    ['identity', Buffer.from('{"a":1}')],
  ])('%s is unpacked', async (encoding, body) => {
    const { url, asked } = await endpoint(body, { 'content-encoding': encoding });
    const answer = await ask(url, { method: 'POST', body: '{}' });
    expect(await answer.json()).toEqual({ a: 1 });
    expect(asked[0]).toMatchObject({ 'accept-encoding': 'identity', 'content-length': '2' });
  });

  test('is refused, with the reason, when nobody here can unpack it', async () => {
    const { url } = await endpoint(Buffer.from('(\u00b5/\u00fd'), { 'content-encoding': 'zstd' });
    await expect(ask(url, { method: 'POST', body: '{}' })).rejects.toMatchObject({
      means: 'malformed',
      passing: false,
      message: 'The answer is encoded with zstd, which nobody asked for',
    });
  });

  test('is unpacked no further than an answer may be long', async () => {
    const { url } = await endpoint(gzipSync(Buffer.alloc(20_000_000, ' ')), { 'content-encoding': 'gzip' });
    await expect(ask(url, { method: 'POST', body: '{}' })).rejects.toMatchObject({
      means: 'malformed',
      message: expect.stringContaining('larger than') as unknown,
    });
  });
});

test.each<[string, RequestInit['body']]>([
  ['Uint8Array', new Uint8Array(2)],
  ['FormData', new FormData()],
  ['URLSearchParams', new URLSearchParams('a=1')],
])('a body that is no text but %s is a defect, and nothing is sent', async (kind, body) => {
  const { url, asked } = await endpoint(Buffer.from('{}'), {});
  await expect(ask(url, { method: 'POST', body: body ?? null })).rejects.toMatchObject({
    code: 'INTERNAL',
    message: `A request to a provider has the body ${kind} in place of a text`,
  });
  await expect(ask(new Request(url, { method: 'POST', body: '{}' }))).rejects.toMatchObject({
    code: 'INTERNAL',
  });
  expect(asked).toEqual([]);
});
