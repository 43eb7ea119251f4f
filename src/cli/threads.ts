import { availableParallelism } from 'node:os';
import { SafeMcpError } from '../contracts/errors.ts';
import type { Catalog, Experiment } from '../contracts/experiment.ts';
import { staysInMainThread } from '../experiment/crew/index.ts';

/** A thread takes seconds of a processor to load and to get up to speed; fewer episodes gain nothing by it. */
const worthAThread = 1_000;
/** Each takes memory; whoever has it for more can say so. */
const mostByItself = 8;

/** What is to be run. */
export interface Work {
  readonly experiment: Experiment;
  readonly catalog: Catalog;
  /** Episodes. */
  readonly open: number;
}

export interface ThreadWishes {
  readonly threads?: number;
  readonly limit?: number;
  readonly concurrency?: number;
}

/**
 * Threads for episodes; 1: the main thread runs them.
 * @throws INVALID_ARGUMENT when more are asked for than these episodes can have
 */
export function threadsFor(
  { experiment, catalog, open }: Work,
  { threads, limit = open, concurrency = open }: ThreadWishes,
  processors = availableParallelism(),
): number {
  const objection = staysInMainThread(experiment, catalog);
  const episodes = Math.min(limit, open);
  const wanted = threads ?? Math.min(processors, mostByItself, Math.floor(episodes / worthAThread));
  if (objection === undefined) return Math.max(1, Math.min(wanted, concurrency, episodes));
  if (threads === undefined || threads === 1) return 1;
  throw new SafeMcpError('INVALID_ARGUMENT', `These episodes run in the main thread: ${objection}`, {
    where: '--threads',
    hint: 'Leave --threads out; --concurrency sets how many run at once',
  });
}
