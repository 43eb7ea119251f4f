import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStopwatch } from '../../src/contracts/stopwatch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('time stands still while anybody waits', () => {
  const watch = createStopwatch();
  vi.advanceTimersByTime(10);
  watch.wait(true);
  vi.advanceTimersByTime(100);
  watch.wait(true);
  watch.wait(false);
  vi.advanceTimersByTime(100);
  expect(watch.elapsed()).toBe(10);
  watch.wait(false);
  vi.advanceTimersByTime(5);
  expect(watch.elapsed()).toBe(15);
});

test('an alarm comes once its time has run, and not when it is taken back', () => {
  const watch = createStopwatch();
  const reached: string[] = [];
  watch.after(20, () => reached.push('before'));
  watch.after(20, () => reached.push('taken back'))();
  vi.advanceTimersByTime(10);
  watch.wait(true);
  watch.after(20, () => reached.push('while waiting'));
  vi.advanceTimersByTime(1000);
  expect(reached).toEqual([]);
  watch.wait(false);
  vi.advanceTimersByTime(10);
  expect(reached).toEqual(['before']);
  vi.advanceTimersByTime(10);
  expect(reached).toEqual(['before', 'while waiting']);
  vi.advanceTimersByTime(1000);
  expect(reached).toHaveLength(2);
});
