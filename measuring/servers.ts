import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Defense } from '../src/contracts/defense.ts';
import { messageOf } from '../src/contracts/errors.ts';
import type { Catalog } from '../src/contracts/experiment.ts';
import type { JsonObject } from '../src/contracts/json.ts';
import { resultReply, type WireContext } from '../src/contracts/wire.ts';
import { openService } from '../src/protocol/openService.ts';

const serverSchema = z.object({
  name: z.string(),
  version: z.string(),
  args: z.array(z.string()).default([]),
  env: z.record(z.string(), z.string()).default({}),
});
type Server = z.output<typeof serverSchema>;

const manifestSchema = z.object({ bin: z.union([z.string(), z.record(z.string(), z.string())]) });
const toolsSchema = z.object({ tools: z.array(z.looseObject({ name: z.string() })) });

type Tool = JsonObject & { readonly name: string };

/** What detectors say of the tools that one server lists, or why it could not be asked. */
export type ServerResult = { readonly server: string } & (
  | { readonly tools: number; readonly flagged: ReadonlyMap<string, readonly string[]> }
  | { readonly skipped: string }
);

class ServerSilent extends Error {}

/** Milliseconds for an answer. */
const patience = 30_000;
/** Where `npm install` put a server. */
const folderOf = ({ name, version }: Server): string => `${name}@${version}`.replaceAll(/[^\w.-]/g, '_');

/** Asks every server that is installed in `folder` for its tools, and every detector about each. */
export async function measureServers(folder: string, catalog: Catalog): Promise<readonly ServerResult[]> {
  const list = JSON.parse(readFileSync('measuring/servers.json', 'utf8')) as unknown;
  const results: ServerResult[] = [];
  for (const server of z.array(serverSchema).parse(list)) {
    const label = `${server.name}@${server.version}`;
    try {
      const tools = await toolsOf(server, path.resolve(folder, folderOf(server)));
      const detectors = detectorsIn(catalog);
      const flagged = await Promise.all(
        detectors.map(async (detector) => [detector.id, await flaggedBy(detector, tools)] as const),
      );
      results.push({ server: label, tools: tools.length, flagged: new Map(flagged) });
    } catch (error) {
      console.error(`skipped ${label}: ${messageOf(error)}`);
      results.push({
        server: label,
        skipped: error instanceof ServerSilent ? error.message : 'not installed',
      });
    }
  }
  return results;
}

/** Detectors that read definitions by themselves; a whitelist flags what nobody has approved, whatever it says. */
export function detectorsIn({ defenses }: Catalog): readonly Defense[] {
  return defenses.filter(
    ({ id, kind, needsModel }) => kind === 'passive' && needsModel !== true && id !== 'whitelist',
  );
}

async function toolsOf({ name, args, env }: Server, folder: string): Promise<readonly Tool[]> {
  const home = path.join(folder, 'node_modules', name);
  const { bin } = manifestSchema.parse(JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')));
  const [entry] = typeof bin === 'string' ? [bin] : Object.values(bin);
  if (entry === undefined) throw new TypeError('The package has no program');
  const service = await openService(
    {
      kind: 'command',
      name: 'server',
      command: process.execPath,
      args: [path.join(home, entry), ...args],
      env,
    },
    { transport: 'memory' },
  );
  const { transport } = service;
  const answers = new Map<number, (result: unknown) => void>();
  transport.onmessage = (message) => {
    if ('result' in message && typeof message.id === 'number') answers.get(message.id)?.(message.result);
  };
  const ask = (id: number, method: string, params: Record<string, unknown>): Promise<unknown> =>
    new Promise((resolve, reject) => {
      answers.set(id, resolve);
      transport.onclose = () => reject(new ServerSilent('it ended'));
      setTimeout(() => reject(new ServerSilent('no answer')), patience).unref();
      transport.send({ jsonrpc: '2.0', id, method, params }).catch(reject);
    });
  try {
    await transport.start();
    const clientInfo = { name: 'defense-table', version: '1.0.0' };
    await ask(1, 'initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
    await transport.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    return toolsSchema.parse(await ask(2, 'tools/list', {})).tools as readonly Tool[];
  } finally {
    await service.close();
  }
}

const context: WireContext = {
  service: 'server',
  era: '2025',
  transport: 'memory',
  signal: new AbortController().signal,
  notify: () => undefined,
  request: () => Promise.resolve({ kind: 'dropped' }),
};

/** Names of the tools that a detector reports, each listed alone. */
async function flaggedBy(detector: Defense, tools: readonly Tool[]): Promise<readonly string[]> {
  const flagged: string[] = [];
  for (const tool of tools) {
    let reports = 0;
    const { tap } = detector.create({
      mode: 'observe',
      parameters: {},
      approved: [],
      user: { instruction: '', privateContext: '' },
      ask: () => Promise.resolve('absent'),
      model: () => undefined,
      classifier: () => undefined,
      report: () => void reports++,
    });
    const list = tap?.('server').hostRequest?.(() => Promise.resolve(resultReply({ tools: [tool] })));
    await list?.({ id: 'server#1', method: 'tools/list' }, context);
    if (reports > 0) flagged.push(tool.name);
  }
  return flagged;
}
