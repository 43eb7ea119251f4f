import type { JSONObject } from '@ai-sdk/provider';
import type { Address } from './address.ts';
import type { Dialect } from './providers.ts';

/** Tokens for thinking, where a provider counts them; our own translation of the four words. */
const thinkingTokens = { minimal: 1024, low: 2048, medium: 8192, high: 16_384 } as const;

/** Claude models that take a number of tokens and no effort. */
const claudesWithBudget = ['claude-3', 'claude-sonnet-4-0', 'claude-sonnet-4-2', 'claude-sonnet-4-5'].concat([
  'claude-haiku-4',
  'claude-opus-4-0',
  'claude-opus-4-1',
  'claude-opus-4-2',
]);

/** The reasoning effort of a model's settings in the words of its provider. */
export function reasoningOptions(dialect: Dialect, { name, settings }: Address): JSONObject {
  const effort = settings.reasoningEffort;
  if (effort === undefined) return {};
  if (dialect === 'anthropic') {
    if (claudesWithBudget.some((start) => name.startsWith(start)))
      return { thinking: { type: 'enabled', budgetTokens: thinkingTokens[effort] } };
    return { thinking: { type: 'adaptive' }, effort: effort === 'minimal' ? 'low' : effort };
  }
  if (dialect === 'google') {
    if (name.startsWith('gemini-2')) return { thinkingConfig: { thinkingBudget: thinkingTokens[effort] } };
    return { thinkingConfig: { thinkingLevel: effort } };
  }
  return { reasoningEffort: effort };
}
