/** `node scripts/schema.mjs`: writes schemas/experiment.schema.json from the schema in the source. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

setUp({ built: true });
const { experimentJsonSchema } = await import('../dist/experiment/definition/schema.js');
mkdirSync(join(root, 'schemas'), { recursive: true });
writeFileSync(
  join(root, 'schemas', 'experiment.schema.json'),
  `${JSON.stringify(experimentJsonSchema(), null, 2)}\n`,
);
