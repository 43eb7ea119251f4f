import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/contracts/json.ts';
import type { OnQueue, ReplyCache } from '../../src/contracts/model.ts';
import { createStopwatch } from '../../src/contracts/stopwatch.ts';
import { createReplies } from '../../src/models/replies.ts';

const signal = new AbortController().signal;

function memory(): ReplyCache & { readonly kept: Map<string, JsonValue> } {
  const kept = new Map<string, JsonValue>();
  return {
    kept,
    get: async (key) => kept.get(key),
    async put(key, value) {
      if (!kept.has(key)) kept.set(key, value);
    },
  };
}

interface Word {
  readonly word: string;
}

function asker(question: JsonValue = 'q') {
  let calls = 0;
  return {
    calls: () => calls,
    wanted: {
      question,
      model: 'subject',
      read: (kept: unknown) =>
        typeof kept === 'object' && kept !== null && 'word' in kept ? (kept as Word) : undefined,
      async make(): Promise<Word> {
        calls++;
        return { word: `${calls}` };
      },
    },
  };
}

describe('kept replies', () => {
  test('are asked for once, also by those who ask at the same time', async () => {
    const { wanted, calls } = asker();
    const replies = createReplies(memory(), 'cached');
    const first = await Promise.all([replies.get(wanted, { signal }), replies.get(wanted, { signal })]);
    expect(first).toEqual([
      { value: { word: '1' }, cached: false },
      { value: { word: '1' }, cached: true },
    ]);
    expect(await replies.get(wanted, { signal })).toEqual({ value: { word: '1' }, cached: true });
    expect(calls()).toBe(1);
  });

  test('are told apart by anything in the question, and not by its order', async () => {
    const cache = memory();
    const replies = createReplies(cache, 'cached');
    await replies.get(asker({ a: 1, b: 2 }).wanted, { signal });
    expect((await replies.get(asker({ b: 2, a: 1 }).wanted, { signal })).cached).toBe(true);
    expect((await replies.get(asker({ a: 1, b: 3 }).wanted, { signal })).cached).toBe(false);
  });

  test('are neither used nor kept when replies have to be fresh', async () => {
    const cache = memory();
    const { wanted, calls } = asker();
    await createReplies(cache, 'cached').get(wanted, { signal });
    const fresh = createReplies(cache, 'fresh');
    expect(await fresh.get(wanted, { signal })).toEqual({ value: { word: '2' }, cached: false });
    await fresh.get(asker('other').wanted, { signal });
    expect([calls(), cache.kept.size]).toEqual([2, 1]);
  });

  test('that are missing stop a run without calls', async () => {
    const { wanted, calls } = asker();
    const replies = createReplies(memory(), 'only-cached');
    await expect(replies.get(wanted, { signal })).rejects.toMatchObject({ code: 'REPLAY_MISS' });
    expect(calls()).toBe(0);
  });

  test('hold no failures', async () => {
    const { wanted } = asker();
    const cache = memory();
    const replies = createReplies(cache, 'cached');
    const failing = { ...wanted, make: () => Promise.reject(new Error('no')) };
    await expect(replies.get(failing, { signal })).rejects.toThrow('no');
    expect(cache.kept.size).toBe(0);
    expect((await replies.get(wanted, { signal })).cached).toBe(false);
  });

  test('of another shape are asked for again', async () => {
    const cache = memory();
    const { wanted } = asker();
    await createReplies(cache, 'cached').get(wanted, { signal });
    for (const key of cache.kept.keys()) cache.kept.set(key, ['damaged']);
    expect((await createReplies(cache, 'cached').get(wanted, { signal })).cached).toBe(false);
  });

  test('come to those who still wait when others have given up', async () => {
    const { wanted } = asker();
    let answer: (word: Word) => void = () => undefined;
    let stopped = false;
    const slow = {
      ...wanted,
      make: ({ signal: own }: { readonly signal: AbortSignal }) =>
        new Promise<Word>((resolve, reject) => {
          answer = resolve;
          own.addEventListener('abort', () => {
            stopped = true;
            reject(own.reason as Error);
          });
        }),
    };
    const replies = createReplies(memory(), 'cached');
    const [one, two] = [new AbortController(), new AbortController()];
    const left = replies.get(slow, { signal: one.signal });
    const stays = replies.get(slow, { signal: two.signal });
    one.abort(new Error('enough'));
    await expect(left).rejects.toThrow('enough');
    expect(stopped).toBe(false);
    await new Promise((resolve) => setImmediate(resolve));
    answer({ word: 'late' });
    expect((await stays).value).toEqual({ word: 'late' });

    const three = new AbortController();
    const alone = replies.get({ ...slow, question: 'another' }, { signal: three.signal });
    await new Promise((resolve) => setImmediate(resolve));
    three.abort(new Error('nobody waits'));
    await expect(alone).rejects.toThrow('nobody waits');
    expect(stopped).toBe(true);
  });

  test('tell all who wait when the call waits for its turn, and nobody who has left', async () => {
    const { wanted } = asker();
    let answer: (word: Word) => void = () => undefined;
    let tell: OnQueue = () => undefined;
    const queued = {
      ...wanted,
      make: ({ onQueue }: { readonly onQueue: OnQueue }) => {
        tell = onQueue;
        return new Promise<Word>((resolve) => {
          answer = resolve;
        });
      },
    };
    const replies = createReplies(memory(), 'cached');
    const told: [string, boolean][] = [];
    const ask = (name: string, own: AbortSignal = signal) =>
      replies.get(queued, { signal: own, onQueue: (waiting) => told.push([name, waiting]) });
    const leaving = new AbortController();
    const [first, left] = [ask('first'), ask('left', leaving.signal)];
    await new Promise((resolve) => setImmediate(resolve));
    tell(true);
    const late = ask('late');
    leaving.abort(new Error('enough'));
    await expect(left).rejects.toThrow('enough');
    tell(false);
    answer({ word: 'word' });
    await Promise.all([first, late]);
    expect(told).toEqual([
      ['first', true],
      ['left', true],
      ['late', true],
      ['left', false],
      ['first', false],
      ['late', false],
    ]);
  });

  test('tell an asker who asks twice at once as often that he waits as that he does no longer', async () => {
    const { wanted } = asker();
    let answer: (word: Word) => void = () => undefined;
    let tell: OnQueue = () => undefined;
    const queued = {
      ...wanted,
      make: ({ onQueue }: { readonly onQueue: OnQueue }) => {
        tell = onQueue;
        return new Promise<Word>((resolve) => {
          answer = resolve;
        });
      },
    };
    const replies = createReplies(undefined, 'cached');
    const watch = createStopwatch();
    const first = replies.get(queued, { signal, onQueue: watch.wait });
    await new Promise((resolve) => setImmediate(resolve));
    tell(true);
    const second = replies.get(queued, { signal, onQueue: watch.wait });
    tell(false);
    answer({ word: 'word' });
    await Promise.all([first, second]);
    // Time goes on: this is never called while somebody waits.
    await new Promise<void>((resolve) => void watch.after(0, resolve));
  });
});
