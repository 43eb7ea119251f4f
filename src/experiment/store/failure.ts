import { isSafeMcpError, messageOf, SafeMcpError } from '../../contracts/errors.ts';

/** What a failure of SQLite means to a user, by the code's beginning. */
const meanings = [
  ['SQLITE_NOTADB', 'STORE_CORRUPT', 'Move the file away to start with a new store'],
  ['SQLITE_CORRUPT', 'STORE_CORRUPT', 'Move the file away to start with a new store'],
  ['SQLITE_BUSY', 'WORKSPACE_BUSY', 'Wait until the other process has finished writing'],
  ['SQLITE_READONLY', 'WORKSPACE_UNWRITABLE', 'Make the folder writable or choose another workspace'],
  ['SQLITE_CANTOPEN', 'WORKSPACE_UNWRITABLE', 'Make the folder writable or choose another workspace'],
  ['SQLITE_IOERR', 'WORKSPACE_UNWRITABLE', 'Check the disk that holds the workspace'],
  ['SQLITE_FULL', 'WORKSPACE_UNWRITABLE', 'Free some space on the disk that holds the workspace'],
] as const;

/** Names a failure of the storage engine; our own errors and defects pass unchanged. */
export function storeFailure(error: unknown, file: string): unknown {
  if (isSafeMcpError(error)) return error;
  const code = sqliteCode(error);
  const meaning = meanings.find(([beginning]) => code?.startsWith(beginning));
  if (meaning === undefined) return error;
  return new SafeMcpError(meaning[1], messageOf(error), { where: file, hint: meaning[2], cause: error });
}

export function sqliteCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && error.code.startsWith('SQLITE_') ? error.code : undefined;
}
