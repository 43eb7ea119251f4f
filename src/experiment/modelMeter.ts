import type { EpisodeLimits } from '../contracts/experiment.ts';
import type { Model } from '../contracts/model.ts';

/** The agent has used up its turns or tokens. */
export class ModelLimitReached extends Error {
  readonly code: 'STEP_LIMIT' | 'TOKEN_LIMIT';

  constructor(code: ModelLimitReached['code'], limit: number) {
    super(
      `The agent reached its limit of ${limit} ${code === 'STEP_LIMIT' ? 'turns of its model' : 'tokens'}`,
    );
    this.name = 'ModelLimitReached';
    this.code = code;
  }
}

/**
 * Counts the turns and tokens of the models behind an agent, all together. The turn that would go beyond a limit is not
 * taken: it fails, `onReached` is told, and nothing that is asked after it settles any more. So an agent that keeps
 * the failure to itself and asks again does not keep the process busy.
 */
export function createModelMeter(
  { maxSteps = Number.POSITIVE_INFINITY, maxTokens = Number.POSITIVE_INFINITY }: EpisodeLimits,
  onReached: (failure: ModelLimitReached) => void,
): (model: Model) => Model {
  let steps = 0;
  let tokens = 0;
  let ended = false;
  const limitReached = (): ModelLimitReached | undefined => {
    if (steps >= maxSteps) return new ModelLimitReached('STEP_LIMIT', maxSteps);
    return tokens >= maxTokens ? new ModelLimitReached('TOKEN_LIMIT', maxTokens) : undefined;
  };
  return (model) => ({
    id: model.id,
    async generate(request) {
      if (ended) return new Promise<never>(() => undefined);
      const failure = limitReached();
      if (failure) {
        ended = true;
        onReached(failure);
        throw failure;
      }
      steps++;
      const reply = await model.generate(request);
      tokens += reply.usage.inputTokens + reply.usage.outputTokens;
      return reply;
    },
  });
}
