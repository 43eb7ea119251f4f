import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { stringsIn } from '../../src/contracts/json.ts';
import { openService } from '../../src/protocol/openService.ts';

/** Texts of these packages may be redistributed under the license that they name. */
const permissive = new Set(['MIT', 'Apache-2.0', 'ISC', 'BSD-3-Clause', 'BSD-2-Clause', '0BSD']);

/** Characters that are read of a file; a compiler is one of our dependencies. */
const longestFile = 300_000;

const manifestSchema = z.object({
  license: z.string().optional(),
  main: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
  devDependencies: z.record(z.string(), z.string()).optional(),
});

/** Official servers, and what they are started with. */
export const officialServers = [
  { name: '@modelcontextprotocol/server-filesystem', args: ['.'] },
  { name: '@modelcontextprotocol/server-memory', args: [] },
] as const;

function readManifest(folder: string): z.output<typeof manifestSchema> {
  return manifestSchema.parse(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')));
}

/** Paragraphs of what our pinned dependencies come with, but for the official servers: read-me files, or code. */
export function paragraphsOfPackages(root: string, kind: 'readmes' | 'code'): readonly string[] {
  const { dependencies = {}, devDependencies = {} } = readManifest(root);
  const servers = new Set<string>(officialServers.map(({ name }) => name));
  const names = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !servers.has(name));
  return names.toSorted().flatMap((name) => {
    const folder = path.join(root, 'node_modules', name);
    const { license = '', main } = readManifest(folder);
    const file = kind === 'readmes' ? 'README.md' : main;
    return permissive.has(license) && file !== undefined ? paragraphsOf(path.join(folder, file)) : [];
  });
}

function paragraphsOf(file: string): readonly string[] {
  // Not every package has one.
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return [];
  return readFileSync(file, 'utf8')
    .slice(0, longestFile)
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph.length > 0);
}

/** The tool definitions of an official server: all strings of each tool. */
export async function officialTools(
  server: (typeof officialServers)[number],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const entry = createRequire(import.meta.url).resolve(`${server.name}/dist/index.js`);
  const service = await openService(
    { kind: 'command', name: 'official', command: process.execPath, args: [entry, ...server.args] },
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
      transport.send({ jsonrpc: '2.0', id, method, params }).catch(reject);
    });
  try {
    await transport.start();
    const clientInfo = { name: 'training', version: '1.0.0' };
    await ask(1, 'initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
    await transport.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    const { tools } = listSchema.parse(await ask(2, 'tools/list', {}));
    return new Map(tools.map((tool) => [tool.name, stringsIn(tool)]));
  } finally {
    await service.close();
  }
}

const listSchema = z.object({ tools: z.array(z.looseObject({ name: z.string() })) });
