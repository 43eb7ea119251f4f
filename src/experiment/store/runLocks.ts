import path from 'node:path';
import Libsql from 'libsql';
import { SafeMcpError } from '../../contracts/errors.ts';
import { sqlite, sqliteCode, storeFailure } from './failure.ts';
import { makeFolder } from './folders.ts';

/** One writer per run. The locks die with their process, however it ends. */
export interface RunLocks {
  /** Does nothing if this object holds the lock already. @throws WORKSPACE_BUSY */
  take(runId: string): void;
  release(runId: string): void;
  /** Whether anybody holds the lock. */
  isTaken(runId: string): boolean;
  releaseAll(): void;
}

/** Long enough to outlast a look by `isTaken` of another process. */
const patienceMs = 200;

/**
 * Locks are empty SQLite files that their holder keeps in an exclusive transaction, because the operating
 * system gives up SQLite's file locks when a process ends. The files stay, since removing a lock file
 * would let two processes each hold their own.
 */
export function createRunLocks(folder: string): RunLocks {
  const held = new Map<string, Libsql.Database>();

  const open = (runId: string, timeout: number): Libsql.Database => {
    makeFolder(folder);
    return new Libsql(path.join(folder, `${runId}.lock`), { timeout });
  };

  return {
    take(runId) {
      if (held.has(runId)) return;
      const lock = open(runId, patienceMs);
      try {
        lock.exec('begin exclusive');
      } catch (error) {
        lock.close();
        if (!isBusy(error)) throw storeFailure(error, lock.name);
        throw new SafeMcpError('WORKSPACE_BUSY', `Another process is writing to run ${runId}`, {
          where: folder,
          hint: 'Wait for it to finish, or stop it',
          cause: error,
        });
      }
      held.set(runId, lock);
    },
    release(runId) {
      const lock = held.get(runId);
      if (lock !== undefined) giveUp(lock);
      held.delete(runId);
    },
    isTaken(runId) {
      if (held.has(runId)) return true;
      const lock = open(runId, 0);
      try {
        lock.exec('select 1 from sqlite_master');
        return false;
      } catch (error) {
        if (isBusy(error)) return true;
        throw error;
      } finally {
        lock.close();
      }
    },
    releaseAll() {
      for (const lock of held.values()) giveUp(lock);
      held.clear();
    },
  };
}

function giveUp(lock: Libsql.Database): void {
  lock.exec('rollback');
  lock.close();
}

function isBusy(error: unknown): boolean {
  return sqliteCode(error) === sqlite.busy;
}
