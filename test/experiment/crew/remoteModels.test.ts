import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { SafeMcpError } from '../../../src/contracts/errors.ts';
import type { JsonObject } from '../../../src/contracts/json.ts';
import {
  type ClassifierLabel,
  ModelFailure,
  type ModelReply,
  type ModelRequest,
  type OpenModels,
} from '../../../src/contracts/model.ts';
import { createAnswering } from '../../../src/experiment/crew/answering.ts';
import type { FromThread, ToThread } from '../../../src/experiment/crew/messages.ts';
import { createRemoteModels } from '../../../src/experiment/crew/remoteModels.ts';

const reply: ModelReply = {
  text: 'Hello',
  calls: [],
  finish: 'stop',
  usage: { inputTokens: 3, outputTokens: 1 },
  usd: 0.5,
  cached: false,
};
const labels: readonly ClassifierLabel[] = [{ label: 'unsafe', score: 0.9 }];
const messages = [{ role: 'system' as const, text: 'Be brief.' }];

interface Joined {
  readonly open: OpenModels;
  readonly posted: readonly ToThread[];
}

/** Both ends, with copies in between as threads get them. */
function joined(generate: (request: ModelRequest) => Promise<ModelReply>): Joined {
  const posted: ToThread[] = [];
  const post = (message: ToThread): void => {
    const copy = structuredClone(message);
    posted.push(copy);
    if (copy.kind === 'answer') remote.answer(copy.call, copy.settled);
    if (copy.kind === 'queue') remote.queue(copy.call, copy.waiting);
  };
  const open = { models: [{ id: 'm', generate }], classifiers: [{ id: 'c', classify: async () => labels }] };
  const answering = createAnswering(open, () => Promise.resolve(), post);
  const remote = createRemoteModels({ models: ['m'], classifiers: ['c'] }, (message: FromThread) => {
    const copy = structuredClone(message);
    if (copy.kind === 'ask') answering.ask(copy.call, copy.json);
    if (copy.kind === 'drop') answering.drop(copy.call);
  });
  return { open: remote.open, posted };
}

function ask({ open }: Joined, request: Omit<ModelRequest, 'messages'> = {}): Promise<ModelReply> {
  const [model] = open.models;
  if (!model) throw new Error('no model');
  return model.generate({ messages, ...request });
}

describe('a model in another thread', () => {
  test('is asked what it would be asked here, and answers the same', async () => {
    const seen: object[] = [];
    const both = joined(async ({ signal: _signal, onQueue: _onQueue, ...request }) => {
      seen.push(request);
      return reply;
    });
    expect(await ask(both, { draw: 2, maxTokens: 7 })).toEqual(reply);
    expect(seen).toEqual([{ messages, draw: 2, maxTokens: 7 }]);
    expect(await both.open.classifiers[0]?.classify('text')).toEqual(labels);
  });

  test('fails with the error that it would fail with here', async () => {
    const failing = (error: Error) => ask(joined(() => Promise.reject(error)));
    const stop = new SafeMcpError('BUDGET_SPENT', 'Spent', { where: 'budget', hint: 'More' });
    await expect(failing(stop)).rejects.toSatisfy(
      (error) => error instanceof SafeMcpError && error.code === 'BUDGET_SPENT',
    );
    await expect(failing(stop)).rejects.toMatchObject({ message: 'Spent', where: 'budget', hint: 'More' });
    await expect(failing(new ModelFailure('overloaded', 'Too much'))).rejects.toSatisfy(
      (error) => error instanceof ModelFailure && error.kind === 'overloaded',
    );
    await expect(failing(new TypeError('Odd'))).rejects.toThrow('Odd');
  });

  test('answers with what nests deep, and fails where it nests too deep for JSON', async () => {
    const answering = (levels: number) => {
      let deep: JsonObject = {};
      for (let level = 0; level < levels; level++) deep = { in: deep };
      return { ...reply, calls: [{ id: '1', tool: 't', arguments: deep }] };
    };
    expect(await ask(joined(async () => answering(500)))).toEqual(answering(500));
    await expect(ask(joined(async () => answering(100_000)))).rejects.toThrow('call stack');
  });

  test('nobody waits for is told so, and the caller gets his own reason at once', async () => {
    const caller = new AbortController();
    let dropped = false;
    const both = joined(
      ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            dropped = true;
            reject(signal.reason as Error);
          });
        }),
    );
    const asked = ask(both, { signal: caller.signal });
    await nextTurn();
    caller.abort(new Error('Mine'));
    await expect(asked).rejects.toThrow('Mine');
    expect(dropped).toBe(true);
    await nextTurn();
    expect(both.posted).toEqual([]);
    await expect(ask(both, { signal: caller.signal })).rejects.toThrow('Mine');
  });

  test('tells of a wait that lasts, and not of one that is over at once', async () => {
    const told: boolean[] = [];
    const onQueue = (waiting: boolean): void => void told.push(waiting);
    const short = joined(async ({ onQueue: tell }) => {
      tell?.(true);
      await Promise.resolve();
      tell?.(false);
      return reply;
    });
    await ask(short, { onQueue });
    expect(told).toEqual([]);
    const long = joined(async ({ onQueue: tell }) => {
      tell?.(true);
      await nextTurn();
      await nextTurn();
      tell?.(false);
      return reply;
    });
    await ask(long, { onQueue });
    expect(told).toEqual([true, false]);
  });

  test('leaves nobody waiting whose call is dropped while it waits', async () => {
    const told: boolean[] = [];
    const caller = new AbortController();
    const both = joined(({ onQueue: tell }) => {
      tell?.(true);
      return new Promise(() => undefined);
    });
    const asked = ask(both, { signal: caller.signal, onQueue: (waiting) => void told.push(waiting) });
    await nextTurn();
    await nextTurn();
    caller.abort(new Error('Mine'));
    await expect(asked).rejects.toThrow('Mine');
    expect(told).toEqual([true, false]);
  });
});
