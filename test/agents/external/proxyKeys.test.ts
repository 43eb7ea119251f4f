import { expect, test } from 'vitest';
import type { ModelCredential } from '../../../src/contracts/model.ts';
import { bench, listen } from './proxyBench.ts';

const paths: Readonly<Record<ModelCredential['family'], readonly string[]>> = {
  openai: ['POST /chat/completions', 'POST /v1/chat/completions', 'POST /v1/responses'],
  anthropic: ['POST /messages', 'POST /v1/messages', 'POST /v1/messages/count_tokens'],
  google: [
    'POST /v1beta/models/m:generateContent',
    'POST /models/m:streamGenerateContent',
    'POST /v1beta/models/m:countTokens',
  ],
};
const lists = ['GET /v1/models', 'GET /models'];
const others = [
  'GET /v1/files',
  'GET /v1/organization/admin_api_keys',
  'POST /v1/files',
  'POST /v1/fine_tuning/jobs',
  'POST /v1/models',
  'POST /v1/threads/t/messages',
  'POST /v1/threads/t/responses',
  'POST /v1/tunedModels/m:generateContent',
  'POST /admin/v1/chat/completions',
  'PUT /v1/responses',
  'DELETE /v1/responses',
];

test.each(['openai', 'anthropic', 'google'] as const)(
  'the real key of an endpoint like %s goes with its own calls, and with nothing else',
  async (family) => {
    const keyed: string[] = [];
    const open: string[] = [];
    const endpoint = await listen((request, response) => {
      const { authorization, 'x-api-key': other } = request.headers;
      const asked = `${request.method} ${request.url}`;
      if (authorization === 'Bearer real' && other === undefined) keyed.push(asked);
      if (authorization === 'Bearer none' && other === 'none') open.push(asked);
      request.resume();
      response.end('{}');
    });
    const credential = { header: 'authorization', value: 'Bearer real', secret: 'real', family };
    const { proxy } = await bench(endpoint, { credential });
    const all = [...Object.values(paths).flat(), ...lists, ...others];
    for (const each of all) {
      const [method = '', path = ''] = each.split(' ');
      await fetch(`${proxy.url}${path}`, {
        method,
        headers: { authorization: 'Bearer none', 'x-api-key': 'none' },
        ...(method !== 'GET' && { body: '{"model":"m"}' }),
      });
    }
    expect(keyed).toEqual(all.filter((each) => [...paths[family], ...lists].includes(each)));
    expect([...keyed, ...open].sort()).toEqual([...all].sort());
  },
);

test('what the host has put into the address for a key goes no further with the real one', async () => {
  const asked: (string | undefined)[] = [];
  const endpoint = await listen((request, response) => {
    asked.push(request.url, request.headers['x-goog-api-key']?.toString());
    request.resume();
    response.end('{}');
  });
  const credential = { header: 'x-goog-api-key', value: 'real', secret: 'real', family: 'google' } as const;
  const { post } = await bench(endpoint, { credential });
  await post('/v1beta/models/m:generateContent?key=none&alt=json', {});
  expect(asked).toEqual(['/v1beta/models/m:generateContent?alt=json', 'real']);
});
