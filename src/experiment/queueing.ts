import type { OnQueue } from '../contracts/model.ts';
import type { Stopwatch } from '../contracts/stopwatch.ts';

/** A signal that is aborted with either. */
export function either(over: AbortSignal, own: AbortSignal | undefined): AbortSignal {
  return own === undefined || own === over ? over : AbortSignal.any([over, own]);
}

/** The watch stands still while a call waits for its turn, but not beyond the call or the part that it belongs to. */
export async function queueing<T>(
  watch: Stopwatch,
  over: AbortSignal,
  call: (onQueue: OnQueue) => Promise<T>,
): Promise<T> {
  let waiting = 0;
  let ended = false;
  const end = (): void => {
    ended = true;
    for (; waiting > 0; waiting--) watch.wait(false);
  };
  over.addEventListener('abort', end, { once: true });
  try {
    return await call((begins) => {
      if (ended) return;
      waiting += begins ? 1 : -1;
      watch.wait(begins);
    });
  } finally {
    over.removeEventListener('abort', end);
    end();
  }
}
