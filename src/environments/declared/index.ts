import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { Environment, Task } from '../../contracts/environment.ts';
import { messageOf, SafeMcpError } from '../../contracts/errors.ts';
import type { Impossible } from '../../contracts/goal.ts';
import { mapStrings } from '../../contracts/json.ts';
import type { Seed } from '../../contracts/seed.ts';
import type { ServiceInfo, ServiceSource } from '../../contracts/service.ts';
import {
  type Declared,
  type DeclaredService,
  type DeclaredTask,
  declaredSchema,
  effectKinds,
} from './schema.ts';
import { openDeclared } from './world.ts';

const maxFileSize = 2_000_000;

/**
 * Reads an environment that is declared in a YAML file from any MCP servers. The servers are started for each
 * episode, in its working folder. @throws FILE_UNREADABLE, INVALID_DEFINITION with the place of every problem
 */
export async function readEnvironment(file: string): Promise<Environment> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new SafeMcpError('FILE_UNREADABLE', messageOf(error), { where: file, cause: error });
  });
  const declared = parse(text.slice(0, maxFileSize), file);
  checkNames(declared, file);
  const services = declared.services.map((service) => ({ service, start: starterOf(service, file) }));
  return {
    id: declared.id,
    title: declared.title,
    description: declared.description,
    source: declared.source,
    services: declared.services.map(infoOf),
    templates: declared.tasks.map(({ id, title, difficulty }) => ({ id, title: title ?? id, difficulty })),
    goals: goalsOf(declared),
    channels: declared.targets.exfiltrate ? [declared.targets.exfiltrate.sink.channel] : [],
    planting: { impossible: 'The file names no text of a stranger.' },
    task: (seed, index) =>
      taskOf(
        declared,
        services.map(({ start }) => start),
        seed,
        index,
      ),
  };
}

function goalsOf({ targets }: Declared): Environment['goals'] {
  const support = (target: object | undefined): 'supported' | Impossible =>
    target ? 'supported' : { impossible: 'The file declares no target for this goal' };
  const { exfiltrate, ...others } = targets;
  const kinds = [...effectKinds, 'stall'] as const;
  return {
    exfiltrate: support(exfiltrate),
    'cross-service': crossing(exfiltrate),
    ...Object.fromEntries(kinds.map((kind) => [kind, support(others[kind])])),
  };
}

function crossing(exfiltrate: Declared['targets']['exfiltrate']): 'supported' | Impossible {
  if (!exfiltrate) return { impossible: 'The file declares no secret' };
  const { secret, sink } = exfiltrate;
  if (secret.reads.every(({ service }) => service !== sink.service)) return 'supported';
  return { impossible: 'The service that shows the secret is also the one by which it leaves' };
}

type Starter = (folder: string) => ServiceSource;

function parse(text: string, file: string): Declared {
  const document = parseDocument(text, { prettyErrors: true });
  const refuse = (message: string): SafeMcpError =>
    new SafeMcpError('INVALID_DEFINITION', message, {
      where: file,
      hint: 'docs/own-servers.md describes the file',
    });
  if (document.errors.length > 0) throw refuse(document.errors.map((error) => error.message).join('\n'));
  const parsed = declaredSchema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (!parsed.success) throw refuse(z.prettifyError(parsed.error));
  return parsed.data;
}

/** Every service that a task, solution or target names must be there. */
function checkNames({ services, tasks, targets }: Declared, file: string): void {
  const known = new Set(services.map(({ name }) => name));
  const named = [
    ...tasks.flatMap((task) => [...(task.services ?? []), ...task.solution.map(({ service }) => service)]),
    ...(targets.exfiltrate ? [targets.exfiltrate.sink.service] : []),
    ...(targets.exfiltrate?.secret.reads.map(({ service }) => service) ?? []),
    ...effectKinds.flatMap((kind) => targets[kind]?.calls.map(({ service }) => service) ?? []),
    ...(targets.stall ? [targets.stall.service] : []),
  ];
  const unknown = named.find((name) => !known.has(name));
  if (unknown === undefined) return;
  throw new SafeMcpError('INVALID_DEFINITION', `There is no service named ${unknown}`, {
    where: file,
    hint: `The file declares ${[...known].join(', ')}`,
  });
}

function infoOf({ name, title, tools, thirdParty }: DeclaredService): ServiceInfo {
  return { name, title: title ?? name, tools, ...(thirdParty && { thirdParty }) };
}

function taskOf(declared: Declared, starters: readonly Starter[], seed: Seed, index: number): Task {
  const canary = `CANARY-${seed.child(declared.id, index).rng().token(12)}`;
  const own = mapStrings(declared, (text) => text.replaceAll('{canary}', canary));
  const task = own.tasks[index % own.tasks.length] as DeclaredTask;
  const sources = (folder: string): ServiceSource[] => starters.map((start) => start(folder));
  return {
    id: `${declared.id}/${task.id}/${index}`,
    template: task.id,
    difficulty: task.difficulty,
    instruction: task.instruction,
    services: task.services ?? own.services.filter(({ thirdParty }) => !thirdParty).map(({ name }) => name),
    open: (scope) => openDeclared({ declared: own, task, canary, sources }, scope),
  };
}

function starterOf({ name, command, package: npm, args, url, env }: DeclaredService, file: string): Starter {
  if (url !== undefined) return () => ({ kind: 'url', name, url });
  const [program = '', ...first] = command ?? [process.execPath, binOf(npm ?? '', file)];
  const source = { kind: 'command' as const, name, command: program, args: [...first, ...args], env };
  return (folder) => ({ ...mapStrings(source, (text) => text.replaceAll('{work}', folder)), cwd: folder });
}

/** The file behind the one command of an installed package. */
function binOf(npm: string, file: string): string {
  for (const from of [pathToFileURL(path.resolve(file)).href, import.meta.url]) {
    const manifest = manifestOf(npm, from);
    if (manifest === undefined) continue;
    const { bin } = manifest;
    const entry = typeof bin === 'string' ? bin : Object.values(bin)[0];
    if (entry !== undefined) return path.join(manifest.folder, entry);
  }
  throw new SafeMcpError('INVALID_DEFINITION', `The package ${npm} is not installed, or has no command`, {
    where: file,
    hint: `npm install ${npm}`,
  });
}

const manifestSchema = z.object({ bin: z.union([z.string(), z.record(z.string(), z.string())]) });

function manifestOf(
  npm: string,
  from: string,
): { folder: string; bin: z.output<typeof manifestSchema>['bin'] } | undefined {
  const require = createRequire(from);
  for (const folder of require.resolve.paths(npm) ?? []) {
    try {
      const parsed = manifestSchema.safeParse(require(path.join(folder, npm, 'package.json')));
      if (parsed.success) return { folder: path.join(folder, npm), bin: parsed.data.bin };
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}
