import { z } from 'zod';
import type { Cell, CellMetrics } from '../contracts/cell.ts';
import { attackIdSchema, episodeStatuses } from '../contracts/events.ts';
import { runStates } from '../contracts/experiment.ts';
import { countSchema, metricSchema, published } from './jsonSchema.ts';

/** Version of the JSON report's shape. It rises when a reader of older reports would misread it; members may be added. */
export const reportVersion = 1;

const metricsSchema = z.object({
  asr: metricSchema,
  hr: metricSchema,
  dr: metricSchema,
  fpr: metricSchema,
  utility: metricSchema,
  ralAttack: metricSchema,
  ralDefense: metricSchema,
  ralBoth: metricSchema,
  nrp: metricSchema,
  defenseMs: metricSchema,
  extraMs: metricSchema,
  extraTokens: metricSchema,
  extraUsd: metricSchema,
}) satisfies z.ZodType<CellMetrics>;

const cellSchema = z
  .object({
    agent: z.string(),
    environment: z.string(),
    attack: attackIdSchema.extend({ id: z.string() }).nullable().describe('null: the clean condition'),
    defense: z.string(),
    episodes: countSchema,
    invalid: countSchema.describe('Episodes that are no valid measurement; in no metric'),
    invalidBy: z.partialRecord(z.enum(episodeStatuses), countSchema),
    problem: z.string().exactOptional(),
    funnel: z
      .object({
        delivered: countSchema,
        exposed: countSchema,
        attempted: countSchema,
        executed: countSchema,
        achieved: countSchema,
      })
      .describe('Valid attacked episodes that came at least this far'),
    stoppedBy: z.record(z.string(), countSchema),
    metrics: metricsSchema,
    detectors: z.record(z.string(), z.object({ dr: metricSchema, fpr: metricSchema })),
    against: z
      .object({ difference: metricSchema, p: z.number(), pHolm: z.number(), pairs: countSchema })
      .exactOptional()
      .describe('ASR with the defense minus ASR without, on pairs'),
    judged: z
      .object({
        refused: metricSchema.exactOptional(),
        refusedCorrected: metricSchema.exactOptional(),
        asrCorrected: metricSchema.exactOptional(),
      })
      .exactOptional()
      .describe("What judges decided, also corrected for the judges' measured errors"),
    floor: z
      .object({ reason: z.string(), smallestDetectable: z.number() })
      .exactOptional()
      .describe('Present where no defense can show an effect'),
  })
  .describe('All episodes of one agent, environment, attack or none, and defense set') satisfies z.ZodType<
  Omit<Cell, 'tasks'>
>;

/** The run, with as much of its experiment as readers may rely on; the rest is there too. */
const runSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(runStates),
  startedAt: z.string().describe('ISO 8601'),
  planned: countSchema,
  stored: countSchema,
  experiment: z.object({
    name: z.string(),
    seed: z.string(),
    environments: z.array(z.object({ id: z.string(), tasks: countSchema })),
    agents: z.array(z.string()),
    defenses: z.array(
      z.object({
        name: z.string(),
        members: z.array(
          z.object({
            id: z.string(),
            mode: z.enum(['observe', 'enforce']),
            parameters: z.record(z.string(), z.json()),
          }),
        ),
      }),
    ),
    trials: countSchema,
    era: z.enum(['2025', '2026']),
    transport: z.enum(['memory', 'http']),
  }),
  skipped: z.array(
    z.object({ environment: z.string(), reason: z.string(), attacks: countSchema, example: attackIdSchema }),
  ),
});

export const reportSchema = z.object({
  version: z.literal(reportVersion),
  run: runSchema,
  cells: z.array(cellSchema),
});

export function reportJsonSchema(): object {
  return published('SafeMCP report', reportSchema);
}
