import { z } from 'zod';
import type { Criterion, Decision, GateResult } from '../../experiment/gate/index.ts';
import { published } from '../jsonSchema.ts';

/** Version of the shape of a gate's JSON. It rises when a reader of older ones would misread it; members may be added. */
export const gateVersion = 1;

const decisionSchema = z
  .enum(['pass', 'fail', 'undecided'])
  .describe('undecided: the limit lies within the interval') satisfies z.ZodType<Decision>;

const runSchema = z.object({ id: z.string(), name: z.string() });

const criterionSchema = z
  .object({
    name: z.string().describe('The limit, such as: ASR at most 5%'),
    subject: z.string().describe('Agent and defense set that it is held against'),
    decision: decisionSchema,
    reason: z.string().describe('Why, with the figures; for people'),
    moreEpisodes: z
      .number()
      .int()
      .positive()
      .exactOptional()
      .describe('About how many more would decide if the rate stays'),
  })
  .describe('One limit on one agent with one defense set') satisfies z.ZodType<Criterion>;

export const gateSchema = z.object({
  version: z.literal(gateVersion),
  passed: z.boolean().describe('What the exit code says: 0 or 3; --undecided counts'),
  run: runSchema,
  baseline: runSchema.exactOptional(),
  decision: decisionSchema.describe('fail when a criterion fails, else undecided when one is'),
  criteria: z.array(criterionSchema),
}) satisfies z.ZodType<GateResult>;

export function gateJsonSchema(): object {
  return published('SafeMCP gate', gateSchema);
}
