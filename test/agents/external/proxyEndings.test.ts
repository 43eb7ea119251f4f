import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { expect, test } from 'vitest';
import { bench, listen, postPlain, textOf } from './proxyBench.ts';

const ask = (model: string) => JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] });

/** Answers by the model that is asked. */
async function endpoint(statuses: Readonly<Record<string, number>>): Promise<string> {
  return listen(async (request, response) => {
    const { model } = JSON.parse(await textOf(request)) as { model: string };
    response.writeHead(statuses[model] ?? 200, { 'content-type': 'application/json' });
    response.end('{}');
  });
}

async function askAll(url: string, models: readonly string[]) {
  const opened = await bench(url);
  for (const model of models)
    await textOf(await postPlain(`${opened.proxy.url}/v1/chat/completions`, { body: ask(model) }));
  return opened;
}

test.each([
  ['a side call that fails is no failure', ['m', 'small'], { small: 500 }, undefined],
  ['a side call that succeeds excuses nothing', ['m', 'small'], { m: 500 }, 'overloaded'],
  ['a side call before the first answer counts as little', ['small', 'm'], { small: 429 }, undefined],
  ['of several calls of the model, the last counts', ['m', 'm'], { m: 429 }, 'rate-limit'],
  [
    'a host that never asks the model that it was told has only others',
    ['small'],
    { small: 500 },
    'overloaded',
  ],
] as const)('%s', async (_, models, statuses, failure) => {
  const { proxy, calls } = await askAll(await endpoint(statuses), models);
  expect(proxy.failure).toBe(failure);
  expect(calls).toHaveLength(models.length);
});

test('an answer to a side call does not excuse a wrong key', async () => {
  const { stops } = await askAll(await endpoint({ m: 401 }), ['small', 'm']);
  expect(stops).toMatchObject([{ code: 'MODEL_KEY' }]);
});

test('a side call with a wrong key stops nothing', async () => {
  const { stops } = await askAll(await endpoint({ small: 401 }), ['small', 'm']);
  expect(stops).toEqual([]);
});

test('closing ends calls under way, and they are recorded then, also those of a host that has gone', async () => {
  let arrived = (): void => undefined;
  const arrival = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const left: Promise<unknown>[] = [];
  const url = await listen((request) => {
    request.resume();
    left.push(once(request, 'close'));
    arrived();
  });
  const { proxy, calls } = await bench(url);
  const asking = httpRequest(`${proxy.url}/v1/chat/completions`, { method: 'POST' });
  asking.on('error', () => undefined).end(ask('m'));
  const gone = new Promise((resolve) => asking.once('close', resolve));
  await arrival;
  asking.destroy();
  await gone;
  await proxy.close();
  expect(calls).toMatchObject([
    { reply: { failure: 'network', what: 'The host ended before there was an answer' } },
  ]);
  await Promise.all(left);
});
