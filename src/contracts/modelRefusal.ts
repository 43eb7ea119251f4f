import type { ErrorCode } from './errors.ts';
import type { FailureKind } from './model.ts';

/** What it means that the endpoint of a model refuses. */
export interface RefusalMeaning {
  /** What becomes of the episode; a code: the whole run has to stop. */
  readonly means: FailureKind | Extract<ErrorCode, 'MODEL_KEY' | 'MODEL_NOT_FOUND'>;
  /** Whether the same call may succeed later. */
  readonly passing: boolean;
}

/** What an HTTP status of 400 and above means. @param body the beginning of what came with it */
export function meaningOfRefusal(status: number, body: string): RefusalMeaning {
  if (status === 401 || status === 403 || status === 402) return { means: 'MODEL_KEY', passing: false };
  if (status === 404) return { means: 'MODEL_NOT_FOUND', passing: false };
  // An account without money says 429 too, and goes on saying it.
  if (status === 429 && body.includes('insufficient_quota')) return { means: 'MODEL_KEY', passing: false };
  if (status === 429) return { means: 'rate-limit', passing: true };
  if (status === 408) return { means: 'timeout', passing: true };
  if (status >= 500) return { means: 'overloaded', passing: true };
  if (body.includes('content_filter') || body.includes('content management policy'))
    return { means: 'content-filter', passing: false };
  // Google says that a key is wrong with a 400.
  if (body.includes('API_KEY_INVALID')) return { means: 'MODEL_KEY', passing: false };
  return { means: 'bad-request', passing: false };
}

/** A refusal in a line. */
export function refusalText(status: number, body: string): string {
  const said = shortened(messageIn(body));
  return `The provider answered ${status}${said === '' ? '' : `: ${said}`}`;
}

/** What the reader can do about it. */
export const refusalHints = {
  MODEL_KEY:
    'Check the key, and that its account may use this model: safemcp models list names the variables',
  MODEL_NOT_FOUND: "Check the model's name and baseUrl, and that the server runs",
} as const;

/** What opening a connection fails with when nobody is there, or not under this name. */
const nobody: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH']);

/** The code with which a connection could not be opened because nothing answers there; undefined for other errors. */
export function nobodyThere(error: unknown): string | undefined {
  return codesOf(error).find((code) => nobody.has(code));
}

/** The codes of an error of the network; of all tries, where a name has several addresses. */
function codesOf(error: unknown): readonly string[] {
  if (error instanceof AggregateError) return error.errors.flatMap(codesOf);
  return error instanceof Error && 'code' in error ? [String(error.code)] : [];
}

/** The message of an error in one of the usual shapes, or the text as it is. */
function messageIn(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    const error = memberOf(parsed, 'error') ?? parsed;
    const message = memberOf(error, 'message') ?? error;
    return typeof message === 'string' ? message : body;
  } catch {
    return body;
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

const longestMessage = 300;

/** In one line, without its end where it is long. */
export function shortened(text: string): string {
  const line = text.replaceAll('\n', ' ').trim();
  return line.length > longestMessage ? `${line.slice(0, longestMessage)}...` : line;
}
