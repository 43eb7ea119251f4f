import { z } from 'zod';
import type { Metric } from '../contracts/cell.ts';

export const metricSchema = z
  .union([
    z.object({
      estimate: z.number(),
      low: z.number(),
      high: z.number(),
      k: z.number().describe('Count for rates, sum for means'),
      n: z.number(),
    }),
    z.object({ absent: z.string().describe('Why there is no figure') }),
  ])
  .describe('A figure with its 95% interval, or why there is none') satisfies z.ZodType<Metric>;

export const countSchema = z.number().int().nonnegative();

/** The JSON Schema that is published. */
export function published(title: string, schema: z.ZodType): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return { $schema, title, ...rest };
}
