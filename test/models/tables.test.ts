import { describe, expect, test } from 'vitest';
import { modelChoice, objectionTo } from '../../src/models/choice.ts';
import { refusalFault, retryAfter } from '../../src/models/fault.ts';
import { priceOf, priceTable, unpricedModels } from '../../src/models/prices.ts';
import { findProvider, providers } from '../../src/models/providers.ts';

describe('the providers', () => {
  test('have ids of their own and addresses that a choice may have', () => {
    expect(new Set(providers.map(({ id }) => id)).size).toBe(providers.length);
    for (const { id, baseUrl } of providers) {
      const choice = modelChoice(`${id}/some/name`);
      expect(choice).toMatchObject({ provider: id, name: 'some/name' });
      if (choice)
        expect(objectionTo(choice)).toEqual(baseUrl ? undefined : expect.stringContaining('needs baseUrl'));
    }
  });

  test.each(['gpt-4o', 'nobody/x', 'openai/', '/x', ''])('%j is no model', (id) => {
    expect(modelChoice(id)).toBeUndefined();
  });

  test.each(['ftp://x/v1', 'http://user:pass@x/v1', 'https://x/v1?key=1', 'x'])(
    'refuse the address %s',
    (baseUrl) => {
      const choice = modelChoice('openai/x');
      expect(choice && objectionTo({ ...choice, baseUrl })).toContain('baseUrl');
    },
  );
});

describe('prices', () => {
  const price = (id: string) => {
    const choice = modelChoice(id);
    return choice && priceOf(choice);
  };

  test('hold for a model and its dated versions only', () => {
    expect(price('openai/gpt-4o')).toEqual({ input: 2.5, output: 10 });
    expect(price('openai/gpt-4o-2024-08-06')).toEqual({ input: 2.5, output: 10 });
    expect(price('openai-responses/gpt-4o-mini')).toEqual({ input: 0.15, output: 0.6 });
    expect(price('anthropic/claude-sonnet-4-5-20250929')).toEqual({ input: 3, output: 15 });
    expect(price('openai/gpt-4o-audio-preview')).toBeUndefined();
    expect(price('openrouter/openai/gpt-4o')).toBeUndefined();
  });

  test('are none for servers on this machine and classifiers', () => {
    expect(price('ollama/llama3.1')).toEqual({ input: 0, output: 0 });
    expect(price('moderation/omni-moderation-latest')).toEqual({ input: 0, output: 0 });
  });

  test('that nobody knows are told, unless the experiment gives them', () => {
    const known = modelChoice('openai/gpt-4o');
    const unknown = modelChoice('openai/gpt-99');
    if (!known || !unknown) throw new Error('no choices');
    expect(unpricedModels([known, unknown])).toEqual(['openai/gpt-99']);
    const own = { input: 1, output: 2 };
    expect(priceOf({ ...unknown, price: own })).toEqual(own);
    expect(unpricedModels([{ ...unknown, price: own }])).toEqual([]);
  });

  test('name a provider that exists and a source', () => {
    for (const { provider, source, input, output } of priceTable()) {
      expect(findProvider(provider)).toBeDefined();
      expect(source).not.toBe('');
      expect(output).toBeGreaterThan(input);
    }
  });
});

describe('retry-after', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  test.each([
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': '0.25' }, 250],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 23:00:00 GMT' }, 0],
    [{ 'retry-after-ms': '1500', 'retry-after': '2' }, 1500],
    [{ 'retry-after': '-5' }, 0],
    [{ 'retry-after': '99999999' }, 3_600_000],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '' }, undefined],
    [{}, undefined],
  ])('%j', (headers, wait) => {
    expect(retryAfter(new Headers(headers), now)).toBe(wait);
  });
});

describe('a refusal', () => {
  const meaning = (status: number, body = '') => {
    const { means, passing, message } = refusalFault({ status, headers: new Headers(), body }, 0);
    return { means, passing, message };
  };
  test.each([
    [402, '', 'MODEL_KEY', false],
    [403, '', 'MODEL_KEY', false],
    [404, '', 'MODEL_NOT_FOUND', false],
    [408, '', 'timeout', true],
    [422, '', 'bad-request', false],
    [429, '', 'rate-limit', true],
    [429, '{"error":{"code":"insufficient_quota"}}', 'MODEL_KEY', false],
    [400, '{"error":{"details":[{"reason":"API_KEY_INVALID"}]}}', 'MODEL_KEY', false],
    [400, '{"error":{"code":"content_filter"}}', 'content-filter', false],
    [503, '', 'overloaded', true],
  ])('%i %s', (status, body, means, passing) => {
    expect(meaning(status, body)).toMatchObject({ means, passing });
  });

  test('quotes the message of the provider, in bounds', () => {
    expect(meaning(400, '{"error":{"message":"no\\nsuch"}}').message).toBe(
      'The provider answered 400: no such',
    );
    expect(meaning(400, '{"message":"flat"}').message).toContain('flat');
    expect(meaning(500, 'x'.repeat(5_000)).message.length).toBeLessThan(400);
  });
});
