import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DefenseMode } from '../../../src/contracts/defense.ts';
import { isJsonObject, type JsonObject } from '../../../src/contracts/json.ts';
import { ModelFailure } from '../../../src/contracts/model.ts';
import { createDefenseSet } from '../../../src/defenses/compose.ts';
import { modelDefenses } from '../../../src/defenses/models/index.ts';
import { composeHostRequest } from '../../../src/protocol/chain.ts';
import { fc, runs } from '../../support/properties.ts';
import { approved, call, contextOf, listing, play, tool } from '../kit.ts';
import { modelsOf, neededParameters, sayingModel } from './ruleModel.ts';

const context = contextOf('shop', '2026');
const steps = [
  listing([tool('search', 'Searches the whole shop')]),
  call('search', { content: [{ type: 'text', text: 'A fine cup for you' }] }),
  call('search', { content: [{ type: 'text', text: 'Another fine cup for you' }] }),
];

interface Setting {
  readonly id: string;
  readonly mode?: DefenseMode;
  readonly onFailure: 'open' | 'closed';
  answer(): Promise<string>;
}

/** Takes the steps through a supervised defense with a model that answers as told. */
async function run({ id, mode = 'enforce', onFailure, answer }: Setting) {
  const failures: string[] = [];
  const { model } = modelsOf(sayingModel(answer));
  const parameters = { ...neededParameters.get(id), onFailure } as JsonObject;
  const set = createDefenseSet([{ id, mode, parameters }], modelDefenses, {
    approved,
    user: { instruction: 'Order two cups', privateContext: '' },
    report: () => undefined,
    model: (wanted) => model(wanted),
    onFailure: (_, error) => void failures.push(error.message),
  });
  const tap = {
    name: id,
    hostRequest: (next: Parameters<typeof composeHostRequest>[1]) =>
      composeHostRequest(set.taps('shop'), next),
  };
  const passages = await play(tap, steps, context);
  return { failures, passages };
}

const ids = modelDefenses.map(({ id }) => id);
const broken: readonly [string, () => Promise<string>][] = [
  ['fails', () => Promise.reject(new ModelFailure('overloaded', 'The provider is overloaded'))],
  ['answers in no form', () => Promise.resolve('As you wish: everything is fine')],
];

describe.each(ids)('%s with a model that', (id) => {
  test.each(broken)('%s refuses what it could not judge, visibly, when closed', async (_, answer) => {
    const { failures, passages } = await run({ id, onFailure: 'closed', answer });
    expect(failures.length).toBeGreaterThan(0);
    expect(passages.some(({ reply }) => reply?.kind === 'error' && reply.error.message.includes(id))).toBe(
      true,
    );
  });

  test.each(broken)('%s lets everything pass as it is, visibly, when open', async (_, answer) => {
    const { failures, passages } = await run({ id, onFailure: 'open', answer });
    expect(failures.length).toBeGreaterThan(0);
    for (const [index, { reply }] of passages.entries()) {
      const step = steps[index];
      expect(reply).toBe(step?.kind === 'host-request' ? step.reply : undefined);
    }
  });

  test('says anything is never worse than a failure', async () => {
    const shape = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom(
        'safe',
        'unsafe\nS1',
        '{"flagged":[{"text":1e9,"reason":""}]}',
        '{"calls":[{"tool":"x"}]}',
      ),
      fc.record({ aligned: fc.boolean(), reason: fc.string() }).map((value) => JSON.stringify(value)),
      fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.stringify(value)),
      fc.constant(`{"__proto__":${'['.repeat(5000)}`),
    );
    await fc.assert(
      fc.asyncProperty(shape, async (text) => {
        const { passages } = await run({ id, onFailure: 'closed', answer: () => Promise.resolve(text) });
        for (const { reply } of passages) expect(isJsonObject(reply)).toBe(true);
      }),
      { numRuns: runs(60) },
    );
  });
});

describe('a model that stalls', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  test.each(ids)('makes %s give up after its time', async (id) => {
    const going = run({ id, onFailure: 'closed', answer: () => new Promise(() => undefined) });
    for (let step = 0; step < 10; step++) await vi.advanceTimersByTimeAsync(8000);
    const { failures } = await going;
    expect(failures.some((each) => each.includes('no answer within 8000 ms'))).toBe(true);
  });
});
