/** `npm run test:full`: every possible combination of vector, carrier and goal in every environment; takes hours. */
import { becomeNode, toolPath } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

setUp({ built: false });
process.env.SAFEMCP_FULL = '1';
const files = process.argv.slice(2);
becomeNode([toolPath('vitest', 'vitest'), 'run', ...(files.length > 0 ? files : ['test/attacks/contract'])]);
