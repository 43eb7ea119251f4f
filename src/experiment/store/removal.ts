import { type Kysely, sql } from 'kysely';
import type { Tables } from './schema.ts';
import { sharedIn } from './trace.ts';

/** Traces that are looked through at once; bounds memory. */
const tracePage = 500;
/** Rows per statement; SQLite takes a limited number of parameters. */
const rowPage = 500;

/** Deletes runs, then the shared replies that no trace refers to any more, and shrinks the file. */
export async function deleteRuns(db: Kysely<Tables>, runs: readonly number[]): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const doomed = transaction.selectFrom('episodes').select('key').where('run', 'in', runs);
    await transaction.deleteFrom('traces').where('episode', 'in', doomed).execute();
    for (const table of ['episodes', 'planned'] as const)
      await transaction.deleteFrom(table).where('run', 'in', runs).execute();
    await transaction.deleteFrom('runs').where('key', 'in', runs).execute();
    await deleteUnreferred(transaction);
  });
  await sql`vacuum`.execute(db);
}

/** References stand inside compressed traces, so those that stay are read. */
async function deleteUnreferred(db: Kysely<Tables>): Promise<void> {
  const stored = await db.selectFrom('shared_replies').select('hash').execute();
  const unreferred = new Set(stored.map(({ hash }) => Buffer.from(new Uint8Array(hash)).toString('base64')));
  for (let last = -1; unreferred.size > 0; ) {
    const page = await db
      .selectFrom('traces')
      .selectAll()
      .where('episode', '>', last)
      .orderBy('episode')
      .limit(tracePage)
      .execute();
    const end = page.at(-1);
    if (end === undefined) break;
    for (const { data } of page) for (const hash of sharedIn(new Uint8Array(data))) unreferred.delete(hash);
    last = end.episode;
  }
  const hashes = [...unreferred].map((hash) => Buffer.from(hash, 'base64'));
  for (let first = 0; first < hashes.length; first += rowPage)
    await db
      .deleteFrom('shared_replies')
      .where('hash', 'in', hashes.slice(first, first + rowPage))
      .execute();
}
