/** `npm run check`: everything that is read off the sources without running them. */
import { runToolSync } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

const checks = [
  { name: 'types', run: ['typescript', 'tsc', ['--noEmit']] },
  { name: 'format and lint', run: ['@biomejs/biome', 'biome', ['check', '--error-on-warnings', '.']] },
  { name: 'typed lint', run: ['oxlint', 'oxlint', ['--type-aware', '--deny-warnings']] },
  { name: 'unused code and dependencies', run: ['knip', 'knip', []] },
];

setUp({ built: false });
const failed = checks.filter(({ name, run }) => {
  console.log(`\n> ${name}`);
  return runToolSync(...run) !== 0;
});
console.log(
  failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.map(({ name }) => name).join(', ')}`,
);
process.exit(failed.length === 0 ? 0 : 1);
