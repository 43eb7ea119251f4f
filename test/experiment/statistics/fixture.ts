import { readFileSync } from 'node:fs';
import { z } from 'zod';

const number = z.number();
const hits = z.object({ k: number, n: number });

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
  binomialCdf: z.array(z.object({ k: number, n: number, p: number, cdf: number, pmf: number })),
  betaBinomial: z.array(z.object({ n: number, p: number, correlation: number, pmf: z.array(number) })),
  newcombe: z.array(z.object({ k1: number, n1: number, k2: number, n2: number, low: number, high: number })),
  tango: z.array(z.object({ gained: number, lost: number, n: number, low: number, high: number })),
  pairedChange: z.array(z.object({ groups: z.array(z.array(number)), low: number, high: number })),
  intraTaskCorrelation: z.array(z.object({ cells: z.array(z.array(z.array(number))), correlation: number })),
  judge: z.array(
    z.object({
      k: number,
      n: number,
      sensitivity: hits,
      specificity: hits,
      estimate: number,
      low: number,
      high: number,
    }),
  ),
  pairedPower: z.array(
    z.object({
      tasks: number,
      before: number,
      after: number,
      trials: number,
      correlation: number,
      alpha: number,
      power: number,
    }),
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
