import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root =
  process.env.SAFEMCP_HOSTS ?? path.join(fileURLToPath(new URL('../..', import.meta.url)), '.cache', 'hosts');

/**
 * Where `npm run hosts` puts the agent CLI of this npm package, which the tests run: outside of what the project depends
 * on, and outside of node_modules, which an installation of the project removes.
 */
export function hostFolder(packageName) {
  return path.join(root, packageName.replaceAll('/', '-'));
}
