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

export interface NewReply {
  readonly key: string;
  readonly value: JsonValue;
}

/** The first value for a key stays. */
export async function writeReplies(db: Kysely<Tables>, replies: readonly NewReply[]): Promise<void> {
  const rows = replies.map(({ key, value }) => ({
    hash: Buffer.from(key, 'hex'),
    data: deflateRawSync(JSON.stringify(value)),
  }));
  await db
    .insertInto('model_replies')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
