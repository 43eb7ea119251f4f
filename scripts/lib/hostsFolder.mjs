import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where `npm run hosts` puts the agent CLIs that the tests run: outside of what the project depends on. */
export const hostsFolder =
  process.env.SAFEMCP_HOSTS ??
  path.join(fileURLToPath(new URL('../..', import.meta.url)), 'node_modules', '.cache', 'safemcp-hosts');
