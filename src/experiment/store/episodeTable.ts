import { type Kysely, type Selectable, sql } from 'kysely';
import { SafeMcpError } from '../../contracts/errors.ts';
import type { EpisodeRecord } from '../../contracts/events.ts';
import type { EpisodeFilter, EpisodeSummary } from '../../contracts/experiment.ts';
import { type episodeRow, recordOf, summaryOf } from './rows.ts';
import { afterPrefix } from './runTable.ts';
import type { EpisodeTable, Tables } from './schema.ts';
import { type PackedTrace, type SharedReply, unpackTrace } from './trace.ts';

/** A record on its way into the store. */
export interface PackedEpisode {
  readonly row: ReturnType<typeof episodeRow>;
  readonly trace: PackedTrace;
  /** Whether it takes the place of the episode that is stored under its id. */
  readonly replaces?: boolean;
}

/** Where a record belongs. @throws EPISODE_NOT_FOUND when the run's plan has no such episode */
export async function planPosition(db: Kysely<Tables>, run: number, id: string): Promise<number> {
  const planned = await db
    .selectFrom('planned')
    .select('position')
    .where('run', '=', run)
    .where('id', '=', id)
    .executeTakeFirst();
  if (planned) return planned.position;
  throw new SafeMcpError('EPISODE_NOT_FOUND', `The run's plan has no episode ${id}`, { where: id });
}

/** Writes records; those that are stored already stay as they are, unless replaced. @param db within a transaction */
export async function insertEpisodes(db: Kysely<Tables>, episodes: readonly PackedEpisode[]): Promise<void> {
  for (const { row, trace, replaces } of episodes) {
    if (replaces) await deleteEpisode(db, row);
    const inserted = await db
      .insertInto('episodes')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .returning('key')
      .executeTakeFirst();
    if (inserted === undefined) continue;
    await db.insertInto('traces').values({ episode: inserted.key, data: trace.data }).execute();
    if (trace.shared.length > 0) await insertShared(db, trace.shared);
  }
}

async function deleteEpisode(
  db: Kysely<Tables>,
  { run, position }: { readonly run: number; readonly position: number },
): Promise<void> {
  const doomed = db
    .selectFrom('episodes')
    .select('key')
    .where('run', '=', run)
    .where('position', '=', position);
  await db.deleteFrom('traces').where('episode', 'in', doomed).execute();
  await db.deleteFrom('episodes').where('run', '=', run).where('position', '=', position).execute();
}

async function insertShared(db: Kysely<Tables>, replies: readonly SharedReply[]): Promise<void> {
  await db
    .insertInto('shared_replies')
    .values([...replies])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Summaries in the order of the plan, read page by page. */
export async function* readSummaries(
  db: Kysely<Tables>,
  run: number,
  { pageSize, filter }: { readonly pageSize: number; readonly filter: EpisodeFilter },
): AsyncGenerator<EpisodeSummary> {
  const { attack, ...equal } = filter;
  for (let last = -1; ; ) {
    const rows = await db
      .selectFrom('episodes')
      .selectAll()
      .where('run', '=', run)
      .where('position', '>', last)
      .where((where) => where.and(equal))
      .$if(attack !== undefined, (query) =>
        query.where(sql<boolean>`instr(vector || '/' || carrier || '/' || goal, ${attack ?? ''}) > 0`),
      )
      .orderBy('position')
      .limit(pageSize)
      .execute();
    for (const row of rows) yield summaryOf(row);
    const end = rows.at(-1);
    if (end === undefined || rows.length < pageSize) return;
    last = end.position;
  }
}

/** @param reference an id, or the beginning of it that no other episode has. @throws EPISODE_NOT_FOUND */
export async function findEpisode(
  db: Kysely<Tables>,
  reference: string,
  run: number | undefined,
): Promise<Selectable<EpisodeTable>> {
  const matches = db
    .selectFrom('episodes')
    .where('id', '>=', reference)
    .where('id', '<', afterPrefix(reference))
    // The plus keeps SQLite to the index of ids; by that of runs it would look through a whole run.
    .$if(run !== undefined, (query) => query.where(sql`+run`, '=', run));
  const ids = await matches.select('id').distinct().orderBy('id').limit(2).execute();
  const [first, second] = ids;
  if (first === undefined || (second !== undefined && first.id !== reference))
    throw new SafeMcpError(
      'EPISODE_NOT_FOUND',
      first === undefined
        ? `There is no stored episode ${reference}`
        : `Several episodes begin with "${reference}"`,
      { where: reference, hint: 'Give the whole id of an episode' },
    );
  return matches
    .selectAll()
    .where('id', '=', first.id)
    .orderBy('run', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
}

/** The whole record of a row. @throws RECORD_INVALID */
export function readRecord(db: Kysely<Tables>, row: Selectable<EpisodeTable>): Promise<EpisodeRecord> {
  return recordOf(row, async () => {
    const trace = await db
      .selectFrom('traces')
      .select('data')
      .where('episode', '=', row.key)
      .executeTakeFirst();
    if (trace === undefined) throw new Error('its trace is missing');
    return unpackTrace(new Uint8Array(trace.data), (hashes) => loadShared(db, hashes));
  });
}

async function loadShared(
  db: Kysely<Tables>,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const rows = await db
    .selectFrom('shared_replies')
    .selectAll()
    .where(
      'hash',
      'in',
      hashes.map((hash) => Buffer.from(hash, 'base64')),
    )
    .execute();
  return new Map(
    rows.map(({ hash, data }) => [
      Buffer.from(new Uint8Array(hash)).toString('base64'),
      new Uint8Array(data),
    ]),
  );
}
