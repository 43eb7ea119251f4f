import { messageOf } from '../contracts/errors.ts';
import { meaningOfRefusal, type RefusalMeaning, refusalText, shortened } from '../contracts/modelRefusal.ts';

/** Why a call gave nothing. */
export interface FaultFacts extends RefusalMeaning {
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
  const wait = retryAfter(headers, now);
  return new Fault(refusalText(status, body), {
    ...meaningOfRefusal(status, body),
    ...(wait !== undefined && { retryAfter: wait }),
  });
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
