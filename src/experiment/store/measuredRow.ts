import type { Insertable, Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import type { AttackId } from '../../contracts/attack.ts';
import {
  type AttackStage,
  attackIdSchema,
  attackStages,
  type EpisodeKey,
  type EpisodeRecord,
  type EpisodeStatus,
  episodeStatuses,
  modelIdentitySchema,
} from '../../contracts/events.ts';
import type { MeasuredEpisode } from '../../contracts/experiment.ts';
import { isJsonObject } from '../../contracts/json.ts';
import { measuredOf } from '../metrics/measured.ts';
import type { EpisodeTable, Tables } from './schema.ts';
import { valid } from './valid.ts';

/** Rows read at once; bounds memory. */
const page = 2_000;

/** The columns that metrics are computed from; the others belong to lists and records. */
const columns = [
  'position',
  'id',
  'agent',
  'environment',
  'task',
  'vector',
  'carrier',
  'goal',
  'plot',
  'defense',
  'trial',
  'status',
  'stage',
  'utility',
  'problem',
  'stopped_by',
  'harmed',
  'refused',
  'flagged_by',
  'defense_ms',
  'wall_ms',
  'tokens',
  'usd',
  'models',
] as const satisfies readonly (keyof EpisodeTable)[];

type MeasuredRow = Pick<Selectable<EpisodeTable>, (typeof columns)[number]>;

/** The columns that hold what metrics count and lists do not filter by. */
export function measuredColumns(record: EpisodeRecord) {
  const { problem, stoppedBy, harmed, refused, flaggedBy, models, ...measured } = measuredOf(record);
  return {
    plot: plotText(record.key.attack),
    problem: problem ?? null,
    stopped_by: stoppedBy ?? null,
    harmed: Number(harmed),
    refused: refused === undefined ? null : Number(refused),
    flagged_by: JSON.stringify(flaggedBy),
    defense_ms: measured.defenseMs,
    wall_ms: measured.wallMs,
    tokens: measured.tokens,
    usd: measured.usd,
    models: models ? JSON.stringify(models) : null,
  } satisfies Partial<Insertable<EpisodeTable>>;
}

/** What metrics count of a run's episodes, in the order of the plan. @throws RECORD_INVALID */
export async function* readMeasured(db: Kysely<Tables>, run: number): AsyncGenerator<MeasuredEpisode> {
  for (let last = -1; ; ) {
    const rows = await db
      .selectFrom('episodes')
      .select(columns)
      .where('run', '=', run)
      .where('position', '>', last)
      .orderBy('position')
      .limit(page)
      .execute();
    for (const row of rows) yield valid(row.id, () => measuredIn(row));
    const end = rows.at(-1);
    if (end === undefined || rows.length < page) return;
    last = end.position;
  }
}

/** Records were validated when they came in, so their columns are only looked at for damage. @throws TypeError */
export function measuredIn(row: MeasuredRow): MeasuredEpisode {
  const { problem, stage, stopped_by: stoppedBy, refused, models } = row;
  return {
    id: text(row, 'id'),
    key: keyIn(row),
    status: statusIn(row),
    ...(problem !== null && { problem: text(row, 'problem') }),
    ...(stage !== null && { stage: stageIn(stage) }),
    ...(stoppedBy !== null && { stoppedBy: text(row, 'stopped_by') }),
    utility: number(row, 'utility'),
    harmed: number(row, 'harmed') === 1,
    ...(refused !== null && { refused: number(row, 'refused') === 1 }),
    flaggedBy: row.flagged_by === '[]' ? nobody : flaggedSchema.parse(JSON.parse(text(row, 'flagged_by'))),
    defenseMs: number(row, 'defense_ms'),
    wallMs: number(row, 'wall_ms'),
    tokens: number(row, 'tokens'),
    usd: number(row, 'usd'),
    ...(models !== null && { models: modelsSchema.parse(JSON.parse(models)) }),
  };
}

const nobody: readonly string[] = [];
const flaggedSchema = z.array(z.string());
const modelsSchema = z.array(modelIdentitySchema);
const statuses: ReadonlySet<string> = new Set(episodeStatuses);
const stages: ReadonlySet<string> = new Set(attackStages);

function keyIn(row: MeasuredRow): EpisodeKey {
  return {
    agent: text(row, 'agent'),
    environment: text(row, 'environment'),
    task: number(row, 'task'),
    ...(row.vector !== null && { attack: attackIn(row) }),
    defense: text(row, 'defense'),
    trial: number(row, 'trial'),
  };
}

function attackIn(row: MeasuredRow): AttackId {
  const names = { vector: text(row, 'vector'), carrier: text(row, 'carrier'), goal: text(row, 'goal') };
  return row.plot === null ? names : attackIdSchema.parse({ ...names, ...plotIn(row) });
}

/** What an attack is besides vector, carrier and goal. @throws SyntaxError */
export function plotIn({ plot }: Pick<MeasuredRow, 'plot'>): object {
  const found: unknown = plot === null ? {} : JSON.parse(plot);
  return isJsonObject(found) ? found : {};
}

function plotText(attack: AttackId | undefined): string | null {
  if (!attack) return null;
  const { afterCalls, afterEpisodes, together } = attack;
  const plot = JSON.stringify({ afterCalls, afterEpisodes, together });
  return plot === '{}' ? null : plot;
}

function text(row: MeasuredRow, column: keyof MeasuredRow): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`its ${column} is no text`);
  return value;
}

function number(row: MeasuredRow, column: keyof MeasuredRow): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`its ${column} is no number`);
  return value;
}

function statusIn({ status }: MeasuredRow): EpisodeStatus {
  if (!statuses.has(status)) throw new TypeError('its status is none');
  return status as EpisodeStatus;
}

function stageIn(stage: string): AttackStage {
  if (!stages.has(stage)) throw new TypeError('its stage is none');
  return stage as AttackStage;
}
