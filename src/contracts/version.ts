import { existsSync, readFileSync } from 'node:fs';

/** The version of this package, from the nearest manifest above this file. */
export function version(): string {
  let folder = new URL('.', import.meta.url);
  while (!existsSync(new URL('package.json', folder)) && folder.pathname !== '/')
    folder = new URL('..', folder);
  const manifest: unknown = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}
