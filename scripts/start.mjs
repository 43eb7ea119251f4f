/** `npm start`: the quick start, from a fresh clone, with the report as a page too. Further arguments go to `safemcp run`. */
import { join } from 'node:path';
import { becomeNode, root } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

setUp({ built: true });
becomeNode([
  join(root, 'dist', 'cli', 'main.js'),
  'run',
  join(root, 'examples', 'quickstart.yaml'),
  '--page',
  ...process.argv.slice(2),
]);
