import { SafeMcpError } from '../contracts/errors.ts';
import type { Budget } from '../contracts/experiment.ts';
import type { ModelUsage } from '../contracts/model.ts';

export interface Spent {
  readonly usd: number;
  readonly tokens: number;
}

/** What a run has spent on models, against what it may. */
export interface Account {
  /** @throws BUDGET_SPENT */
  check(): void;
  pay(usage: ModelUsage, usd: number): void;
  spent(): Spent;
}

export function createAccount(budget: Budget = {}, before: Spent = { usd: 0, tokens: 0 }): Account {
  const spent = { ...before };
  return {
    check() {
      if (budget.usd !== undefined && spent.usd >= budget.usd)
        throw used(`${spent.usd.toFixed(4)} of ${budget.usd} USD`);
      if (budget.tokens !== undefined && spent.tokens >= budget.tokens)
        throw used(`${spent.tokens} of ${budget.tokens} tokens`);
    },
    pay({ inputTokens, outputTokens }, usd) {
      spent.usd += usd;
      spent.tokens += inputTokens + outputTokens;
    },
    spent: () => ({ ...spent }),
  };
}

function used(what: string): SafeMcpError {
  return new SafeMcpError('BUDGET_SPENT', `The budget for models is used up: ${what} are spent`, {
    where: 'budget',
    hint: 'What is stored stays; go on with safemcp resume and --budget-usd or --budget-tokens for a new limit',
  });
}
