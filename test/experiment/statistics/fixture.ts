import { readFileSync } from 'node:fs';
import { z } from 'zod';

const number = z.number();

const schema = z.object({
  normalCdf: z.array(z.tuple([number, number])),
  normalQuantile: z.array(z.tuple([number, number])),
  student95: z.array(z.tuple([number, number])),
  wilson: z.array(z.object({ k: number, n: number, low: number, high: number })),
  mcnemar: z.array(z.object({ first: number, second: number, p: number })),
  holm: z.array(z.object({ p: z.array(number), adjusted: z.array(number) })),
  clusteredMean: z.array(
    z.object({ groups: z.array(z.array(number)), estimate: number, low: number, high: number }),
  ),
  smallestDetectable: z.array(z.object({ n: number, rate: number })),
  bca: z.array(
    z.object({
      reference: z.array(number),
      condition: z.array(number),
      replicates: z.array(number),
      low: number,
      high: number,
    }),
  ),
});

/** Values from SciPy and statsmodels; the file names their versions. */
export const fixture = schema.parse(
  JSON.parse(readFileSync(new URL('../../fixtures/statistics.json', import.meta.url), 'utf8')),
);
