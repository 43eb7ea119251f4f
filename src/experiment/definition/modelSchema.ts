import { z } from 'zod';

/** Ids of models: those of providers have slashes, dots and colons. */
export const modelId = z.string().regex(/^[\w@][\w.:/@+~-]{0,159}$/, {
  error: 'expected PROVIDER/NAME, of at most 160 letters, digits, and the characters . : / @ + ~ - _',
});

const perMinute = z.int().min(1).max(1_000_000_000).optional();
const usdPerMillion = z.number().min(0).max(100_000);

const configured = z.strictObject({
  id: modelId.optional().describe('How the experiment calls it; PROVIDER/NAME if absent.'),
  provider: z
    .string()
    .min(1)
    .max(80)
    .optional()
    .describe('safemcp models list shows them; may be left out when id is PROVIDER/NAME.'),
  name: modelId.optional().describe('As the provider calls it; may be left out when id is PROVIDER/NAME.'),
  baseUrl: z.string().min(1).max(1_000).optional().describe("In place of the provider's own address."),
  keyFrom: z
    .string()
    .regex(/^[A-Za-z_]\w{0,99}$/, { error: 'expected the name of an environment variable' })
    .optional()
    .describe("Name of the environment variable with the key, in place of the provider's usual one."),
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  seed: z.int().min(0).max(2_147_483_647).optional().describe('For providers that take one.'),
  reasoningEffort: z.enum(['minimal', 'low', 'medium', 'high']).optional(),
  maxTokens: z.int().min(1).max(1_000_000).optional().describe('Tokens of a reply.'),
  requestsPerMinute: perMinute.describe('Shared by all episodes.'),
  tokensPerMinute: perMinute.describe('Of requests and replies; shared by all episodes.'),
  concurrency: z.int().min(1).max(256).optional().describe('Calls under way at once.'),
  timeoutMs: z
    .int()
    .min(1)
    .max(3_600_000)
    .optional()
    .describe('Milliseconds for one call; 120000 if absent.'),
  maxRetries: z
    .int()
    .min(0)
    .max(20)
    .optional()
    .describe('How often a call that failed is made again; 5 if absent.'),
  price: z
    .strictObject({ input: usdPerMillion, output: usdPerMillion })
    .optional()
    .describe("USD per million tokens, in place of the price table's."),
});

export const modelsSchema = z
  .array(z.union([modelId, configured], { error: 'expected PROVIDER/NAME, or a map' }))
  .max(50)
  .default([])
  .describe('Language models and classifiers of providers, with their settings (docs/models.md).');

export type ConfiguredModel = z.output<typeof configured>;

export const budgetSchema = z
  .strictObject({
    usd: z.number().positive().max(1_000_000).optional(),
    tokens: z.int().min(1).max(1_000_000_000_000).optional(),
  })
  .optional()
  .describe('What a run may spend on models; it stops when it is used up, and can be resumed.');
