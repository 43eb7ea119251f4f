import { expect, test } from 'vitest';
import { jsonResponse } from '../../src/models/jsonResponse.ts';

const text = JSON.stringify({ said: 'Grüße 🌍' });

async function readAll({ body }: Response): Promise<string> {
  const reader = body?.getReader();
  const chunks: Uint8Array[] = [];
  for (let step = await reader?.read(); step?.value; step = await reader?.read()) chunks.push(step.value);
  await reader?.cancel();
  reader?.releaseLock();
  return Buffer.concat(chunks).toString('utf8');
}

test('reads like any response of this text', async () => {
  const usual = () => new Response(text, { status: 201, headers: { 'content-type': 'application/json' } });
  const own = () => jsonResponse(text, 201);
  for (const read of [
    readAll,
    (response: Response) => response.text(),
    (response: Response) => response.json(),
  ])
    expect(await read(own())).toEqual(await read(usual()));
  const { ok, status, statusText, headers } = own();
  expect({ ok, status, statusText }).toEqual({ ok: true, status: 201, statusText: '' });
  expect([...headers]).toEqual([...usual().headers]);
});

test('is over at once when nobody reads on', async () => {
  const reader = jsonResponse(text, 200).body?.getReader();
  await reader?.cancel();
  expect(await reader?.read()).toEqual({ done: true, value: undefined });
});
