import { availableParallelism } from 'node:os';
import { SafeMcpError } from '../contracts/errors.ts';
import type { Plan } from '../contracts/experiment.ts';
import { staysInMainThread } from '../experiment/crew/index.ts';

/** A thread takes about a second of a processor to start; fewer episodes are done in the main thread by then. */
const worthAThread = 300;
/** More take more memory, and the main thread cannot keep up with storing what they measure. */
const mostByItself = 8;

/**
 * Threads for the episodes of a plan; 1: the main thread runs them.
 * @throws INVALID_ARGUMENT when more are asked for than these episodes can have
 */
export function threadsFor(
  { experiment, episodes }: Plan,
  { threads, limit = episodes.length }: { readonly threads?: number; readonly limit?: number },
): number {
  const objection = staysInMainThread(experiment);
  if (objection === undefined)
    return (
      threads ??
      Math.max(
        1,
        Math.min(
          availableParallelism(),
          mostByItself,
          Math.floor(Math.min(limit, episodes.length) / worthAThread),
        ),
      )
    );
  if (threads === undefined || threads === 1) return 1;
  throw new SafeMcpError(
    'INVALID_ARGUMENT',
    `These episodes run in the main thread: ${objection}, and those end with it`,
    {
      where: '--threads',
      hint: 'Leave --threads out; --concurrency sets how many run at once',
    },
  );
}
