import { z } from 'zod';
import type { ComparedRow, Comparison } from '../../experiment/comparison/index.ts';
import { countSchema, metricSchema, published } from '../jsonSchema.ts';

/** Version of the shape of a comparison's JSON. It rises when a reader of older ones would misread it; members may be added. */
export const comparisonVersion = 1;

const runSchema = z.object({
  id: z.string(),
  name: z.string(),
  startedAt: z.string().describe('ISO 8601'),
  episodes: countSchema,
  invalid: countSchema,
  missing: countSchema.describe('Planned, and not run'),
});

const counterpartSchema = z
  .object({ before: z.string(), after: z.string() })
  .describe('Its name in the first run, and what takes its place in the second');

const rowSchema = z
  .object({
    agent: counterpartSchema,
    defense: counterpartSchema,
    attack: z.string().exactOptional().describe('Name of an attack; absent for all of them together'),
    measure: z.enum(['asr', 'hr', 'fpr', 'utility', 'utilityAttacked']),
    label: z.string(),
    better: z.enum(['lower', 'higher']),
    before: metricSchema,
    after: metricSchema,
    difference: metricSchema.describe('after - before'),
    pairs: countSchema.describe('0: the runs have no tasks in common, so the figures are independent'),
    p: z.number().exactOptional().describe('Exact McNemar, each task once; absent without pairs'),
    pHolm: z
      .number()
      .exactOptional()
      .describe('After Holm, over the rows of all attacks together or over those of single attacks'),
    partial: z
      .object({
        unpaired: countSchema.describe('Episodes that only the second run has'),
        low: z.number(),
        high: z.number(),
      })
      .exactOptional()
      .describe('The interval whatever the first run would have shown on those'),
  })
  .describe('One figure of one agent and defense set in both runs') satisfies z.ZodType<ComparedRow>;

export const comparisonSchema = z.object({
  version: z.literal(comparisonVersion),
  before: runSchema,
  after: runSchema,
  changes: z
    .array(z.object({ what: z.string(), before: z.string(), after: z.string() }))
    .describe('What the runs do not have in common'),
  rows: z.array(rowSchema),
  pairs: countSchema.describe('Valid episodes that have a twin in the other run'),
  unpaired: z.object({ before: countSchema, after: countSchema }),
}) satisfies z.ZodType<Comparison>;

export function comparisonJsonSchema(): object {
  return published('SafeMCP comparison', comparisonSchema);
}
