import { type ErrorCode, isSafeMcpError, messageOf, SafeMcpError } from '../../contracts/errors.ts';

interface Meaning {
  readonly code: ErrorCode;
  readonly hint: string;
}

const damaged: Meaning = { code: 'STORE_CORRUPT', hint: 'Move the file away to start with a new store' };
const unwritable: Meaning = {
  code: 'WORKSPACE_UNWRITABLE',
  hint: 'Make the folder writable or choose another workspace',
};

/** Primary result codes of SQLite (sqlite.org/rescode.html) that we tell apart. */
export const sqlite = {
  error: 1,
  busy: 5,
  readonly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notDatabase: 26,
} as const;

const meanings: ReadonlyMap<number, Meaning> = new Map([
  [sqlite.notDatabase, damaged],
  [sqlite.corrupt, damaged],
  [sqlite.busy, { code: 'WORKSPACE_BUSY', hint: 'Wait until the other process has finished writing' }],
  [sqlite.readonly, unwritable],
  [sqlite.cannotOpen, unwritable],
  [sqlite.ioError, { code: 'WORKSPACE_UNWRITABLE', hint: 'Check the disk that holds the workspace' }],
  [
    sqlite.full,
    { code: 'WORKSPACE_UNWRITABLE', hint: 'Free some space on the disk that holds the workspace' },
  ],
]);

/** Names a failure of the storage engine; our own errors and defects pass unchanged. */
export function storeFailure(error: unknown, file: string): unknown {
  if (isSafeMcpError(error)) return error;
  const meaning = meanings.get(sqliteCode(error) ?? 0);
  return meaning === undefined ? error : failure(meaning, file, error);
}

/** A folder or file that cannot be made or opened. */
export function unwritableFailure(where: string, cause: unknown): SafeMcpError {
  return failure(unwritable, where, cause);
}

function failure({ code, hint }: Meaning, where: string, cause: unknown): SafeMcpError {
  return new SafeMcpError(code, messageOf(cause), { where, hint, cause });
}

/** The primary result code: the lowest byte, whatever the extended code says further. Undefined for other errors. */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('rawCode' in error)) return undefined;
  return typeof error.rawCode === 'number' ? error.rawCode & 0xff : undefined;
}
