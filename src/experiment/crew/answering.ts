import type { ClassifyOptions, OnQueue, OpenModels } from '../../contracts/model.ts';
import type { Question, ToThread } from './messages.ts';
import { settle } from './settled.ts';

/** The models of a run, as they answer one thread. */
export interface Answering {
  /** @param json of a {@link Question} */
  ask(call: number, json: string): void;
  drop(call: number): void;
  /** The thread has ended. */
  dropAll(): void;
}

/** @param turn lets the questions of all threads on one by one: they come in by the hundred at once */
export function createAnswering(
  open: OpenModels,
  turn: () => Promise<void>,
  post: (message: ToThread) => void,
): Answering {
  const underWay = new Map<number, AbortController>();
  const drop = (call: number): void => underWay.get(call)?.abort(new Error('Nobody waits for it'));
  return {
    ask(call, json) {
      const controller = new AbortController();
      underWay.set(call, controller);
      const queue = tellWaiting((waiting) => post({ kind: 'queue', call, waiting }));
      const wishes = { signal: controller.signal, onQueue: queue };
      const asked = settle(async () => {
        await turn();
        return answer(open, JSON.parse(json) as Question, wishes);
      });
      void asked.then((settled) => {
        underWay.delete(call);
        if (!controller.signal.aborted) post({ kind: 'answer', call, settled });
      });
    },
    drop,
    dropAll() {
      for (const call of underWay.keys()) drop(call);
    },
  };
}

function answer(
  { models, classifiers }: OpenModels,
  question: Question,
  wishes: ClassifyOptions,
): Promise<unknown> {
  if (question.kind === 'turn')
    return named(models, question.model).generate({ ...question.request, ...wishes });
  return named(classifiers, question.classifier).classify(question.text, wishes);
}

/** Threads are told the ids of what is open. */
function named<T extends { readonly id: string }>(entries: readonly T[], id: string): T {
  const found = entries.find((each) => each.id === id);
  if (found) return found;
  throw new RangeError(`${id} is not open`);
}

/** Passes on a wait that lasts beyond this turn of the event loop: nearly every call enters its queue, and leaves it at once. */
function tellWaiting(tell: OnQueue): OnQueue {
  let now = false;
  let told = false;
  const bring = (): void => {
    if (now === told) return;
    told = now;
    tell(now);
  };
  return (waiting) => {
    now = waiting;
    if (waiting) setImmediate(bring);
    else bring();
  };
}
