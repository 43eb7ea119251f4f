import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Kysely } from 'kysely';
import type { JsonValue } from '../../contracts/json.ts';
import type { Tables } from './schema.ts';

/**
 * Replies are short, and the usual window and tables of zlib take more time to set up than such a text takes to compress.
 * Whatever the window was, the text is read all the same.
 */
const compression = { windowBits: 12, memLevel: 5 };

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
    data: deflateRawSync(JSON.stringify(value), compression),
  }));
  await db
    .insertInto('model_replies')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
