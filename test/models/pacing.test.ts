import { setMaxListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { Clock } from '../../src/models/clock.ts';
import { createGate, type Passage } from '../../src/models/gate.ts';
import { createMinuteWindow } from '../../src/models/window.ts';
import { fc } from '../support/properties.ts';
import { promptClock } from './clock.ts';

const never = new AbortController().signal;
setMaxListeners(0, never);

/** Everything that is waiting in promises. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the minute window', () => {
  test('never lets more through in any minute than its limit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.record({ amount: fc.integer({ min: 1, max: 50 }), pause: fc.nat(20_000) }), {
          maxLength: 60,
        }),
        (limit, calls) => {
          let now = 0;
          const window = createMinuteWindow(limit, () => now);
          const made: { at: number; amount: number }[] = [];
          for (const { amount, pause } of calls) {
            now += pause;
            for (let wait = window.waitFor(amount); wait > 0; wait = window.waitFor(amount)) now += wait;
            window.use(amount);
            made.push({ at: now, amount });
            const inMinute = made.filter(({ at }) => at > now - 60_000);
            const sum = inMinute.reduce((total, each) => total + each.amount, 0);
            // What alone exceeds the limit goes through alone.
            expect(sum <= limit || inMinute.length === 1).toBe(true);
          }
        },
      ),
    );
  });

  test('counts what a call really took in place of the estimate', () => {
    const window = createMinuteWindow(100, () => 0);
    const correct = window.use(90);
    expect(window.waitFor(50)).toBe(60_000);
    correct(10);
    expect(window.waitFor(50)).toBe(0);
  });
});

describe('the gate', () => {
  /** Enters `count` times and tells how many have been let through so far. */
  function crowd(limits: Parameters<typeof createGate>[0], count: number, clock: Clock = promptClock()) {
    const gate = createGate(limits, clock);
    const inside: Passage[] = [];
    for (let index = 0; index < count; index++)
      void gate.enter(10, never).then((passage) => inside.push(passage));
    return { gate, inside };
  }

  test('lets no more through at once than may be', async () => {
    const { inside } = crowd({ concurrency: 3 }, 5);
    await settled();
    expect(inside).toHaveLength(3);
    inside[0]?.leave(0);
    await settled();
    expect(inside).toHaveLength(4);
  });

  test('halves when the provider has too much, once for all calls that were under way, and recovers', async () => {
    const { inside, gate } = crowd({ concurrency: 8 }, 8);
    await settled();
    for (const passage of inside.splice(0)) passage.pushedBack(0);
    for (let index = 0; index < 100; index++)
      void gate.enter(0, never).then((passage) => inside.push(passage));
    await settled();
    expect(inside).toHaveLength(4);
    for (let round = 0; round < 12; round++) {
      for (const passage of inside.splice(0)) passage.leave(0);
      await settled();
    }
    expect(inside).toHaveLength(8);
  });

  test('keeps to requests and tokens per minute', async () => {
    const clock = promptClock();
    const { inside } = crowd({ requestsPerMinute: 4 }, 10, clock);
    await settled();
    expect(inside).toHaveLength(10);
    expect(clock.pauses).toEqual([60_000, 60_000]);
    const slow = promptClock();
    crowd({ tokensPerMinute: 20 }, 3, slow);
    await settled();
    expect(slow.pauses).toEqual([60_000]);
  });

  test('keeps everybody out while the provider wants rest', async () => {
    const clock = promptClock();
    const { inside, gate } = crowd({}, 1, clock);
    await settled();
    inside[0]?.pushedBack(7_000);
    await gate.enter(0, never);
    expect(clock.pauses).toEqual([7_000]);
  });

  test('lets those who give up go, and the next one in', async () => {
    const { inside, gate } = crowd({ concurrency: 1 }, 1);
    await settled();
    const stop = new AbortController();
    const given = gate.enter(0, stop.signal);
    const next = gate.enter(0, never);
    stop.abort(new Error('enough'));
    await expect(given).rejects.toThrow('enough');
    inside[0]?.leave(0);
    await expect(next).resolves.toBeDefined();
  });
});
