import { SafeMcpError } from '../contracts/errors.ts';
import { type Judge, ModelFailure, type Rating, type TextModel } from '../contracts/model.ts';
import { instructionsOf, type RubricId, rubrics } from './rubrics.ts';
import { readRating } from './verdict.ts';

export { type RubricId, rubrics } from './rubrics.ts';

/** Tokens of a judge's answer: one line, and room for models that think before it. */
const answerTokens = 2000;
/** Asked once more when the answer is no rating. */
const tries = 2;

/** A judge by models: which question, and who answers it. */
export interface ModelJudge {
  readonly rubric: RubricId;
  /** Ids of models; with several, the middle rating counts. */
  readonly models: readonly string[];
}

/**
 * A judge that asks models. Each model has one vote; the median counts, of an even number the lower middle one, so that
 * half the votes are not enough for a high score.
 */
export function createJudge({ rubric, models }: ModelJudge): Judge {
  const question = rubrics[rubric];
  const system = instructionsOf(question);
  return {
    id: `${rubric}-judge`,
    async rate(asked, scope) {
      const user = question.ask(asked);
      const votes = await Promise.all(
        models.map((id) =>
          vote(
            modelOf(id, (name) => scope.model(name)),
            { system, user },
          ),
        ),
      );
      return median(votes);
    },
  };
}

async function vote(
  model: TextModel,
  prompt: { readonly system: string; readonly user: string },
): Promise<Rating> {
  for (let left = tries; left > 0; left--) {
    const again = left < tries ? '\n\nYour last answer was no JSON with a score from 1 to 5.' : '';
    const answer = await model.complete({ ...prompt, user: prompt.user + again, maxTokens: answerTokens });
    const rating = readRating(answer);
    if (rating) return rating;
  }
  throw new ModelFailure('malformed', `The judge ${model.id} gave no rating`);
}

function modelOf(id: string, find: (id: string) => TextModel | undefined): TextModel {
  const model = find(id);
  if (model) return model;
  throw new SafeMcpError(
    'UNKNOWN_ID',
    `The judge's model ${JSON.stringify(id.slice(0, 80))} is not configured`,
    {
      hint: 'Name it under models in the experiment',
    },
  );
}

function median(votes: readonly Rating[]): Rating {
  const sorted = votes.toSorted((a, b) => a.score - b.score);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle) return middle;
  throw new SafeMcpError('INVALID_DEFINITION', 'A judge needs at least one model');
}
