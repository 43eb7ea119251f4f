import type { JsonObject } from '../../contracts/json.ts';
import type { ModelEvent } from './modelCalls.ts';

/** Tokens and USD by model. Caches of providers are not told apart in records, so all that was read counts as input. */
export interface Usage {
  add(model: string, event: Pick<ModelEvent, 'inputTokens' | 'outputTokens' | 'usd'>): void;
  byModel(): JsonObject;
}

export function createUsage(): Usage {
  const sums = new Map<string, { inputTokens: number; outputTokens: number; usd: number }>();
  return {
    add(model, { inputTokens, outputTokens, usd }) {
      const sum = sums.get(model) ?? { inputTokens: 0, outputTokens: 0, usd: 0 };
      sum.inputTokens += inputTokens;
      sum.outputTokens += outputTokens;
      sum.usd += usd;
      sums.set(model, sum);
    },
    byModel: () => Object.fromEntries([...sums].map(([model, sum]) => [model, usageOf(sum)])),
  };
}

export function usageOf({
  inputTokens,
  outputTokens,
  usd,
}: Pick<ModelEvent, 'inputTokens' | 'outputTokens' | 'usd'>): JsonObject {
  return {
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    // Models without a price cost 0 in records, which is no price.
    ...(usd > 0 && { total_cost: usd }),
  };
}
