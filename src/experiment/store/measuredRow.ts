import {
  type Insertable,
  type Kysely,
  type RawBuilder,
  type Selectable,
  type SelectQueryBuilder,
  sql,
} from 'kysely';
import { z } from 'zod';
import type { AttackId } from '../../contracts/attack.ts';
import {
  attackIdSchema,
  attackStages,
  type EpisodeKey,
  type EpisodeRecord,
  episodeStatuses,
  modelIdentitySchema,
} from '../../contracts/events.ts';
import type { MeasuredEpisode } from '../../contracts/experiment.ts';
import { isJsonObject } from '../../contracts/json.ts';
import { measuredOf } from '../metrics/measured.ts';
import { sqlite, sqliteCode } from './failure.ts';
import type { EpisodeTable, Tables } from './schema.ts';
import { valid } from './valid.ts';

/** Rows read at once; bounds memory. */
const page = 2_000;
/** Columns whose values SQLite would round when it writes them as JSON. Timings come to the microsecond, which fits. */
const fractions: ReadonlySet<string> = new Set(['utility', 'usd']);

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

type Column = (typeof columns)[number];

const places = Object.fromEntries(columns.map((column, place) => [column, place])) as Record<Column, number>;

/** What a row has in these columns, in their order. */
type Values = readonly unknown[];

/** The columns that hold what metrics count and lists do not filter by. */
export function measuredColumns(record: EpisodeRecord) {
  const { problem, stoppedBy, harmed, refused, flaggedBy, models, ...measured } = measuredOf(record);
  return {
    plot: plotText(record.key.attack),
    problem: problem === undefined ? null : JSON.stringify(problem),
    stopped_by: stoppedBy === undefined ? null : JSON.stringify(stoppedBy),
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

/**
 * What metrics count of a run's episodes, page by page in the order of the plan. A page comes as one JSON text, since the
 * driver takes its time over every value that it hands out.
 * @throws RECORD_INVALID
 */
export async function* readMeasured(
  db: Kysely<Tables>,
  run: number,
): AsyncGenerator<readonly MeasuredEpisode[]> {
  for (let last = -1; ; ) {
    const rows = db
      .selectFrom('episodes')
      .select(columns)
      .where('run', '=', run)
      .where('position', '>', last)
      .orderBy('position')
      .limit(page);
    // SQLite keeps their order, but does not promise it.
    const read = (await valuesOf(db, rows)).sort((a, b) => positionIn(a) - positionIn(b));
    yield read.map((values) => valid(String(values[places.id]), () => measuredIn(values)));
    const end = read.at(-1);
    if (end === undefined || read.length < page) return;
    last = positionIn(end);
  }
}

type Rows = SelectQueryBuilder<Tables, 'episodes', Pick<Selectable<EpisodeTable>, Column>>;

/** SQLite makes no JSON of bytes, which only damage puts into these columns: one by one, their record is found. */
async function valuesOf(db: Kysely<Tables>, rows: Rows): Promise<Values[]> {
  try {
    const { json } = await db
      .selectFrom(rows.as('rows'))
      .select(sql<string>`json_group_array(json_array(${sql.join(columns.map(exactly))}))`.as('json'))
      .executeTakeFirstOrThrow();
    return JSON.parse(json) as Values[];
  } catch (error) {
    if (sqliteCode(error) !== sqlite.error) throw error;
    return (await rows.execute()).map((row) => columns.map((column) => row[column]));
  }
}

/** A column as JSON keeps it, to the last digit. */
function exactly(column: Column): RawBuilder<unknown> {
  const value = sql.ref(column);
  return fractions.has(column)
    ? sql`iif(typeof(${value}) = 'real', json(printf('%!.17g', ${value})), ${value})`
    : value;
}

/** @throws RECORD_INVALID */
function positionIn(values: Values): number {
  return valid(String(values[places.id]), () => number(values, 'position'));
}

/** The same of one row. @throws TypeError, SyntaxError, ZodError */
export function measuredInRow(row: Pick<Selectable<EpisodeTable>, Column>): MeasuredEpisode {
  return measuredIn(columns.map((column) => row[column]));
}

/** Records were validated when they came in, so their columns are only looked at for damage. */
function measuredIn(values: Values): MeasuredEpisode {
  const has = (column: Column): boolean => values[places[column]] !== null;
  return {
    id: text(values, 'id'),
    key: keyIn(values),
    status: oneOf(episodeStatuses, values, 'status'),
    ...(has('problem') && { problem: textSchema.parse(JSON.parse(text(values, 'problem'))) }),
    ...(has('stage') && { stage: oneOf(attackStages, values, 'stage') }),
    ...(has('stopped_by') && { stoppedBy: textSchema.parse(JSON.parse(text(values, 'stopped_by'))) }),
    utility: number(values, 'utility'),
    harmed: number(values, 'harmed') === 1,
    ...(has('refused') && { refused: number(values, 'refused') === 1 }),
    flaggedBy: flaggedIn(text(values, 'flagged_by')),
    defenseMs: number(values, 'defense_ms'),
    wallMs: number(values, 'wall_ms'),
    tokens: number(values, 'tokens'),
    usd: number(values, 'usd'),
    ...(has('models') && { models: modelsSchema.parse(JSON.parse(text(values, 'models'))) }),
  };
}

const textSchema = z.string();
const flaggedSchema = z.array(z.string());
const modelsSchema = z.array(modelIdentitySchema);
const nobody: readonly string[] = [];

function flaggedIn(json: string): readonly string[] {
  return json === '[]' ? nobody : flaggedSchema.parse(JSON.parse(json));
}

function keyIn(values: Values): EpisodeKey {
  return {
    agent: text(values, 'agent'),
    environment: text(values, 'environment'),
    task: number(values, 'task'),
    ...(values[places.vector] !== null && { attack: attackIn(values) }),
    defense: text(values, 'defense'),
    trial: number(values, 'trial'),
  };
}

function attackIn(values: Values): AttackId {
  const names = {
    vector: text(values, 'vector'),
    carrier: text(values, 'carrier'),
    goal: text(values, 'goal'),
  };
  if (values[places.plot] === null) return names;
  return attackIdSchema.parse({ ...names, ...plotIn(text(values, 'plot')) });
}

/** What an attack is besides vector, carrier and goal. @param json of the column `plot` @throws SyntaxError */
export function plotIn(json: string | null): object {
  const plot: unknown = json === null ? {} : JSON.parse(json);
  return isJsonObject(plot) ? plot : {};
}

function plotText(attack: AttackId | undefined): string | null {
  if (!attack) return null;
  const { afterCalls, afterEpisodes, together } = attack;
  const plot = JSON.stringify({ afterCalls, afterEpisodes, together });
  return plot === '{}' ? null : plot;
}

function text(values: Values, column: Column): string {
  const value = values[places[column]];
  if (typeof value !== 'string') throw new TypeError(`its ${column} is no text`);
  return value;
}

function number(values: Values, column: Column): number {
  const value = values[places[column]];
  if (typeof value !== 'number') throw new TypeError(`its ${column} is no number`);
  return value;
}

function oneOf<T extends string>(known: readonly T[], values: Values, column: Column): T {
  const value = known.find((each) => each === values[places[column]]);
  if (value === undefined) throw new TypeError(`its ${column} is none that is known`);
  return value;
}
