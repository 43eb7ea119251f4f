import type { IncomingHttpHeaders } from 'node:http';
import type { FakeRequest } from './turn.ts';

/** Length of all kept bodies together. */
const mostBytes = 64 * 1024 * 1024;

export interface RequestLog {
  readonly requests: readonly FakeRequest[];
  add(request: FakeRequest, bytes: number): void;
}

/** @param keep how many requests are kept, the newest ones */
export function createRequestLog(keep: number): RequestLog {
  const requests: FakeRequest[] = [];
  const sizes: number[] = [];
  let total = 0;
  return {
    requests,
    add(request, bytes) {
      requests.push(request);
      sizes.push(bytes);
      total += bytes;
      while (requests.length > keep || total > mostBytes) {
        requests.shift();
        total -= sizes.shift() ?? 0;
      }
    },
  };
}

const secretHeaders = /key|auth|cookie|token|secret/;
const redacted = '[redacted]';

export function redactedHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value = '']) => [
      name,
      secretHeaders.test(name) ? redacted : String(value),
    ]),
  );
}

export function redactedPath(url: URL): string {
  const query = [...url.searchParams].map(([name, value]) => {
    const shown = secretHeaders.test(name.toLowerCase()) ? redacted : encodeURIComponent(value);
    return `${encodeURIComponent(name)}=${shown}`;
  });
  return url.pathname + (query.length > 0 ? `?${query.join('&')}` : '');
}
