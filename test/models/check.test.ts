import { afterEach, describe, expect, test } from 'vitest';
import { checkClassifier, checkModel } from '../../src/models/check.ts';
import { type FakeModelServer, type FakePolicy, startFakeModel } from '../../src/models/fake/index.ts';
import { openModels } from '../../src/models/index.ts';
import { promptClock } from './clock.ts';

let server: FakeModelServer;
afterEach(() => server.close());

async function check(behave: FakePolicy) {
  server = await startFakeModel({ behave });
  const choice = {
    id: 'subject',
    provider: 'vllm',
    name: 'any',
    baseUrl: `${server.url}/v1`,
    settings: {},
    limits: { maxRetries: 0 },
  };
  const [model] = openModels([choice], { clock: promptClock() }).models;
  if (!model) throw new Error('no model');
  return checkModel(model);
}

const call = (tool: string) => ({ tool, arguments: { note: 'x' } });

describe('a check of a model', () => {
  test('tells that everything works', async () => {
    const result = await check(({ tools }) =>
      tools.length > 0 ? { call: [call('note_a'), call('note_b')] } : { say: '{"ok":true}' },
    );
    expect(result).toEqual({
      id: 'subject',
      abilities: { tools: true, parallelCalls: true, structuredOutput: true },
      version: 'safemcp-fake-model/any',
      tokens: expect.any(Number) as number,
      usd: 0,
    });
    expect(server.requests).toHaveLength(2);
  });

  test('tells what does not work', async () => {
    const oneByOne = await check(({ tools }) =>
      tools.length > 0 ? { call: [call('note_a')] } : { say: 'ok' },
    );
    expect(oneByOne.abilities).toEqual({ tools: true, parallelCalls: false, structuredOutput: false });
    await server.close();
    const refused = await check(({ tools }) => (tools.length > 0 ? { status: 400 } : { say: '{"ok":true}' }));
    expect(refused).toMatchObject({
      abilities: { tools: false, parallelCalls: false, structuredOutput: true },
      problem: { code: 'bad-request' },
    });
  });

  test('tells why a model cannot be asked, with one call', async () => {
    const result = await check(() => ({ status: 401 }));
    expect(result).toMatchObject({ problem: { code: 'MODEL_KEY' }, tokens: 0 });
    expect(result.abilities).toBeUndefined();
    expect(server.requests).toHaveLength(1);
  });
});

test('a check of a classifier asks for labels', async () => {
  server = await startFakeModel({ behave: () => ({ flag: [{ category: 'violence', score: 0.9 }] }) });
  const choice = {
    id: 'c',
    provider: 'moderation',
    name: 'any',
    baseUrl: `${server.url}/v1`,
    settings: {},
    limits: { maxRetries: 0 },
  };
  const { classifiers } = openModels([choice], { env: { OPENAI_API_KEY: 'x' }, clock: promptClock() });
  const [classifier] = classifiers;
  if (!classifier) throw new Error('no classifier');
  expect(await classifier.classify('text')).toContainEqual({ label: 'violence', score: 0.9 });
  expect(await checkClassifier(classifier)).toEqual({ id: 'c', tokens: 0, usd: 0 });
  await server.close();
  expect(await checkClassifier({ id: 'c', classify: () => classifier.classify('other') })).toMatchObject({
    problem: { code: 'network' },
  });
});
