import type { EpisodeLimits } from '../contracts/experiment.ts';
import type { Model, ModelUsage } from '../contracts/model.ts';

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

/** Counts turns of models and tokens against the limits of an episode. */
export interface ModelTally {
  /** Counts a turn; gives the limit that it would go beyond, and does not count it then. */
  begin(): ModelLimitReached | undefined;
  add(usage: ModelUsage): void;
}

export function createModelTally({
  maxSteps = Number.POSITIVE_INFINITY,
  maxTokens = Number.POSITIVE_INFINITY,
}: EpisodeLimits): ModelTally {
  let steps = 0;
  let tokens = 0;
  return {
    begin() {
      if (steps >= maxSteps) return new ModelLimitReached('STEP_LIMIT', maxSteps);
      if (tokens >= maxTokens) return new ModelLimitReached('TOKEN_LIMIT', maxTokens);
      steps++;
      return undefined;
    },
    add({ inputTokens, outputTokens }) {
      tokens += inputTokens + outputTokens;
    },
  };
}

/**
 * Counts the turns and tokens of the models behind an agent, all together. The turn that would go beyond a limit is not
 * taken: it fails, `onReached` is told, and nothing that is asked after it settles any more. So an agent that keeps
 * the failure to itself and asks again does not keep the process busy.
 */
export function createModelMeter(
  limits: EpisodeLimits,
  onReached: (failure: ModelLimitReached) => void,
): (model: Model) => Model {
  const tally = createModelTally(limits);
  let ended = false;
  return (model) => ({
    id: model.id,
    async generate(request) {
      if (ended) return new Promise<never>(() => undefined);
      const failure = tally.begin();
      if (failure) {
        ended = true;
        onReached(failure);
        throw failure;
      }
      const reply = await model.generate(request);
      tally.add(reply.usage);
      return reply;
    },
  });
}
