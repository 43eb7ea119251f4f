import { setTimeout as sleep } from 'node:timers/promises';

/** Time and chance as the calls see them; tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** @throws the reason of `signal` */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** 0 to 1, without 1. */
  random(): number;
}

export const realClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  async sleep(milliseconds, signal) {
    try {
      await sleep(milliseconds, undefined, signal && { signal });
    } catch (error) {
      throw signal?.aborted ? signal.reason : error;
    }
  },
};
