import type {
  ClassifierLabel,
  ClassifyOptions,
  ModelReply,
  OnQueue,
  OpenModels,
} from '../../contracts/model.ts';
import type { FromThread, Question, Settled, ThreadData } from './messages.ts';
import { readSettled } from './settled.ts';

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

export function createRemoteModels(
  { models, classifiers }: Pick<ThreadData, 'models' | 'classifiers'>,
  post: (message: FromThread) => void,
): RemoteModels {
  const calls = new Map<number, Call>();
  let last = 0;

  const ask = (question: Question, { signal, onQueue }: ClassifyOptions): Promise<unknown> =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const call = ++last;
      post({ kind: 'ask', call, json: JSON.stringify(question) });
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
          try {
            resolve(readSettled(settled));
          } catch (error) {
            reject(error as Error);
          }
        },
      });
    });

  // The main thread answers with what the model or classifier of the same id gave it.
  return {
    open: {
      models: models.map((id) => ({
        id,
        generate(wishes) {
          const { signal: _signal, onQueue: _onQueue, ...request } = wishes;
          return ask({ kind: 'turn', model: id, request }, wishes) as Promise<ModelReply>;
        },
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
