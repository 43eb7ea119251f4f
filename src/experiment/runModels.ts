import { SafeMcpError } from '../contracts/errors.ts';
import type { Budget, Experiment, Store } from '../contracts/experiment.ts';
import { type ModelPool, openModels, type ReplyUse, type Spent } from '../models/index.ts';
import { isExternal } from './catalog.ts';

export interface RunModelsOptions {
  readonly store: Store;
  readonly runId: string;
  /** `cached` unless given. */
  readonly replies?: ReplyUse;
  /** In place of the parts of the experiment's budget that it names. */
  readonly budget?: Budget;
}

/**
 * Opens the models of an experiment for a run of it, which may have spent something already.
 * @throws INVALID_ARGUMENT when there are to be no calls and an agent makes its own
 */
export async function openRunModels(
  experiment: Experiment,
  { store, runId, replies, budget: changed }: RunModelsOptions,
): Promise<ModelPool> {
  const external = experiment.agents.find((id) => isExternal(experiment, id));
  if (replies === 'only-cached' && external !== undefined)
    throw new SafeMcpError(
      'INVALID_ARGUMENT',
      'An external agent calls its model by itself: nothing of it is kept',
      {
        where: external,
        hint: 'Run it without --cache-only',
      },
    );
  const budget = { ...experiment.budget, ...changed };
  const limited = budget.usd !== undefined || budget.tokens !== undefined;
  return openModels(experiment.models ?? [], {
    cache: store.replies,
    budget,
    ...(replies && { replies }),
    ...(limited && { spent: await spentIn(store, runId) }),
  });
}

/** What the stored episodes of a run cost. */
async function spentIn(store: Store, runId: string): Promise<Spent> {
  let usd = 0;
  let tokens = 0;
  for await (const { outcome } of store.summaries(runId)) {
    usd += outcome.cost.usd;
    tokens += outcome.cost.inputTokens + outcome.cost.outputTokens;
  }
  return { usd, tokens };
}
