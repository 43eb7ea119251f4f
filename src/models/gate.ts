import type { ModelLimits } from '../contracts/experiment.ts';
import type { Clock } from './clock.ts';
import { createMinuteWindow } from './window.ts';

/** Lets calls to one model through, as many and as fast as its provider takes them. */
export interface Gate {
  /** Whether tokens are limited, and an estimate of them is of any use. */
  readonly countsTokens: boolean;
  /** Waits for its turn. @throws the abort reason */
  enter(tokens: number, signal: AbortSignal): Promise<Passage>;
}

/** A call that was let through; exactly one of its functions has to be called, once. */
export interface Passage {
  /** It is over. @param tokens what it really took; 0 if it failed */
  leave(tokens: number): void;
  /** The provider had too much: fewer at once from now on, and none for so many milliseconds. */
  pushedBack(pause: number): void;
}

/** Calls at once, unless a model's settings say otherwise; also the most that ever are. */
const mostAtOnce = 256;

interface Waiting {
  readonly tokens: number;
  pass(): void;
}

/**
 * Concurrency adapts as in TCP: a refusal for load halves it, and every full round of calls that went well
 * raises it by one again (additive increase, multiplicative decrease).
 */
export function createGate(limits: ModelLimits, clock: Clock): Gate {
  const most = Math.min(limits.concurrency ?? mostAtOnce, mostAtOnce);
  const requests = createMinuteWindow(limits.requestsPerMinute ?? Number.POSITIVE_INFINITY, clock.now);
  const tokensUsed = createMinuteWindow(limits.tokensPerMinute ?? Number.POSITIVE_INFINITY, clock.now);
  const queue = new Set<Waiting>();
  let allowed = most;
  let active = 0;
  let closedUntil = 0;
  /** Calls that began before the last halving were counted with it. */
  let halvedAt = 0;
  let entries = 0;
  let alarm: { readonly at: number; stop(): void } | undefined;

  const waitFor = ({ tokens }: Waiting): number =>
    Math.max(closedUntil - clock.now(), requests.waitFor(1), tokensUsed.waitFor(tokens));

  const pump = (): void => {
    for (const first of queue) {
      if (active >= Math.floor(allowed)) return;
      const wait = waitFor(first);
      if (wait > 0) {
        wakeIn(wait);
        return;
      }
      queue.delete(first);
      first.pass();
    }
  };

  const wakeIn = (wait: number): void => {
    const at = clock.now() + wait;
    if (alarm && alarm.at <= at) return;
    alarm?.stop();
    const stopped = new AbortController();
    alarm = { at, stop: () => stopped.abort() };
    clock.sleep(wait, stopped.signal).then(
      () => {
        alarm = undefined;
        pump();
      },
      () => undefined,
    );
  };

  const passage = (tokens: number): Passage => {
    active++;
    const entry = ++entries;
    requests.use(1);
    const correct = tokensUsed.use(tokens);
    const end = (): void => {
      active--;
      pump();
    };
    return {
      leave(real) {
        correct(real);
        allowed = Math.min(most, allowed + 1 / allowed);
        end();
      },
      pushedBack(pause) {
        correct(0);
        if (entry > halvedAt) {
          allowed = Math.max(1, allowed / 2);
          halvedAt = entries;
        }
        closedUntil = Math.max(closedUntil, clock.now() + pause);
        end();
      },
    };
  };

  return {
    countsTokens: limits.tokensPerMinute !== undefined,
    enter: (tokens, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error);
        const abort = (): void => {
          queue.delete(waiting);
          reject(signal.reason as Error);
          // The next in line may want less.
          pump();
        };
        const waiting: Waiting = {
          tokens,
          pass() {
            signal.removeEventListener('abort', abort);
            resolve(passage(tokens));
          },
        };
        signal.addEventListener('abort', abort, { once: true });
        queue.add(waiting);
        pump();
      }),
  };
}
