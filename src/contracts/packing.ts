import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

const unpackers = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const;

/**
 * The plain bytes of a body, as they come. Whoever reads them counts them: a small body may hold any amount.
 * @param encoding as its header `content-encoding` says
 * @returns undefined for an encoding that is not known, or several; the body is untouched then
 */
export function unpacked(body: Readable, encoding = ''): Readable | undefined {
  const name = encoding.trim().toLowerCase();
  if (name === '' || name === 'identity') return body;
  if (!Object.hasOwn(unpackers, name)) return undefined;
  // Both ends learn of a failure by themselves.
  return pipeline(body, unpackers[name as keyof typeof unpackers](), () => undefined);
}
