import type { ModelChoice, ModelPrice } from '../contracts/experiment.ts';
import type { ModelUsage } from '../contracts/model.ts';
import { findProvider, isClassifier } from './providers.ts';

/** When the prices were last looked at. Providers change them: `price` of a model in an experiment goes first. */
export const pricesAsOf = '2025-11';

interface ListedPrice extends ModelPrice {
  readonly provider: string;
  readonly name: string;
}

const sources: Readonly<Record<string, string>> = {
  openai: 'openai.com/api/pricing, standard tier, input that is not cached',
  anthropic: "Anthropic's pricing page, base input tokens, prompts up to 200,000 tokens",
  google: 'ai.google.dev/pricing, paid tier, text, prompts up to 200,000 tokens',
};

/** USD per million tokens of input and of output, thinking included in the latter. */
const listed: readonly ListedPrice[] = [
  { provider: 'openai', name: 'gpt-4o', input: 2.5, output: 10 },
  { provider: 'openai', name: 'gpt-4o-mini', input: 0.15, output: 0.6 },
  { provider: 'openai', name: 'gpt-4.1', input: 2, output: 8 },
  { provider: 'openai', name: 'gpt-4.1-mini', input: 0.4, output: 1.6 },
  { provider: 'openai', name: 'gpt-4.1-nano', input: 0.1, output: 0.4 },
  { provider: 'openai', name: 'o3', input: 2, output: 8 },
  { provider: 'openai', name: 'o4-mini', input: 1.1, output: 4.4 },
  { provider: 'openai', name: 'gpt-5', input: 1.25, output: 10 },
  { provider: 'openai', name: 'gpt-5-mini', input: 0.25, output: 2 },
  { provider: 'openai', name: 'gpt-5-nano', input: 0.05, output: 0.4 },
  { provider: 'anthropic', name: 'claude-3-5-haiku', input: 0.8, output: 4 },
  { provider: 'anthropic', name: 'claude-3-7-sonnet', input: 3, output: 15 },
  { provider: 'anthropic', name: 'claude-sonnet-4', input: 3, output: 15 },
  { provider: 'anthropic', name: 'claude-sonnet-4-5', input: 3, output: 15 },
  { provider: 'anthropic', name: 'claude-haiku-4-5', input: 1, output: 5 },
  { provider: 'anthropic', name: 'claude-opus-4-1', input: 15, output: 75 },
  { provider: 'google', name: 'gemini-2.0-flash', input: 0.1, output: 0.4 },
  { provider: 'google', name: 'gemini-2.5-flash-lite', input: 0.1, output: 0.4 },
  { provider: 'google', name: 'gemini-2.5-flash', input: 0.3, output: 2.5 },
  { provider: 'google', name: 'gemini-2.5-pro', input: 1.25, output: 10 },
];

/** Every price of the table, with where it comes from. */
export function priceTable(): readonly (ListedPrice & { readonly source: string })[] {
  return listed.map((price) => ({ ...price, source: sources[price.provider] ?? '' }));
}

const free: ModelPrice = { input: 0, output: 0 };

/** What a model costs; undefined when that is not known. A model's dated versions cost what it does. */
export function priceOf(choice: Pick<ModelChoice, 'provider' | 'name' | 'price'>): ModelPrice | undefined {
  if (choice.price) return choice.price;
  const provider = findProvider(choice.provider);
  if (!provider || provider.local || isClassifier(provider)) return free;
  const seller = choice.provider === 'openai-responses' ? 'openai' : choice.provider;
  const found = listed.find(({ provider: id, name }) => id === seller && isVersionOf(name, choice.name));
  return found && { input: found.input, output: found.output };
}

/** What a call costs; nothing when the price is not known. */
export function usdOf(
  choice: Pick<ModelChoice, 'provider' | 'name' | 'price'>,
  { inputTokens, outputTokens }: ModelUsage,
): number {
  const { input, output } = priceOf(choice) ?? free;
  return (inputTokens * input + outputTokens * output) / 1_000_000;
}

/** `gpt-4o-2024-08-06`, `claude-sonnet-4-20250514`, `-latest`: the name and a version. */
function isVersionOf(name: string, version: string): boolean {
  return version.startsWith(name) && /^$|^-(?:20\d\d|latest$|0$|001$)/.test(version.slice(name.length));
}

/** The models whose price nobody knows: they count as free, which a reader has to be told. */
export function unpricedModels(choices: readonly ModelChoice[]): readonly string[] {
  return choices.filter((choice) => priceOf(choice) === undefined).map(({ id }) => id);
}
