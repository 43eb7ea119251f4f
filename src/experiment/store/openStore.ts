import path from 'node:path';
import { SafeMcpError } from '../../contracts/errors.ts';
import type { EpisodeRecord } from '../../contracts/events.ts';
import type { Run, Store } from '../../contracts/experiment.ts';
import { createBatch } from './batch.ts';
import { openDatabase } from './database.ts';
import {
  findEpisode,
  insertEpisodes,
  type PackedEpisode,
  planPosition,
  readRecord,
  readSummaries,
} from './episodeTable.ts';
import { storeFailure } from './failure.ts';
import { problemsIn } from './integrity.ts';
import { readMeasured } from './measuredRow.ts';
import { deleteRuns } from './removal.ts';
import { type NewReply, readReply, writeReplies } from './replyTable.ts';
import { episodeRow, runIdOf } from './rows.ts';
import { newRunId } from './runId.ts';
import { createRunLocks } from './runLocks.ts';
import { allRuns, findRun, insertRun, setState, withStored } from './runTable.ts';
import { packTrace } from './trace.ts';
import { exportedRun, insertExported } from './transfer.ts';

/** Summaries read at once; bounds memory. */
const summaryPage = 500;
/** Hashes of shared replies that are remembered as stored. */
const rememberedReplies = 10_000;

interface WritableRun {
  readonly key: number;
  readonly id: string;
}

/**
 * Opens the store of a workspace: one SQLite file, `safemcp.db`, in the folder `workspace`, which is created
 * where it is missing. Several processes may have it open. A run has one writer at a time, from its first
 * write to its state `finished` or `stopped`, to `close`, or to the end of the process, however it comes.
 * @throws WORKSPACE_UNWRITABLE, WORKSPACE_BUSY, STORE_CORRUPT, STORE_VERSION
 */
export async function openStore(workspace: string): Promise<Store> {
  const locks = createRunLocks(path.join(workspace, 'locks'));
  const database = await openDatabase(workspace, (runId) => locks.isTaken(runId));
  const { db, file } = database;
  /** Runs that this store writes to, by id. */
  const writing = new Map<string, WritableRun>();
  const knownReplies = new Set<string>();

  const batch = createBatch<PackedEpisode>(async (episodes) => {
    await database.write(() =>
      db.transaction().execute((transaction) => insertEpisodes(transaction, episodes)),
    );
    if (knownReplies.size > rememberedReplies) knownReplies.clear();
    for (const { trace } of episodes)
      for (const { hash } of trace.shared) knownReplies.add(Buffer.from(hash).toString('base64'));
  });

  const replyBatch = createBatch<NewReply>((replies) => database.write(() => writeReplies(db, replies)));

  const guarded = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      throw storeFailure(error, file);
    }
  };

  /** Takes the run for writing. */
  const writer = async (runId: string): Promise<WritableRun> => {
    const known = writing.get(runId);
    if (known !== undefined) return known;
    const run = await findRun(db, runId);
    locks.take(runIdOf(run));
    writing.set(run.id, run);
    return run;
  };

  const release = (runId: string): void => {
    writing.delete(runId);
    locks.release(runId);
  };

  const save = (runId: string, record: EpisodeRecord, replaces: boolean): Promise<void> =>
    guarded(async () => {
      const { key: run } = await writer(runId);
      const position = await planPosition(db, run, record.id);
      const trace = packTrace(record.events, (hash) => knownReplies.has(hash));
      await batch.add({ row: episodeRow(record, { run, position }), trace, replaces });
    });

  /** A run whose writer has died was stopped, whatever its last note says. */
  const withState = (run: Run): Run =>
    run.state === 'running' && !locks.isTaken(run.id) ? { ...run, state: 'stopped' } : run;

  return {
    folder: path.resolve(workspace),
    createRun: (plan, startedAt) =>
      guarded(async () => {
        const id = newRunId(startedAt);
        locks.take(id);
        try {
          await database.write(() => insertRun(db, { id, plan, startedAt }));
          return await withStored(db, await findRun(db, id));
        } catch (error) {
          release(id);
          throw error;
        }
      }),
    setRunState: (runId, state) =>
      guarded(async () => {
        const { key, id } = await writer(runId);
        await batch.idle();
        await database.write(() => setState(db, key, state));
        if (state !== 'running') release(id);
      }),
    runs: () => guarded(async () => (await allRuns(db)).map(withState)),
    run: (runId) => guarded(async () => withState(await withStored(db, await findRun(db, runId)))),
    saveEpisode: (runId, record) => save(runId, record, false),
    replaceEpisode: (runId, record) => save(runId, record, true),
    episodeIds: (runId) =>
      guarded(async () => {
        const { key } = await findRun(db, runId);
        const rows = await db.selectFrom('episodes').select('id').where('run', '=', key).execute();
        return new Set(rows.map(({ id }) => id));
      }),
    async *summaries(runId, filter = {}) {
      try {
        const { key } = await findRun(db, runId);
        yield* readSummaries(db, key, { pageSize: summaryPage, filter });
      } catch (error) {
        throw storeFailure(error, file);
      }
    },
    async *measures(runId) {
      try {
        yield* readMeasured(db, (await findRun(db, runId)).key);
      } catch (error) {
        throw storeFailure(error, file);
      }
    },
    episode: (episodeId, runId) =>
      guarded(async () => {
        const run = runId === undefined ? undefined : (await findRun(db, runId)).key;
        return readRecord(db, await findEpisode(db, episodeId, run));
      }),
    replies: {
      get: (key) => guarded(() => readReply(db, key)),
      put: (key, value) => guarded(() => replyBatch.add({ key, value })),
    },
    removeRuns: (runIds) =>
      guarded(async () => {
        const runs = await Promise.all(runIds.map(writer));
        try {
          await batch.idle();
          knownReplies.clear();
          await database.write(() =>
            deleteRuns(
              db,
              runs.map(({ key }) => key),
            ),
          );
        } finally {
          for (const { id } of runs) release(id);
        }
      }),
    async *exportRun(runId) {
      try {
        yield* exportedRun(db, await findRun(db, runId));
      } catch (error) {
        throw storeFailure(error, file);
      }
    },
    importRun: (documents) =>
      guarded(() => database.write(async () => withState(await insertExported(db, documents)))),
    async *check() {
      try {
        yield* problemsIn(db);
      } catch (error) {
        throw storeFailure(error, file);
      }
    },
    close: async () => {
      await batch.idle();
      await replyBatch.idle();
      locks.releaseAll();
      writing.clear();
      await database.close();
    },
  };
}

/**
 * The run that a user means: `latest`, an id, or the beginning of an id that no other run has.
 * @throws RUN_NOT_FOUND
 */
export async function resolveRun(store: Store, reference: string): Promise<Run> {
  if (reference !== 'latest') return store.run(reference);
  const runs = await store.runs();
  // A run that failed before its first episode has nothing to show.
  const latest = runs.find(({ stored }) => stored > 0) ?? runs[0];
  if (latest) return latest;
  throw new SafeMcpError('RUN_NOT_FOUND', 'The workspace holds no run yet', {
    hint: 'Start one with: safemcp run FILE',
  });
}
