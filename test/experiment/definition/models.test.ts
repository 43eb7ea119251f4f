import { describe, expect, test } from 'vitest';
import { isSafeMcpError } from '../../../src/contracts/errors.ts';
import type { Experiment } from '../../../src/contracts/experiment.ts';
import { builtInCatalog } from '../../../src/experiment/catalog.ts';
import { parseExperiment } from '../../../src/experiment/definition/index.ts';

const catalog = builtInCatalog();

function experiment(text: string): Experiment {
  const minimal = 'name: x\nenvironments: [todo]\nagents: [scripted/faithful]\n';
  return parseExperiment(`${minimal}${text}`, 'x.yaml', catalog).experiment;
}

function problems(text: string): string {
  try {
    experiment(text);
  } catch (error) {
    if (isSafeMcpError(error)) return error.message;
    throw error;
  }
  throw new Error('Nothing was refused');
}

describe('the models of an experiment file', () => {
  test('are ids, or maps with settings, limits and a price', () => {
    const { models, budget } = experiment(`models:
  - openai/gpt-4o
  - { id: openrouter/meta-llama/llama-3.1-70b-instruct, temperature: 0, seed: 7 }
  - id: mine
    provider: vllm
    name: Qwen/Qwen3-8B
    baseUrl: http://10.0.0.1:8000/v1
    keyFrom: MY_KEY
    reasoningEffort: low
    requestsPerMinute: 60
    timeoutMs: 5000
    price: { input: 0.1, output: 0.2 }
  - { provider: ollama, name: 'llama3.1:8b' }
budget: { usd: 2.5 }
`);
    expect(models).toEqual([
      { id: 'openai/gpt-4o', provider: 'openai', name: 'gpt-4o', settings: {}, limits: {} },
      {
        id: 'openrouter/meta-llama/llama-3.1-70b-instruct',
        provider: 'openrouter',
        name: 'meta-llama/llama-3.1-70b-instruct',
        settings: { temperature: 0, seed: 7 },
        limits: {},
      },
      {
        id: 'mine',
        provider: 'vllm',
        name: 'Qwen/Qwen3-8B',
        baseUrl: 'http://10.0.0.1:8000/v1',
        keyFrom: 'MY_KEY',
        settings: { reasoningEffort: 'low' },
        limits: { requestsPerMinute: 60, timeoutMs: 5000 },
        price: { input: 0.1, output: 0.2 },
      },
      {
        id: 'ollama/llama3.1:8b',
        provider: 'ollama',
        name: 'llama3.1:8b',
        settings: {},
        limits: {},
      },
    ]);
    expect(budget).toEqual({ usd: 2.5 });
  });

  test('that carriers use may be configured, or only named', () => {
    const configured = experiment('models: [{ id: m, provider: ollama, name: x }]\nattackModel: m\n');
    expect(configured).toMatchObject({ attackModel: 'm', models: [{ id: 'm' }] });
    expect(experiment('attackModel: openai/gpt-4o\n')).toMatchObject({
      attackModel: 'openai/gpt-4o',
      models: [{ id: 'openai/gpt-4o', provider: 'openai', name: 'gpt-4o' }],
    });
    expect(experiment('').models).toBeUndefined();
  });

  test.each([
    ['models: [gpt-4o]', 'x.yaml:4:10: expected an id PROVIDER/NAME'],
    ['models: [{ id: x, provider: opnai, name: y }]', 'there is no provider "opnai"'],
    ['models: [openai-compatible/x]', 'openai-compatible needs baseUrl'],
    ['models: [{ id: openai/x, baseUrl: "ftp://x" }]', 'baseUrl must be'],
    ['models: [openai/x, openai/x]', 'another model is called "openai/x"'],
    ['models: [{ id: openai/x, temprature: 1 }]', 'unknown key "temprature", did you mean temperature?'],
    ['models: [{ id: openai/x, apiKey: abc }]', 'unknown key "apiKey"'],
    ['models: [{ id: openai/x, temperature: 3 }]', 'expected at most 2'],
    ['models: [{ id: openai/x, keyFrom: "sk 1" }]', 'expected the name of an environment variable'],
    ['budget: { usd: 0 }', 'x.yaml:4:'],
    ['attackModel: nothing', 'there is no model "nothing"'],
    ['models: [{ id: mine, provider: ollama, name: x }]\nattackModel: mne', 'did you mean mine?'],
  ])('%s is refused', (text, problem) => {
    expect(problems(`${text}\n`)).toContain(problem);
  });
});
