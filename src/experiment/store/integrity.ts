import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { inflateRawSync } from 'node:zlib';
import { type Kysely, sql } from 'kysely';
import { isSafeMcpError, messageOf } from '../../contracts/errors.ts';
import type { MeasuredEpisode, StoreProblem } from '../../contracts/experiment.ts';
import { measuredOf } from '../metrics/measured.ts';
import { readRecord } from './episodeTable.ts';
import { measuredInRow } from './measuredRow.ts';
import { runOf } from './rows.ts';
import type { Tables } from './schema.ts';

const page = 500;

/** Everything that is damaged: the file, runs, plans, episodes with their traces, shared replies. */
export async function* problemsIn(db: Kysely<Tables>): AsyncGenerator<StoreProblem> {
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check(20)`.execute(db);
  for (const { integrity_check: what } of rows) if (what !== 'ok') yield { where: 'the database file', what };
  yield* runProblems(db);
  yield* episodeProblems(db);
  yield* replyProblems(db);
}

async function* runProblems(db: Kysely<Tables>): AsyncGenerator<StoreProblem> {
  for (const row of await db.selectFrom('runs').selectAll().execute()) {
    const where = `run ${row.id}`;
    yield* told(where, () => runOf(row, 0));
    const { planned } = await db
      .selectFrom('planned')
      .select((select) => select.fn.countAll<number>().as('planned'))
      .where('run', '=', row.key)
      .executeTakeFirstOrThrow();
    if (planned !== row.planned)
      yield { where, what: `its plan has ${planned} episodes instead of ${row.planned}` };
  }
  const orphans = await db
    .selectFrom('episodes')
    .leftJoin('planned', (join) =>
      join.onRef('planned.run', '=', 'episodes.run').onRef('planned.id', '=', 'episodes.id'),
    )
    .select('episodes.id')
    .where('planned.id', 'is', null)
    .limit(page)
    .execute();
  for (const { id } of orphans) yield { where: `episode ${id}`, what: 'no run has it in its plan' };
}

async function* episodeProblems(db: Kysely<Tables>): AsyncGenerator<StoreProblem> {
  for (let last = -1; ; ) {
    const rows = await db
      .selectFrom('episodes')
      .selectAll()
      .where('key', '>', last)
      .orderBy('key')
      .limit(page)
      .execute();
    for (const row of rows)
      yield* told(`episode ${row.id}`, async () => {
        const record = await readRecord(db, row);
        if (!agree(measuredInRow(row), measuredOf(record)))
          throw new Error('its measures are not those of its record');
      });
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end.key;
  }
}

/**
 * In a store that was brought up to date SQLite read the costs from text, and it may be a unit in the last place off.
 */
function agree(stored: MeasuredEpisode, measured: MeasuredEpisode): boolean {
  const { usd } = measured;
  const near = Math.abs(stored.usd - usd) <= Number.EPSILON * Math.abs(usd);
  return isDeepStrictEqual(near ? { ...stored, usd } : stored, measured);
}

async function* replyProblems(db: Kysely<Tables>): AsyncGenerator<StoreProblem> {
  for (const { hash } of await db.selectFrom('shared_replies').select('hash').execute()) {
    const name = Buffer.from(new Uint8Array(hash));
    const row = await db
      .selectFrom('shared_replies')
      .select('data')
      .where('hash', '=', name)
      .executeTakeFirst();
    yield* told(`shared reply ${name.toString('hex').slice(0, 12)}`, () => {
      const json = inflateRawSync(new Uint8Array(row?.data ?? new ArrayBuffer(0)));
      if (!createHash('sha256').update(json).digest().equals(name))
        throw new Error('its content is not what its name says');
    });
  }
}

async function* told(where: string, look: () => unknown): AsyncGenerator<StoreProblem> {
  try {
    await look();
  } catch (error) {
    const cause = isSafeMcpError(error) && error.cause !== undefined ? error.cause : error;
    yield { where, what: messageOf(cause) };
  }
}
