import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Tap } from '../../src/contracts/wire.ts';
import { resultReply } from '../../src/contracts/wire.ts';
import { CallLimitReached, connectHost, type HostOptions, ServiceFailure } from '../../src/protocol/host.ts';
import { openService } from '../../src/protocol/openService.ts';
import { createWire } from '../../src/protocol/wire.ts';
import { toyService } from '../support/protocolToy.ts';
import { onHostRequest } from '../support/taps.ts';

async function connect(options: Partial<HostOptions> = {}, serviceTaps: readonly Tap[] = []) {
  const opened = await openService(toyService('toy'), { transport: 'memory' });
  const transport = createWire(opened.transport, { service: 'toy', transport: 'memory', serviceTaps });
  return connectHost(new Map([['toy', { transport, era: '2026' }]]), {
    maxCalls: 3,
    callTimeoutMs: 10_000,
    signal: new AbortController().signal,
    ...options,
  });
}

/** Whether `promise` has settled some turns of the event loop from now. */
async function settles(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const note = (): void => {
    settled = true;
  };
  promise.then(note, note);
  for (let turn = 0; turn < 20; turn++) await nextTurn();
  return settled;
}

test('the call over the limit rejects and is reported at once; nothing settles after it', async () => {
  const failures: Error[] = [];
  const host = await connect({ maxCalls: 0, onFailure: (failure) => failures.push(failure) });
  const over = host.call('toy', 'echo', { text: 'a' });
  expect(failures).toEqual([expect.any(CallLimitReached)]);
  await expect(over).rejects.toThrow('limit of 0 calls');
  expect(await settles(host.call('toy', 'echo', { text: 'b' }))).toBe(false);
  expect(await settles(host.tools())).toBe(false);
  expect(failures).toHaveLength(1);
  await host.close();
});

test.each(['call', 'listing'])('a service that fails a %s is reported', async (what) => {
  const failures: Error[] = [];
  let broken = false;
  const refuse: Tap = {
    name: 'refuse',
    hostRequest: (next) => async (request, context) =>
      broken ? { kind: 'dropped' } : next(request, context),
  };
  const host = await connect({ callTimeoutMs: 50, onFailure: (failure) => failures.push(failure) }, [refuse]);
  broken = true;
  await expect(what === 'call' ? host.call('toy', 'echo', {}) : host.tools()).rejects.toThrow('toy');
  expect(failures).toEqual([expect.any(ServiceFailure)]);
  expect(await settles(host.call('toy', 'echo', {}))).toBe(false);
  await host.close();
});

test('an error that a service answers with is no failure', async () => {
  const failures: Error[] = [];
  const host = await connect({ onFailure: (failure) => failures.push(failure) });
  expect(await host.call('toy', 'unknown', {})).not.toMatchObject({ kind: 'result' });
  expect(await host.call('toy', 'fail', {})).toEqual({ kind: 'tool-error', text: 'no' });
  expect(await host.call('toy', 'echo', { text: 'a' })).toMatchObject({ text: 'a' });
  expect(failures).toEqual([]);
  await host.close();
});

test('nothing settles once the signal is aborted', async () => {
  const stop = new AbortController();
  const host = await connect({ signal: stop.signal });
  stop.abort();
  expect(await settles(host.call('toy', 'echo', { text: 'a' }))).toBe(false);
  await host.close();
});

test('an agent that keeps asking leaves turns to the event loop', async () => {
  const host = await connect({ maxCalls: 100 });
  let turns = 0;
  let counting = true;
  const count = (): void => {
    turns++;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  for (let call = 0; call < 32; call++) {
    await host.tools();
    await host.call('toy', 'echo', { text: 'a' });
  }
  counting = false;
  expect(turns).toBeGreaterThanOrEqual(4);
  await host.close();
});

test.each([
  ['result', false],
  ['tool-error', true],
] as const)(
  'the structured content of a %s is given to the agent and counts as read',
  async (kind, isError) => {
    const readings: string[] = [];
    const structured = { note: 'two', list: ['three', 4] };
    const answer = onHostRequest(
      'tools/call',
      () => async () =>
        resultReply({
          resultType: 'complete',
          isError,
          content: [{ type: 'text', text: 'one' }],
          structuredContent: structured,
        }),
    );
    const host = await connect({ onReading: ({ text }) => readings.push(text) }, [answer]);
    expect(await host.call('toy', 'echo', {})).toEqual({ kind, text: 'one', structured });
    expect(readings.at(-1)).toBe('one\nnote\ntwo\nlist\nthree');
    await host.close();
  },
);
