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
 * Counts the turns and tokens of the models behind an agent, all together. The turn that goes beyond a limit is not
 * taken: it fails, and `onReached` is told, whatever the agent makes of that.
 */
export function createModelMeter(
  { maxSteps = Number.POSITIVE_INFINITY, maxTokens = Number.POSITIVE_INFINITY }: EpisodeLimits,
  onReached: (failure: ModelLimitReached) => void,
): (model: Model) => Model {
  let steps = 0;
  let tokens = 0;
  const check = (): void => {
    if (steps < maxSteps && tokens < maxTokens) return;
    const failure =
      steps < maxSteps
        ? new ModelLimitReached('TOKEN_LIMIT', maxTokens)
        : new ModelLimitReached('STEP_LIMIT', maxSteps);
    onReached(failure);
    throw failure;
  };
  return (model) => ({
    id: model.id,
    async generate(request) {
      check();
      steps++;
      const reply = await model.generate(request);
      tokens += reply.usage.inputTokens + reply.usage.outputTokens;
      return reply;
    },
  });
}
