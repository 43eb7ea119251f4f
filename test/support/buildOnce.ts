import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Vitest calls this once before the tests that start the built product. */
export function setup(): void {
  const script = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url));
  execFileSync(process.execPath, [script], { stdio: 'inherit' });
}
