import { homedir } from 'node:os';
import path from 'node:path';

/** The file in which the keys of models are looked up. */
export function keychainFile(env: NodeJS.ProcessEnv): string {
  return env['SAFEMCP_KEYS'] ?? path.join(homedir(), '.config', 'safemcp', 'keys.json');
}
