import { z } from 'zod';
import { countSchema, published } from '../jsonSchema.ts';

/** Version of the shape of the JSON of `safemcp power`. It rises when a reader of older ones would misread it; members may be added. */
export const sizeVersion = 1;

const shareSchema = z.number().min(0).max(1);

const aimSchema = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('difference'),
      before: shareSchema,
      after: shareSchema,
      comparisons: countSchema.describe('Differences tested together'),
    })
    .describe('That the rate differs between two conditions on the same tasks'),
  z
    .object({ kind: z.literal('limit'), rate: shareSchema, limit: shareSchema })
    .describe('That the rate keeps to a limit, as a gate decides it'),
]);

export const sizeSchema = z.object({
  version: z.literal(sizeVersion),
  aim: aimSchema,
  power: shareSchema.describe('Chance of showing it if it is so'),
  correlation: z.object({
    value: shareSchema.describe('How alike two trials of one task are'),
    source: z.string().describe('given, assumed, or measured on a run'),
  }),
  sizes: z
    .array(
      z.object({
        trials: countSchema,
        tasks: countSchema.optional().describe('Absent when 100,000 are too few'),
        episodes: countSchema.optional().describe('In each condition'),
        designEffect: z.number().describe('1 + (trials - 1) x likeness'),
      }),
    )
    .describe('One study that is large enough for each number of trials'),
});

export function sizeJsonSchema(): object {
  return published('SafeMCP power', sizeSchema);
}
