import { createStopwatch, type Stopwatch } from '../contracts/stopwatch.ts';

/** How long somebody else's work may take. */
export interface Deadline {
  readonly milliseconds: number;
  /** Whose milliseconds; a clock that never stands still if absent. */
  readonly watch?: Stopwatch;
  /** Ends the wait early. */
  readonly signal?: AbortSignal;
}

/**
 * What `work` resolves with. Work that goes on beyond the deadline is left to itself.
 * @param what names the work in the error
 * @throws Error when it does not end in time; the signal's reason when aborted; what `work` throws
 */
export async function awaitWithin<T>(
  { milliseconds, signal, watch = createStopwatch() }: Deadline,
  what: string,
  work: () => T | Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  let release = (): void => undefined;
  const over = new Promise<never>((_, reject) => {
    const abort = (): void => reject(signal?.reason as Error);
    const late = (): void => reject(new Error(`${what} did not end within ${milliseconds} ms`));
    const cancel = watch.after(milliseconds, late);
    signal?.addEventListener('abort', abort, { once: true });
    release = () => {
      cancel();
      signal?.removeEventListener('abort', abort);
    };
  });
  try {
    return await Promise.race([work(), over]);
  } finally {
    release();
  }
}
