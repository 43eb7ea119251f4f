import { onTestFinished } from 'vitest';
import { type FakeModelServer, type FakePolicy, startFakeModel } from '../../../src/models/fake/index.ts';

/** A server that ends with its test. */
export async function start(behave?: FakePolicy): Promise<FakeModelServer> {
  const server = await startFakeModel(behave ? { behave } : {});
  onTestFinished(() => server.close());
  return server;
}

export function post(
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

export const messages = [{ role: 'user', content: 'Hello' }];
export const contents = [{ role: 'user', parts: [{ text: 'Hello' }] }];

/** For each address a body that is accepted there, with its streamed form. */
export const accepted = {
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
export const paths = Object.keys(accepted) as (keyof typeof accepted)[];
