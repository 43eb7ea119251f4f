/**
 * Every error a user can meet, in one place. A code is permanent: it is never renamed or reused.
 * `exit` is the process exit code: 1 a failure of the tool or the machine, 2 wrong use.
 */
export const errorCatalog = {
  UNKNOWN_ID: { exit: 2, title: 'An environment, attack, defense or agent with this id does not exist' },
  INVALID_EXPERIMENT: { exit: 2, title: 'The experiment file is not valid' },
  INVALID_ARGUMENT: { exit: 2, title: 'A command-line argument or option is not valid' },
  INVALID_DEFINITION: { exit: 2, title: 'A definition given from code is not valid' },
  INCOMPATIBLE_ATTACK: { exit: 2, title: 'This vector, carrier, goal and environment cannot be combined' },
  NOTHING_TO_RUN: { exit: 2, title: 'The experiment expands to no episode' },
  FILE_UNREADABLE: { exit: 2, title: 'A file cannot be read' },
  FILE_UNWRITABLE: { exit: 2, title: 'A file cannot be written' },
  RUN_NOT_FOUND: { exit: 2, title: 'The workspace holds no such run' },
  EPISODE_NOT_FOUND: { exit: 2, title: 'The workspace holds no such episode' },
  PORT_IN_USE: { exit: 1, title: 'The port is already in use' },
  WORKSPACE_UNWRITABLE: { exit: 1, title: 'The workspace folder cannot be created or written' },
  WORKSPACE_BUSY: { exit: 1, title: 'Another process is writing to this run' },
  STORE_CORRUPT: { exit: 1, title: 'The store is damaged or not a SafeMCP store' },
  STORE_VERSION: { exit: 1, title: 'The store was written by another version of SafeMCP' },
  RUN_EXISTS: { exit: 2, title: 'The workspace already holds a run with this id' },
  IMPORT_INVALID: { exit: 2, title: 'The file is not a whole exported run' },
  RECORD_INVALID: { exit: 1, title: 'A stored record does not have the expected shape' },
  SERVICE_START: { exit: 1, title: 'A service could not be started' },
  SERVICE_FAILED: { exit: 1, title: 'A service broke the connection, the protocol or a limit' },
  MODEL_KEY: { exit: 2, title: 'The key for a model is missing or refused' },
  MODEL_NOT_FOUND: { exit: 2, title: 'The provider has no such model, or nothing answers at its address' },
  BUDGET_SPENT: { exit: 1, title: 'The budget for models is used up; the run can be resumed' },
  REPLAY_MISS: { exit: 1, title: 'A reply of a model is not in the cache, and no call was allowed' },
  SANDBOX_MISSING: { exit: 1, title: 'The sandbox that an external agent requires cannot be made here' },
  INTERNAL: { exit: 1, title: 'A defect in SafeMCP' },
} as const satisfies Record<string, { exit: 1 | 2; title: string }>;

export type ErrorCode = keyof typeof errorCatalog;

export interface ErrorDetails {
  /** Where it happened: `file:line:column`, an id, a path. */
  readonly where?: string;
  /** What the reader can do about it. */
  readonly hint?: string;
  readonly cause?: unknown;
}

const brand = Symbol.for('safemcp.error');

/** The one error class; `code` says which kind, `where` and `hint` help the reader. */
export class SafeMcpError extends Error {
  readonly code: ErrorCode;
  readonly where: string | undefined;
  readonly hint: string | undefined;
  readonly [brand] = true;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = 'SafeMcpError';
    this.code = code;
    this.where = details.where;
    this.hint = details.hint;
  }
}

/** Recognizes a {@link SafeMcpError} also when it comes from another copy of the package. */
export function isSafeMcpError(error: unknown): error is SafeMcpError {
  return typeof error === 'object' && error !== null && brand in error;
}

/** A short text for any thrown value. */
export function messageOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    return 'something without a text';
  }
}
