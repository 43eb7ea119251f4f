import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import { attackIdSchema, type EpisodeRecord, episodeRecordSchema } from '../../contracts/events.ts';
import {
  type EpisodeSummary,
  type Experiment,
  type Plan,
  type Run,
  runStates,
  type SkippedCombinations,
} from '../../contracts/experiment.ts';
import { isJsonObject, type JsonObject } from '../../contracts/json.ts';
import { sqliteCode } from './failure.ts';
import { measuredColumns, plotIn } from './measuredRow.ts';
import { runIdPattern } from './runId.ts';
import type { EpisodeTable, RunTable } from './schema.ts';
import { invalid, valid } from './valid.ts';

// Loose, so that members which an experiment gains later survive the round trip.
const experimentSchema = z.looseObject({
  name: z.string(),
  seed: z.string(),
  environments: z.array(
    z.looseObject({
      id: z.string(),
      tasks: z.number(),
      attacks: z.array(attackIdSchema.nullable()).exactOptional(),
    }),
  ),
  agents: z.array(z.string()),
  attacks: z.array(attackIdSchema.nullable()),
  defenses: z.array(
    z.looseObject({
      name: z.string(),
      members: z.array(
        z.looseObject({
          id: z.string(),
          mode: z.enum(['observe', 'enforce']),
          parameters: z.record(z.string(), z.json()),
        }),
      ),
    }),
  ),
  trials: z.number(),
  era: z.enum(['2025', '2026']),
  transport: z.enum(['memory', 'http']),
  limits: z.looseObject({
    maxCalls: z.number(),
    callTimeoutMs: z.number(),
    episodeTimeoutMs: z.number(),
  }),
}) satisfies z.ZodType<Experiment>;

const skippedSchema = z.array(
  z.object({ environment: z.string(), reason: z.string(), attacks: z.number(), example: attackIdSchema }),
) satisfies z.ZodType<readonly SkippedCombinations[]>;

const runIdSchema = z.string().regex(runIdPattern);

const runSchema = z.object({
  id: runIdSchema,
  name: z.string(),
  state: z.enum(runStates),
  startedAt: z.iso.datetime(),
  planned: z.number(),
  experiment: experimentSchema,
  skipped: skippedSchema,
});

const summarySchema = episodeRecordSchema.omit({ events: true, version: true });

export function runRow(id: string, plan: Plan, startedAt: Date): Insertable<RunTable> {
  return {
    id,
    name: plan.experiment.name,
    state: 'running',
    started_at: startedAt.toISOString(),
    planned: plan.episodes.length,
    experiment: JSON.stringify(plan.experiment),
    skipped: JSON.stringify(plan.skipped),
  };
}

/** A run's row as it leaves the store: what was JSON in a text is JSON. @throws RECORD_INVALID */
export function runDocument(stored: Selectable<RunTable>): JsonObject {
  const { key: _, experiment, skipped, ...row } = stored;
  return valid(row.id, () => ({
    ...row,
    experiment: z.json().parse(jsonOf(experiment)),
    skipped: z.json().parse(jsonOf(skipped)),
  }));
}

/** The id of a stored run. @throws RECORD_INVALID */
export function runIdOf({ id }: Pick<Selectable<RunTable>, 'id'>): string {
  return valid(id, () => runIdSchema.parse(id));
}

/** @throws RECORD_INVALID */
export function runOf(row: Selectable<RunTable>, stored: number): Run {
  return valid(row.id, () => ({
    ...runSchema.parse({
      ...row,
      startedAt: row.started_at,
      experiment: jsonOf(row.experiment),
      skipped: jsonOf(row.skipped),
    }),
    stored,
  }));
}

/** The row of a record; all but events and key goes into `details` as it is, and what metrics count into columns too. */
export function episodeRow(
  record: EpisodeRecord,
  place: { readonly run: number; readonly position: number },
): Insertable<EpisodeTable> {
  const { events: _, version, id, key, ...details } = record;
  return {
    ...place,
    id,
    version,
    agent: key.agent,
    environment: key.environment,
    task: key.task,
    vector: key.attack?.vector ?? null,
    carrier: key.attack?.carrier ?? null,
    goal: key.attack?.goal ?? null,
    defense: key.defense,
    trial: key.trial,
    status: record.outcome.status,
    stage: record.outcome.attack?.stage ?? null,
    utility: record.outcome.utility,
    details: JSON.stringify(details),
    ...measuredColumns(record),
  };
}

/** @throws RECORD_INVALID */
export function summaryOf(row: Selectable<EpisodeTable>): EpisodeSummary {
  return valid(row.id, () => summarySchema.parse(summaryMembers(row)));
}

/** @throws RECORD_INVALID */
export async function recordOf(
  row: Selectable<EpisodeTable>,
  unpack: () => Promise<unknown>,
): Promise<EpisodeRecord> {
  const events = await unpack().catch((error: unknown) => {
    throw sqliteCode(error) === undefined ? invalid(row.id, error) : error;
  });
  return valid(row.id, () =>
    episodeRecordSchema.parse({ ...summaryMembers(row), version: row.version, events }),
  );
}

function summaryMembers(row: Selectable<EpisodeTable>): Record<string, unknown> {
  const { agent, environment, task, vector, carrier, goal, defense, trial } = row;
  const details = jsonOf(row.details);
  if (!isJsonObject(details)) throw new TypeError('its details are no object');
  const attack = vector === null ? {} : { attack: { vector, carrier, goal, ...plotIn(row.plot) } };
  return {
    ...details,
    id: row.id,
    key: { agent, environment, task, ...attack, defense, trial },
  };
}

function jsonOf(text: string): unknown {
  return JSON.parse(text);
}
