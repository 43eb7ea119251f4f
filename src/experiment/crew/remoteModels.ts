import type { ClassifierLabel, ModelReply, OnQueue, OpenModels } from '../../contracts/model.ts';
import type { FromThread, Question, Settled, ThreadData } from './messages.ts';
import { errorOf } from './thrown.ts';

/** The models of a run in a thread: calls are made by the main thread, which holds keys, limits, budget and kept replies. */
export interface RemoteModels {
  readonly open: OpenModels;
  queue(call: number, waiting: boolean): void;
  answer(call: number, settled: Settled): void;
}

interface Call {
  settle(settled: Settled): void;
  readonly queue: OnQueue;
}

interface Wishes {
  readonly signal?: AbortSignal | undefined;
  readonly onQueue?: OnQueue | undefined;
}

export function createRemoteModels(
  { models, classifiers }: Pick<ThreadData, 'models' | 'classifiers'>,
  post: (message: FromThread) => void,
): RemoteModels {
  const calls = new Map<number, Call>();
  let last = 0;

  const ask = (question: Question, { signal, onQueue }: Wishes): Promise<unknown> =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const call = ++last;
      let waiting = false;
      const queue: OnQueue = (now) => {
        if (waiting === now) return;
        waiting = now;
        onQueue?.(now);
      };
      const end = (): void => {
        calls.delete(call);
        queue(false);
        signal?.removeEventListener('abort', drop);
      };
      const drop = (): void => {
        end();
        post({ kind: 'drop', call });
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', drop, { once: true });
      calls.set(call, {
        queue,
        settle(settled) {
          end();
          if (settled.kind === 'value') resolve(settled.value);
          else reject(errorOf(settled));
        },
      });
      post({ kind: 'ask', call, question });
    });

  // The main thread answers with what the model or classifier of the same id gave it.
  return {
    open: {
      models: models.map((id) => ({
        id,
        generate: ({ signal, onQueue, ...request }) =>
          ask({ kind: 'turn', model: id, request }, { signal, onQueue }) as Promise<ModelReply>,
      })),
      classifiers: classifiers.map((id) => ({
        id,
        classify: (text, wishes = {}) =>
          ask({ kind: 'labels', classifier: id, text }, wishes) as Promise<readonly ClassifierLabel[]>,
      })),
    },
    queue: (call, waiting) => calls.get(call)?.queue(waiting),
    answer: (call, settled) => calls.get(call)?.settle(settled),
  };
}
