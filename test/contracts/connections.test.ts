import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { send } from '../../src/contracts/connections.ts';

test('a connection stays open for the next call, and is closed from this side when none comes', async () => {
  const server = createServer((request, response) => {
    request.resume();
    response.end('{}');
  });
  // Like what stands before many providers, it closes none by itself in time.
  server.keepAliveTimeout = 0;
  let connections = 0;
  const closed = new Promise<void>((resolve) => {
    server.on('connection', (socket) => {
      connections++;
      socket.once('close', () => resolve());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  for (let call = 0; call < 2; call++) {
    const answer = await send({ url, method: 'POST', headers: {}, body: '{}' });
    await answer.toArray();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(connections).toBe(1);
  await closed;
  await new Promise((resolve) => server.close(resolve));
}, 30_000);
