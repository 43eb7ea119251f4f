import { z } from 'zod';
import type { DefenseScope } from '../../contracts/defense.ts';
import { SafeMcpError } from '../../contracts/errors.ts';
import { type Classifier, ModelFailure, type TextModel, type TextPrompt } from '../../contracts/model.ts';

/** What every defense that asks a model takes. */
export const askingParameters = {
  /** Id of the model, as the experiment's `models` call it. */
  model: z.string().min(1),
  /** For one question to the model; less than the host waits for a call, which is 10 seconds unless told otherwise. */
  timeoutMs: z.int().min(1).max(600_000).default(8000),
  /** Questions under way at once. */
  concurrency: z.int().min(1).max(64).default(4),
};

export interface Asking {
  readonly model: string;
  readonly timeoutMs: number;
  readonly concurrency: number;
}

/** Puts questions to one model, a few at a time. */
export interface Asker<Question, Answer> {
  /**
   * @param until gives the question up when it aborts
   * @throws what the model threw, ModelFailure when it takes too long, or an Error when too much is asked
   */
  ask(question: Question, until: AbortSignal): Promise<Answer>;
}

/** @throws INVALID_EXPERIMENT when no model is configured under the id */
export function askModel(
  defense: string,
  scope: Pick<DefenseScope, 'model'>,
  asking: Asking,
): Asker<Omit<TextPrompt, 'signal'>, string> {
  const model: TextModel = scope.model(asking.model) ?? missing(defense, asking.model);
  return createAsker(asking, (prompt, signal) => model.complete({ ...prompt, signal }));
}

/** @throws INVALID_EXPERIMENT when no classifier is configured under the id */
export function askClassifier(
  defense: string,
  scope: Pick<DefenseScope, 'classifier'>,
  asking: Asking,
): Asker<string, Awaited<ReturnType<Classifier['classify']>>> {
  const classifier: Classifier = scope.classifier(asking.model) ?? missing(defense, asking.model);
  return createAsker(asking, (text, signal) => classifier.classify(text, { signal }));
}

function missing(defense: string, id: string): never {
  throw new SafeMcpError(
    'INVALID_EXPERIMENT',
    `${defense}: no model is configured as ${JSON.stringify(id.slice(0, 80))}`,
    {
      where: `parameters of the defense ${defense}`,
      hint: 'Add it under models in the experiment, or give the id of one that is there',
    },
  );
}

/** Questions that wait for their turn; a service that makes more of them is refused. */
const maxWaiting = 1000;

function createAsker<Question, Answer>(
  { timeoutMs, concurrency }: Asking,
  put: (question: Question, signal: AbortSignal) => Promise<Answer>,
): Asker<Question, Answer> {
  let underWay = 0;
  const waiting: (() => void)[] = [];
  const turn = (): Promise<void> => {
    if (underWay < concurrency) {
      underWay++;
      return Promise.resolve();
    }
    if (waiting.length >= maxWaiting) throw new Error('Too many questions to the model wait for an answer');
    return new Promise((resolve) => void waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else underWay--;
  };
  return {
    async ask(question, until) {
      await turn();
      try {
        return await within(timeoutMs, until, (signal) => put(question, signal));
      } finally {
        leave();
      }
    },
  };
}

/** Ends as `work` does, or with an Error after `milliseconds` or when `until` aborts, whatever `work` makes of the signal. */
async function within<T>(
  milliseconds: number,
  until: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const closed = (): void => limit.abort(new Error('The connection was closed before the model answered'));
  const late = (): void =>
    limit.abort(new ModelFailure('timeout', `The model gave no answer within ${milliseconds} ms`));
  const timer = setTimeout(late, milliseconds);
  const ended = new Promise<never>((_, reject) => {
    limit.signal.addEventListener('abort', () => reject(limit.signal.reason as Error), { once: true });
  });
  // Not AbortSignal.any: its signals pile up on one that lives as long as the connection.
  until.addEventListener('abort', closed, { once: true });
  if (until.aborted) closed();
  try {
    return await Promise.race([ended, work(limit.signal)]);
  } finally {
    clearTimeout(timer);
    until.removeEventListener('abort', closed);
  }
}
