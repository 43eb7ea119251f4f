/** `npm run format`: formats all files and applies the linter's safe fixes. */
import { runToolSync } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

setUp({ built: false });
process.exit(runToolSync('@biomejs/biome', 'biome', ['check', '--write', '.']));
