/** `npm test`: all tests, from a fresh clone. Further arguments go to vitest. */
import { becomeNode, toolPath } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

setUp({ built: false });
becomeNode([toolPath('vitest', 'vitest'), 'run', ...process.argv.slice(2)]);
