import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TextModel } from '../../../src/contracts/model.ts';
import { askModel } from '../../../src/defenses/models/asking.ts';

const prompt = { system: 's', user: 'u', maxTokens: 1 };
const never = new AbortController().signal;

function askerOf(complete: TextModel['complete'], { timeoutMs = 1000, concurrency = 2 } = {}) {
  const model: TextModel = { id: 'm', complete };
  return askModel('x', { model: () => model }, { model: 'm', timeoutMs, concurrency });
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a question', () => {
  test('is given up when the model stalls, whatever it makes of the signal', async () => {
    let signal: AbortSignal | undefined;
    const asker = askerOf((asked) => {
      signal = asked.signal;
      return new Promise(() => undefined);
    });
    const answer = asker.ask(prompt, never);
    const failed = expect(answer).rejects.toThrow('no answer within 1000 ms');
    await vi.advanceTimersByTimeAsync(1000);
    await failed;
    expect(signal?.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is given up when the connection closes', async () => {
    const closing = new AbortController();
    const answer = askerOf(() => new Promise(() => undefined)).ask(prompt, closing.signal);
    const failed = expect(answer).rejects.toThrow('connection was closed');
    await vi.advanceTimersByTimeAsync(0);
    closing.abort();
    await failed;
    await expect(askerOf(() => Promise.resolve('late')).ask(prompt, closing.signal)).rejects.toThrow(
      'closed',
    );
  });

  test('waits for its turn, and the turn goes on after failures', async () => {
    const going: ((answer: string | Error) => void)[] = [];
    const asker = askerOf(
      () =>
        new Promise((resolve, reject) => {
          going.push((answer) => (typeof answer === 'string' ? resolve(answer) : reject(answer)));
        }),
    );
    const answers = Promise.allSettled([1, 2, 3, 4].map(() => asker.ask(prompt, never)));
    await vi.advanceTimersByTimeAsync(0);
    expect(going).toHaveLength(2);
    going[0]?.(new Error('broken'));
    await vi.advanceTimersByTimeAsync(0);
    expect(going).toHaveLength(3);
    for (const place of [1, 2, 3]) {
      going[place]?.('fine');
      await vi.advanceTimersByTimeAsync(0);
    }
    expect((await answers).map(({ status }) => status)).toEqual([
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ]);
  });

  test('is refused when too many wait', async () => {
    const asker = askerOf(() => new Promise(() => undefined), { timeoutMs: 10, concurrency: 1 });
    const all = Promise.allSettled(Array.from({ length: 1100 }, () => asker.ask(prompt, never)));
    const refused = expect(asker.ask(prompt, never)).rejects.toThrow('Too many questions');
    await refused;
    await vi.advanceTimersByTimeAsync(20_000);
    expect((await all).every(({ status }) => status === 'rejected')).toBe(true);
  });
});
