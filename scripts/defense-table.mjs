/**
 * `npm run defense-table`: measures all defenses and stacks, and writes docs/defenses/measured.md. It installs the servers of others,
 * whose tools detectors are tried on, into `.cache/servers`, compiles `measuring/` and runs it; further arguments go there.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { becomeNode, npm, root, runToolSync } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

// Parts of the user's own may import the built package.
setUp({ built: true });
const status = runToolSync('typescript', 'tsc', ['-p', 'tsconfig.measuring.json']);
if (status !== 0) process.exit(status);
const servers = join(root, '.cache', 'servers');
for (const { name, version } of JSON.parse(readFileSync(join(root, 'measuring', 'servers.json'), 'utf8'))) {
  const folder = join(servers, `${name}@${version}`.replaceAll(/[^\w.-]/g, '_'));
  if (existsSync(join(folder, 'node_modules'))) continue;
  console.error(`Installing ${name} ...`);
  mkdirSync(folder, { recursive: true });
  const { status: installed } = npm(
    ['install', '--ignore-scripts', '--prefix', folder, `${name}@${version}`],
    folder,
  );
  if (installed !== 0) console.error(`${name} cannot be installed; it will be skipped`);
}
/** Results of other code are not gone on with. */
const inputs = readFileSync(join(root, 'dist', '.inputs'), 'utf8').slice(0, 12);
becomeNode([
  join(root, '.cache', 'measuring', 'measuring', 'main.js'),
  '--folder',
  join(root, '.cache', 'defense-table', inputs),
  '--servers',
  servers,
  ...process.argv.slice(2),
]);
