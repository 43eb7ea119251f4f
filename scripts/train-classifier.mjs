/** `npm run train-classifier`: compiles and runs `training/main.ts`. Further arguments go to it. */
import { join } from 'node:path';
import { becomeNode, root, runToolSync } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

setUp({ built: false });
const status = runToolSync('typescript', 'tsc', ['-p', 'tsconfig.training.json']);
if (status !== 0) process.exit(status);
becomeNode([join(root, '.cache', 'training', 'training', 'main.js'), ...process.argv.slice(2)]);
