import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Kysely, SqliteDialect, sql } from 'kysely';
import Libsql from 'libsql';
import { SafeMcpError } from '../../contracts/errors.ts';
import { sqliteCode, storeFailure, unwritableFailure } from './failure.ts';
import { makeFolder } from './folders.ts';
import { runIdPattern } from './runId.ts';
import { migrations, schemaVersion, type Tables } from './schema.ts';
import { keepingStatements } from './statements.ts';

/** Marks a SQLite file as ours ("SMCP"). */
const applicationId = 0x534d4350;
/** Traces are of some 2 KB; larger pages leave less of each page empty. */
const pageSize = 16_384;
/** Pages in the write-ahead log before they are moved to the file: 4 MB. */
const logPages = 256;
/** How long a statement waits for another process to finish its transaction. */
const busyTimeoutMs = 10_000;

/** An open database file. */
export interface Database {
  readonly file: string;
  readonly db: Kysely<Tables>;
  /** Runs an action that writes; actions on one file run one after the other within this process. */
  write<T>(action: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The last write to each file. The driver blocks the thread while it waits, so its own waiting would be in vain. */
const lastWrites = new Map<string, Promise<unknown>>();

async function inTurn<T>(file: string, action: () => Promise<T>): Promise<T> {
  const before = lastWrites.get(file);
  const own = (async () => {
    await before?.catch(() => undefined);
    return action();
  })();
  lastWrites.set(file, own);
  try {
    return await own;
  } finally {
    if (lastWrites.get(file) === own) lastWrites.delete(file);
  }
}

/**
 * Opens the workspace's database, creating folder, file and tables where they are missing and bringing
 * an older file up to date.
 * @param isWritten whether a process writes to a run: one that knows the older tables only would go on filling these
 * @throws WORKSPACE_UNWRITABLE, WORKSPACE_BUSY, STORE_CORRUPT, STORE_VERSION
 */
export async function openDatabase(
  workspace: string,
  isWritten: (runId: string) => boolean,
): Promise<Database> {
  const file = path.resolve(workspace, 'safemcp.db');
  makeFolder(workspace);
  const database = keepingStatements(openFile(file));
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  const write = <T>(action: () => Promise<T>): Promise<T> => inTurn(file, action);
  try {
    await write(() => prepare(db, { file, isWritten }));
  } catch (error) {
    await db.destroy();
    throw storeFailure(error, file);
  }
  return {
    file,
    db,
    write,
    close: async () => {
      // The driver keeps the file open until its statements are collected, so the log is emptied here.
      await write(() => sql`pragma wal_checkpoint(truncate)`.execute(db));
      await db.destroy();
    },
  };
}

function openFile(file: string): Libsql.Database {
  try {
    return new Libsql(file, { timeout: busyTimeoutMs });
  } catch (error) {
    throw sqliteCode(error) === undefined ? unwritableFailure(file, error) : storeFailure(error, file);
  }
}

interface Opening {
  readonly file: string;
  readonly isWritten: (runId: string) => boolean;
}

/** Checks whose file this is before anything is written to it. */
async function prepare(db: Kysely<Tables>, opening: Opening): Promise<void> {
  const { file } = opening;
  if ((await checkedVersion(db, file)) < schemaVersion) await migrate(db, opening);
  else await setPragma(db, 'journal_mode', 'WAL');
  await checkLength(db, file);
  await setPragma(db, 'synchronous', 'NORMAL');
  await setPragma(db, 'wal_autocheckpoint', logPages);
}

/** The schema version of the file, 0 for an empty one. */
async function checkedVersion(db: Kysely<Tables>, file: string): Promise<number> {
  const version = await pragma(db, 'user_version');
  const owner = await pragma(db, 'application_id');
  const { rows } = await sql`select 1 from sqlite_master limit 1`.execute(db);
  const empty = rows.length === 0 && version === 0 && owner === 0;
  if (!empty && owner !== applicationId)
    throw new SafeMcpError('STORE_CORRUPT', 'The file is a database of another program', {
      where: file,
      hint: 'Choose another workspace',
    });
  if (version > schemaVersion)
    throw new SafeMcpError(
      'STORE_VERSION',
      `The store has schema version ${version}; this SafeMCP knows versions up to ${schemaVersion}`,
      { where: file, hint: 'Use a newer SafeMCP or another workspace' },
    );
  return version;
}

/**
 * SQLite notices only now and then that the end of its file is missing, and may read such pages as empty.
 * @throws STORE_CORRUPT
 */
async function checkLength(db: Kysely<Tables>, file: string): Promise<void> {
  const expected = (await pragma(db, 'page_count')) * (await pragma(db, 'page_size'));
  // While the log holds pages, the file may rightly be shorter.
  if ((await lengthOf(`${file}-wal`)) > 0 || (await lengthOf(file)) >= expected) return;
  throw new SafeMcpError('STORE_CORRUPT', 'The end of the file is missing', {
    where: file,
    hint: 'Move the file away to start with a new store',
  });
}

async function lengthOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  return found?.size ?? 0;
}

async function migrate(db: Kysely<Tables>, { file, isWritten }: Opening): Promise<void> {
  // Has an effect on an empty file only, and must come before WAL.
  await setPragma(db, 'page_size', pageSize);
  await setPragma(db, 'journal_mode', 'WAL');
  await db.connection().execute(async (connection) => {
    await sql`begin immediate`.execute(connection);
    try {
      // Another process may have been faster; the version counts that is read inside the transaction.
      const version = await checkedVersion(connection, file);
      if (version > 0 && version < schemaVersion) await checkQuiet(connection, { file, isWritten });
      for (const step of migrations.slice(version)) await step(connection);
      await setPragma(connection, 'application_id', applicationId);
      await setPragma(connection, 'user_version', schemaVersion);
      await sql`commit`.execute(connection);
    } catch (error) {
      await sql`rollback`.execute(connection);
      throw error;
    }
  });
}

/** @throws WORKSPACE_BUSY while a run is carried out */
async function checkQuiet(db: Kysely<Tables>, { file, isWritten }: Opening): Promise<void> {
  const running = await db.selectFrom('runs').select('id').where('state', '=', 'running').execute();
  const written = running.find(({ id }) => runIdPattern.test(id) && isWritten(id));
  if (written)
    throw new SafeMcpError('WORKSPACE_BUSY', `An older SafeMCP is carrying out the run ${written.id}`, {
      where: file,
      hint: 'Wait for it to finish, or stop it and go on with: safemcp resume',
    });
}

async function pragma(db: Kysely<Tables>, name: string): Promise<number> {
  const { rows } = await sql<Record<string, number>>`pragma ${sql.raw(name)}`.execute(db);
  return rows[0]?.[name] ?? 0;
}

async function setPragma(db: Kysely<Tables>, name: string, value: string | number): Promise<void> {
  await sql`pragma ${sql.raw(`${name} = ${value}`)}`.execute(db);
}
