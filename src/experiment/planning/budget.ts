import type { Budget } from '../../contracts/experiment.ts';
import type { Forecast } from '../forecast.ts';

/** What a run is expected to spend on models beyond what it may: it would stop before its end. */
export interface Overspending {
  readonly unit: 'usd' | 'tokens';
  readonly expected: number;
  readonly budget: number;
}

/** Where the estimate exceeds the budget; models without a price cost nothing, here as in the run. */
export function overspendingIn({ agents }: Forecast, budget: Budget = {}): Overspending[] {
  const expected = {
    usd: agents.reduce((sum, { usd = 0 }) => sum + usd, 0),
    tokens: agents.reduce((sum, { inputTokens, outputTokens }) => sum + inputTokens + outputTokens, 0),
  };
  return (['usd', 'tokens'] as const).flatMap((unit) => {
    const limit = budget[unit];
    return limit !== undefined && expected[unit] > limit
      ? [{ unit, expected: expected[unit], budget: limit }]
      : [];
  });
}
