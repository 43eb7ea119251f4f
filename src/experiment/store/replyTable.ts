import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Kysely } from 'kysely';
import type { JsonValue } from '../../contracts/json.ts';
import type { Tables } from './schema.ts';

/** @param key hexadecimal SHA-256 of the request */
export async function readReply(db: Kysely<Tables>, key: string): Promise<JsonValue | undefined> {
  const row = await db
    .selectFrom('model_replies')
    .select('data')
    .where('hash', '=', Buffer.from(key, 'hex'))
    .executeTakeFirst();
  return row && (JSON.parse(inflateRawSync(row.data).toString('utf8')) as JsonValue);
}

/** The first value for a key stays. */
export async function writeReply(db: Kysely<Tables>, key: string, value: JsonValue): Promise<void> {
  const row = { hash: Buffer.from(key, 'hex'), data: deflateRawSync(JSON.stringify(value)) };
  await db
    .insertInto('model_replies')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
