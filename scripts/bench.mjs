/** `npm run bench`: compiles and runs `bench/main.ts`. Further arguments go to it. */
import { join } from 'node:path';
import { becomeNode, root, runToolSync } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

setUp({ built: true });
const status = runToolSync('typescript', 'tsc', ['-p', 'tsconfig.bench.json']);
if (status !== 0) process.exit(status);
becomeNode(['--expose-gc', join(root, '.cache', 'bench', 'bench', 'main.js'), ...process.argv.slice(2)]);
