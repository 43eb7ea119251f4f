import { fileURLToPath } from 'node:url';
import { createExternalAgent } from '../../../src/agents/external/index.ts';
import type { ExternalAgent } from '../../../src/contracts/externalAgent.ts';
import type { JsonObject } from '../../../src/contracts/json.ts';

const hostFile = fileURLToPath(new URL('./child/host.mjs', import.meta.url));

export interface StrangerOptions {
  readonly era?: 'legacy' | 'auto' | '2026-07-28';
  /** The host's last argument. */
  readonly file?: string;
  readonly parameters?: JsonObject;
  readonly model?: string;
  /** What there is to be inherited. */
  readonly env?: NodeJS.ProcessEnv;
}

/** The host of `child/host.mjs` as an agent. */
export function stranger(behavior: string, options: StrangerOptions = {}): ExternalAgent {
  const { era = 'legacy', file = '', parameters = {}, model, env } = options;
  const command = [process.execPath, hostFile, behavior, '{task}', era, file];
  return createExternalAgent(
    {
      id: 'stranger',
      kind: 'external',
      ...(model !== undefined && { model }),
      parameters: { command, sandbox: 'off', ...parameters },
    },
    [],
    env,
  );
}
