import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Defense } from '../../src/contracts/defense.ts';
import {
  type Exchange,
  errorReply,
  type McpNotification,
  type McpReply,
  type Tap,
} from '../../src/contracts/wire.ts';
import { createDefenseSet } from '../../src/defenses/compose.ts';
import { at } from './kit.ts';
import { choose, context, createScope, define, defineTap, exchangeOf, request, served } from './setKit.ts';

describe('time', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());
  const spend = (milliseconds: number): unknown => vi.advanceTimersByTime(milliseconds);

  const slow = (id: string, before: number, after: number): Defense =>
    defineTap(id, {
      hostRequest: (next) => async (asked, where) => {
        spend(before);
        const reply = await next(asked, where);
        spend(after);
        return reply;
      },
      notification(message) {
        spend(before);
        return message;
      },
    });

  test('is what a defense spends itself, not what lies beyond it', async () => {
    const scope = createScope();
    const set = createDefenseSet([choose('a'), choose('b')], [slow('a', 1, 2), slow('b', 30, 40)], scope);
    const service: Exchange = () => {
      spend(500);
      return Promise.resolve(served);
    };
    await exchangeOf(set.taps('shop'), service)(request, context);
    expect(scope.times).toEqual([
      ['b', 70],
      ['a', 3],
    ]);
  });

  test('counts requests apart that are under way together', async () => {
    const scope = createScope();
    const set = createDefenseSet([choose('a')], [slow('a', 1, 2)], scope);
    const waiting: (() => void)[] = [];
    const service: Exchange = () => new Promise((resolve) => void waiting.push(() => resolve(served)));
    const exchange = exchangeOf(set.taps('shop'), service);
    const both = [exchange(request, context), exchange({ ...request, id: 'shop#2' }, context)];
    spend(100);
    for (const answer of waiting) answer();
    await Promise.all(both);
    const spent = scope.times.map(([, milliseconds]) => milliseconds);
    expect(Math.max(...spent)).toBeLessThan(10);
  });

  test('counts a defense that asks twice at once', async () => {
    const twice = defineTap('a', {
      hostRequest: (next) => async (asked, where) => {
        spend(1);
        const [reply] = await Promise.all([next(asked, where), next(asked, where)]);
        return reply;
      },
    });
    const scope = createScope();
    const set = createDefenseSet([choose('a')], [twice], scope);
    const service: Exchange = async () => {
      await Promise.resolve();
      spend(50);
      return served;
    };
    await exchangeOf(set.taps('shop'), service)(request, context);
    expect(scope.times).toEqual([['a', 1]]);
  });

  test('is taken for notifications and failures too', async () => {
    const scope = createScope();
    const failing = defineTap('b', {
      hostRequest: () => () => {
        spend(7);
        throw new Error('broken');
      },
    });
    const set = createDefenseSet([choose('a'), choose('b')], [slow('a', 1, 2), failing], scope);
    const taps = set.taps('shop');
    void at(taps, 0).notification?.(
      { id: 'shop#2', direction: 'to-host', method: 'notifications/x' },
      context,
    );
    await exchangeOf(taps, () => Promise.resolve(served))(request, context);
    expect(scope.times).toEqual([
      ['a', 1],
      ['b', 7],
      ['a', 3],
    ]);
  });
});

describe('a defense that fails', () => {
  const refused = errorReply(-32603, 'The defense bad failed, so this was refused');
  const failure = new Error('broken');
  const fail = (): never => {
    throw failure;
  };
  const kinds: [string, Omit<Tap, 'name'>, number][] = [
    ['when it is set up', { hostRequest: fail }, 0],
    ['before it passes a request on', { hostRequest: () => fail }, 0],
    ['before, later', { hostRequest: () => () => Promise.reject(failure) }, 0],
    [
      'after it passed a request on',
      {
        hostRequest: (next) => async (asked, where) => {
          await next(asked, where);
          return fail();
        },
      },
      1,
    ],
    [
      'while the request is on its way',
      {
        hostRequest: (next) => (asked, where) => {
          next(asked, where).catch(() => undefined);
          return fail();
        },
      },
      1,
    ],
    ['by giving no reply', { hostRequest: () => () => Promise.resolve(undefined as unknown as McpReply) }, 0],
  ];

  test.each(kinds)('closed refuses the message: %s', async (_, tap, calls) => {
    const scope = createScope();
    const set = createDefenseSet([choose('bad')], [defineTap('bad', tap)], scope);
    const service = vi.fn<Exchange>(() => Promise.resolve(served));
    expect(await exchangeOf(set.taps('shop'), service)(request, context)).toEqual(refused);
    expect(service).toHaveBeenCalledTimes(calls);
    expect(scope.failures).toHaveLength(1);
    expect(scope.failures[0]?.[0]).toBe('bad');
  });

  test.each(kinds)('open lets the message pass, once: %s', async (_, tap) => {
    const scope = createScope();
    const set = createDefenseSet([choose('bad', { onFailure: 'open' })], [defineTap('bad', tap)], scope);
    const service = vi.fn<Exchange>(() => Promise.resolve(served));
    expect(await exchangeOf(set.taps('shop'), service)(request, context)).toBe(served);
    expect(service).toHaveBeenCalledTimes(1);
    expect(scope.failures).toHaveLength(1);
  });

  test.each(['open', 'closed'] as const)(
    '%s: a request of the service is treated the same',
    async (onFailure) => {
      const set = createDefenseSet(
        [choose('bad', { onFailure })],
        [defineTap('bad', { serviceRequest: () => fail })],
        createScope(),
      );
      const exchange = at(set.taps('shop'), 0).serviceRequest?.(() => Promise.resolve(served));
      expect(await exchange?.(request, context)).toEqual(onFailure === 'open' ? served : refused);
    },
  );

  test.each(['open', 'closed'] as const)('%s: a notification passes or is dropped', (onFailure) => {
    const scope = createScope();
    const set = createDefenseSet(
      [choose('bad', { onFailure })],
      [defineTap('bad', { notification: fail })],
      scope,
    );
    const message: McpNotification = { id: 'shop#2', direction: 'to-host', method: 'notifications/x' };
    const passed = at(set.taps('shop'), 0).notification?.(message, context);
    expect(passed).toBe(onFailure === 'open' ? message : undefined);
    expect(scope.failures).toEqual([['bad', 'broken']]);
  });

  test('without waiting leaves no error behind, whatever becomes of the request', async () => {
    const hasty = defineTap('bad', {
      hostRequest: (next) => (asked, where) => {
        void next(asked, where);
        return fail();
      },
    });
    const set = createDefenseSet([choose('bad')], [hasty], createScope());
    const exchange = exchangeOf(set.taps('shop'), () => Promise.reject(new Error('connection lost')));
    // An error left behind would end the test run as an unhandled rejection.
    expect(await exchange(request, context)).toEqual(refused);
  });

  test('to reveal a text leaves it as it is', () => {
    const scope = createScope();
    const set = createDefenseSet([choose('bad')], [define('bad', { reveal: fail })], scope);
    expect(set.reveal('text')).toBe('text');
    expect(scope.failures).toEqual([['bad', 'broken']]);
  });
});

test.each(['open', 'closed'])('%s: what fails beyond a defense is not its failure', async (onFailure) => {
  const scope = createScope();
  const passing = defineTap('good', { hostRequest: (next) => (asked, where) => next(asked, where) });
  const set = createDefenseSet([choose('good', { onFailure })], [passing], scope);
  const broken = new Error('connection lost');
  const exchange = exchangeOf(set.taps('shop'), () => Promise.reject(broken));
  await expect(exchange(request, context)).rejects.toBe(broken);
  expect(scope.failures).toEqual([]);
});

test.each(['open', 'closed'])(
  '%s: what a closing wire cuts off is no failure of a defense',
  async (onFailure) => {
    const scope = createScope();
    const closing = new AbortController();
    const waiting = defineTap('waiting', {
      hostRequest: () => () => {
        closing.abort();
        return Promise.reject(new Error('The connection was closed before the model answered'));
      },
    });
    const set = createDefenseSet([choose('waiting', { onFailure })], [waiting], scope);
    const service = vi.fn<Exchange>(() => Promise.resolve(served));
    const exchange = exchangeOf(set.taps('shop'), service);
    expect(await exchange(request, { ...context, signal: closing.signal })).toEqual({ kind: 'dropped' });
    expect(service).not.toHaveBeenCalled();
    expect(scope.failures).toEqual([]);
  },
);

test('a tap may be an object with state and methods', async () => {
  const counting = {
    name: 'counting',
    count: 0,
    hostRequest(next: Exchange): Exchange {
      return (asked, where) => {
        this.count++;
        return next(asked, where);
      };
    },
    notification(message: McpNotification) {
      this.count++;
      return message;
    },
  };
  const set = createDefenseSet(
    [choose('counting')],
    [define('counting', { tap: () => counting })],
    createScope(),
  );
  const taps = set.taps('shop');
  await exchangeOf(taps, () => Promise.resolve(served))(request, context);
  void at(taps, 0).notification?.({ id: 'shop#2', direction: 'to-host', method: 'notifications/x' }, context);
  expect(counting.count).toBe(2);
});
