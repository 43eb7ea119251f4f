import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ModelChoice } from '../../../src/contracts/experiment.ts';
import type { JsonObject } from '../../../src/contracts/json.ts';
import { createAccount } from '../../../src/models/budget.ts';
import { runToyEpisode, type ToyEpisode } from '../../support/toyExperiment.ts';

const hostFile = fileURLToPath(new URL('./child/host.mjs', import.meta.url));
const key = 'the-real-key-of-the-user';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closers.splice(0)) await close();
});

interface Endpoint {
  readonly url: string;
  readonly headers: IncomingHttpHeaders[];
}

/** An endpoint that answers every call with the next of these, and then with the last. */
async function endpoint(...answers: readonly { readonly status: number; readonly body: JsonObject }[]) {
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    request.resume();
    headers.push(request.headers);
    const { status, body } = answers[headers.length - 1] ?? answers.at(-1) ?? { status: 500, body: {} };
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, headers } satisfies Endpoint;
}

const usage = { prompt_tokens: 600, completion_tokens: 400 };
const said = {
  status: 200,
  body: { model: 'm', choices: [{ message: { content: 'Hi' }, finish_reason: 'stop' }], usage },
};
const refused = (status: number, message: string) => ({ status, body: { error: { message } } });

interface Wish extends ToyEpisode {
  readonly url: string;
  readonly calls?: number;
  readonly model?: Partial<ModelChoice>;
  readonly parameters?: JsonObject;
}

/** A host that does the task, and asks its model so many times. */
function episode({ url, calls = 1, model, parameters, ...options }: Wish) {
  const choice: ModelChoice = {
    id: 'subject',
    provider: 'openai',
    name: 'm',
    baseUrl: url,
    settings: {},
    limits: {},
    price: { input: 1_000, output: 1_000 },
    ...model,
  };
  const command = [process.execPath, hostFile, 'ask', '{task}', 'legacy', String(calls)];
  return runToyEpisode({
    choice: {
      id: 'host',
      kind: 'external',
      model: 'subject',
      parameters: { command, sandbox: 'off', ...parameters },
    },
    modelChoices: [choice],
    ...options,
  });
}

describe('the real key', () => {
  test.each([
    ['openai', '/chat/completions', { authorization: `Bearer ${key}` }],
    ['openai-responses', '/responses', { authorization: `Bearer ${key}` }],
    ['anthropic', '/messages', { 'x-api-key': key }],
    ['google', '/models/m:generateContent', { 'x-goog-api-key': key }],
    ['azure', '/chat/completions', { 'api-key': key }],
  ])('reaches the endpoint as %s wants it, and the host never', async (provider, place, expected) => {
    const { url, headers } = await endpoint(said);
    vi.stubEnv('REAL_KEY', key);
    const { events } = await episode({
      url,
      model: { provider, keyFrom: 'REAL_KEY' },
      // Even one who asks for it does not get it.
      parameters: { pass: ['REAL_KEY'], env: { OPENAI_API_KEY: key, ASKS_AT: place } },
    });
    expect(headers).toHaveLength(1);
    expect(headers[0]).toMatchObject(expected);
    expect(JSON.stringify(headers).split(key)).toHaveLength(2);
    expect(events.find((event) => event.type === 'answer')?.text).toBe('I could not go on with none.');
    expect(JSON.stringify(events)).not.toContain(key);
  });

  test('that the endpoint repeats in a refusal comes to nobody', async () => {
    const { url } = await endpoint(said, refused(400, `Your key ${key} is odd`));
    vi.stubEnv('OPENAI_API_KEY', key);
    const { events, outcome } = await episode({ url, calls: 2 });
    expect(outcome.status).toBe('model-error');
    expect(JSON.stringify(events)).toContain('Your key [redacted] is odd');
    expect(JSON.stringify(events)).not.toContain(key);
  });

  test('is not there: what the host has is passed on', async () => {
    const { url, headers } = await endpoint(said);
    vi.stubEnv('OPENAI_API_KEY', '');
    await episode({ url, parameters: { env: { OPENAI_API_KEY: 'mine' } } });
    expect(headers[0]?.authorization).toBe('Bearer mine');
  });

  test('is missing although it is named: nothing is asked', async () => {
    const { url, headers } = await endpoint(said);
    const run = episode({ url, model: { keyFrom: 'SAFEMCP_TEST_NO_SUCH_KEY' } });
    await expect(run).rejects.toMatchObject({ code: 'MODEL_KEY', where: 'SAFEMCP_TEST_NO_SUCH_KEY' });
    expect(headers).toHaveLength(0);
  });
});

describe('a model that is out of reach', () => {
  test.each([
    [401, 'MODEL_KEY'],
    [403, 'MODEL_KEY'],
    [404, 'MODEL_NOT_FOUND'],
  ])('stops the run at the first call that is answered %i', async (status, code) => {
    const { url, headers } = await endpoint(refused(status, 'Not for you'));
    await expect(episode({ url, calls: 3 })).rejects.toMatchObject({
      code,
      message: `The host's model: The provider answered ${status}: Not for you`,
      where: url,
    });
    expect(headers).toHaveLength(1);
  });

  test('stops the run when nothing answers at its address', async () => {
    const { url } = await endpoint(said);
    for (const close of closers.splice(0)) await close();
    await expect(episode({ url })).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND', where: url });
  });

  test('but has answered before is a failure of the episode', async () => {
    const { url } = await endpoint(said, refused(401, 'Too late'));
    expect((await episode({ url, calls: 2 })).outcome.status).toBe('model-error');
  });
});

describe('limits', () => {
  test.each([
    [{ maxSteps: 2 }, 'STEP_LIMIT', 2],
    [{ maxTokens: 1_500 }, 'TOKEN_LIMIT', 2],
  ])('%o hold for the calls of a host', async (limits, code, calls) => {
    const { url, headers } = await endpoint(said);
    const { outcome } = await episode({ url, calls: 9, limits });
    expect(outcome).toMatchObject({ status: 'limit', problem: { code }, cost: { usd: calls } });
    expect(headers).toHaveLength(calls);
  });

  test('a budget stops the run', async () => {
    const { url, headers } = await endpoint(said);
    const models = { models: [], classifiers: [], account: createAccount({ usd: 3 }) };
    await expect(episode({ url, calls: 9, models })).rejects.toMatchObject({ code: 'BUDGET_SPENT' });
    expect(headers).toHaveLength(3);
  });

  test('a call of the model ends at the time limit of the model', async () => {
    const server = createServer((request) => request.resume());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    const { outcome, events } = await episode({ url, model: { limits: { timeoutMs: 50 } } });
    expect(outcome.status).toBe('model-error');
    expect(events.find((event) => event.type === 'model')?.reply).toEqual({
      kind: 'failure',
      failure: 'timeout',
      what: 'No answer within 50 ms',
    });
  });
});
