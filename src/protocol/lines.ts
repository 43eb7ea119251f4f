/** A stranger sent more than we take. */
export class LimitExceeded extends Error {
  constructor(what: string, limit: number) {
    super(`${what} exceeds ${limit} bytes`);
    this.name = 'LimitExceeded';
  }
}

/** Longest line, and longest HTTP response, taken from a service, in bytes. */
export const maxFrameBytes = 8_000_000;

const newline = 0x0a;

/**
 * Cuts a byte stream into lines without their line ends; work and memory are linear in what arrives.
 * @throws LimitExceeded from the returned function, once a line is longer than `maxBytes`
 */
export function createLineSplitter(
  maxBytes: number,
  onLine: (line: string) => void,
): (chunk: Uint8Array) => void {
  let parts: Uint8Array[] = [];
  let size = 0;
  const keep = (part: Uint8Array): void => {
    size += part.length;
    if (size > maxBytes) {
      parts = [];
      throw new LimitExceeded('A line of the service', maxBytes);
    }
    parts.push(part);
  };
  return (chunk) => {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      keep(chunk.subarray(start, end));
      const line = Buffer.concat(parts, size).toString('utf8');
      parts = [];
      size = 0;
      start = end + 1;
      onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
    }
    if (start < chunk.length) keep(chunk.subarray(start));
  };
}
