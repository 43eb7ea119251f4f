import type { Clock } from '../../src/models/index.ts';

/** Time that passes as soon as somebody waits for it. */
export interface PromptClock extends Clock {
  /** What was waited for, in milliseconds. */
  readonly pauses: readonly number[];
}

export function promptClock(): PromptClock {
  const pauses: number[] = [];
  let now = Date.parse('2026-01-01T00:00:00Z');
  return {
    pauses,
    now: () => now,
    random: () => 0.5,
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted();
      pauses.push(milliseconds);
      now += milliseconds;
      await Promise.resolve();
      signal?.throwIfAborted();
    },
  };
}
