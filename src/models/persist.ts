import { isSafeMcpError, SafeMcpError } from '../contracts/errors.ts';
import type { ModelLimits } from '../contracts/experiment.ts';
import { follow } from '../contracts/follower.ts';
import { ModelFailure, type OnQueue } from '../contracts/model.ts';
import { refusalHints } from '../contracts/modelRefusal.ts';
import type { Clock } from './clock.ts';
import { Fault, faultOf } from './fault.ts';
import type { Gate } from './gate.ts';

/** The way to one model, which all its calls share. */
export interface Line {
  /** As the experiment calls the model. */
  readonly id: string;
  /** Where it is. */
  readonly baseUrl: string;
  readonly limits: Pick<ModelLimits, 'timeoutMs' | 'maxRetries'>;
  readonly gate: Gate;
  readonly clock: Clock;
  /** Whether it has ever answered; from then on, a model that is not found is a failure like others. */
  reached: boolean;
}

/** A call, and how it is counted. */
export interface Work<T> {
  /** Estimate of what it takes. */
  readonly tokens: number;
  /** One try. @throws Fault and anything else that goes wrong */
  attempt(signal: AbortSignal): Promise<T>;
  /** What a try really took. */
  tokensOf(result: T): number;
  /** Before each try. @throws SafeMcpError when there must be none */
  allow(): void;
  readonly onQueue: OnQueue;
}

const usualTimeoutMs = 120_000;
const usualRetries = 5;
const firstPause = 500;
const longestPause = 60_000;

/**
 * Makes a call until it succeeds, or until trying again makes no sense.
 * @throws ModelFailure, MODEL_KEY, MODEL_NOT_FOUND, what `allow` throws, or the abort reason
 */
export async function persist<T>(line: Line, work: Work<T>, signal: AbortSignal): Promise<T> {
  const { maxRetries = usualRetries } = line.limits;
  for (let tries = 1; ; tries++) {
    const outcome = await tryOnce(line, work, signal);
    if ('result' in outcome) return outcome.result;
    const { fault } = outcome;
    const end = endOf(fault, line, tries);
    if (end instanceof SafeMcpError || !fault.passing || tries > maxRetries) throw end;
    const pause = pauseAfter(tries, fault, line.clock);
    await queued(work, () => line.clock.sleep(pause, signal));
  }
}

async function tryOnce<T>(
  line: Line,
  work: Work<T>,
  signal: AbortSignal,
): Promise<{ readonly result: T } | { readonly fault: Fault }> {
  const passage = await queued(work, () => line.gate.enter(work.tokens, signal));
  const limit = timeLimit(line.limits.timeoutMs ?? usualTimeoutMs, signal);
  try {
    work.allow();
    const result = await work.attempt(limit.signal);
    line.reached = true;
    passage.leave(work.tokensOf(result));
    return { result };
  } catch (error) {
    const fault = isSafeMcpError(error) ? undefined : faultOf(error);
    if (fault?.means === 'rate-limit' || fault?.means === 'overloaded')
      passage.pushedBack(fault.retryAfter ?? 0);
    else passage.leave(0);
    if (signal.aborted) throw signal.reason;
    if (!fault) throw error;
    return { fault };
  } finally {
    limit.clear();
  }
}

async function queued<T>({ onQueue }: Pick<Work<unknown>, 'onQueue'>, wait: () => Promise<T>): Promise<T> {
  onQueue(true);
  try {
    return await wait();
  } finally {
    onQueue(false);
  }
}

/** A signal that also ends a try that takes too long. */
function timeLimit(milliseconds: number, outer: AbortSignal): { signal: AbortSignal; clear(): void } {
  const { signal, abort, release } = follow(outer);
  const timer = setTimeout(() => {
    const what = `No answer within ${milliseconds} ms`;
    abort(new Fault(what, { means: 'timeout', passing: true }));
  }, milliseconds);
  return {
    signal,
    clear() {
      clearTimeout(timer);
      release();
    },
  };
}

/** Doubles with every try; half of it is chance, so that many callers do not come back at once. */
function pauseAfter(tries: number, { retryAfter }: Fault, clock: Clock): number {
  const pause = Math.min(longestPause, firstPause * 2 ** (tries - 1));
  return (retryAfter ?? 0) + (pause / 2) * (1 + clock.random());
}

/** What the caller gets to know. */
function endOf(fault: Fault, line: Line, tries: number): Error {
  const { means, message } = fault;
  const stops = means === 'MODEL_KEY' || (means === 'MODEL_NOT_FOUND' && !line.reached);
  if (stops)
    return new SafeMcpError(means, `${line.id}: ${message}`, {
      where: line.baseUrl,
      hint: refusalHints[means],
    });
  const kind = means === 'MODEL_NOT_FOUND' ? (fault.passing ? 'network' : 'bad-request') : means;
  const after = tries > 1 ? ` (after ${tries} tries)` : '';
  return new ModelFailure(kind, `${line.id}: ${message}${after}`);
}
