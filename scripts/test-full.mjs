/** `npm run test:full`: every possible combination of vector, carrier and goal in every environment; takes hours. */
import { becomeNode, toolPath } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

setUp({ built: false });
process.env.SAFEMCP_FULL = '1';
becomeNode([toolPath('vitest', 'vitest'), 'run', 'test/attacks/contract', ...process.argv.slice(2)]);
