import { setMaxListeners } from 'node:events';

/** A signal of one's own that is aborted when another one is. */
export interface Follower {
  readonly signal: AbortSignal;
  abort(reason: unknown): void;
  /** Follows no longer. */
  release(): void;
}

/**
 * Listens once to a signal that lives long, for many that listen shortly: each listener of a signal makes the next one
 * dearer, and those of `AbortSignal.any` pile up.
 */
export function follow(outer: AbortSignal): Follower {
  const own = new AbortController();
  setMaxListeners(0, own.signal);
  const abort = (): void => own.abort(outer.reason);
  if (outer.aborted) abort();
  outer.addEventListener('abort', abort, { once: true });
  return {
    signal: own.signal,
    abort: (reason) => own.abort(reason),
    release: () => outer.removeEventListener('abort', abort),
  };
}
