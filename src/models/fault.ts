import { type ErrorCode, messageOf } from '../contracts/errors.ts';
import type { FailureKind } from '../contracts/model.ts';

/** Why a call gave nothing. */
export interface FaultFacts {
  /** What becomes of the episode; a code: the whole run has to stop. */
  readonly means: FailureKind | Extract<ErrorCode, 'MODEL_KEY' | 'MODEL_NOT_FOUND'>;
  /** Whether the same call may succeed later. */
  readonly passing: boolean;
  /** Milliseconds that the provider asks to wait. */
  readonly retryAfter?: number;
}

/** One call that gave nothing. */
export class Fault extends Error {
  readonly means: FaultFacts['means'];
  readonly passing: boolean;
  readonly retryAfter: number | undefined;

  constructor(message: string, { means, passing, retryAfter }: FaultFacts) {
    super(message);
    this.name = 'Fault';
    this.means = means;
    this.passing = passing;
    this.retryAfter = retryAfter;
  }
}

/** Anything that a call may throw as a fault; what nobody foresaw is an answer that could not be read. */
export function faultOf(error: unknown): Fault {
  if (error instanceof Fault) return error;
  return new Fault(`The answer could not be read: ${shortened(messageOf(error))}`, {
    means: 'malformed',
    passing: true,
  });
}

export interface Refusal {
  readonly status: number;
  readonly headers: Headers;
  /** The beginning of what came with it. */
  readonly body: string;
}

/** What an HTTP status of 400 and above means. */
export function refusalFault({ status, headers, body }: Refusal, now: number): Fault {
  const said = shortened(messageIn(body));
  const text = `The provider answered ${status}${said === '' ? '' : `: ${said}`}`;
  const wait = retryAfter(headers, now);
  return new Fault(text, { ...meaningOf(status, body), ...(wait !== undefined && { retryAfter: wait }) });
}

function meaningOf(status: number, body: string): FaultFacts {
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

/** Longest wait that a provider can ask for: an hour. */
const longestWait = 3_600_000;

/** Milliseconds until the provider wants to hear again, by `retry-after-ms` or `retry-after` (RFC 9110, 10.2.3). */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const exact = headers.get('retry-after-ms');
  const rough = headers.get('retry-after');
  const wait = exact === null ? waitOf(rough, now) : Number(exact);
  return wait !== undefined && Number.isFinite(wait)
    ? Math.min(Math.max(0, Math.ceil(wait)), longestWait)
    : undefined;
}

function waitOf(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  return Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
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

function shortened(text: string): string {
  const line = text.replaceAll('\n', ' ').trim();
  return line.length > longestMessage ? `${line.slice(0, longestMessage)}...` : line;
}
