import { mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ToolOutcome } from '../../../src/contracts/agent.ts';
import type { Actor, Task, World } from '../../../src/contracts/environment.ts';
import type { JsonObject } from '../../../src/contracts/json.ts';
import { createSeed } from '../../../src/contracts/seed.ts';
import type { ServiceSource, ToolDefinition } from '../../../src/contracts/service.ts';
import { office } from '../../../src/environments/office/index.ts';
import { connectHost } from '../../../src/protocol/host.ts';
import { openService } from '../../../src/protocol/openService.ts';

const folders: string[] = [];

export async function newFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'safemcp-office-')));
  folders.push(folder);
  return folder;
}

/** For `afterEach`. */
export async function removeFolders(): Promise<void> {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
}

/** An open office with an agent's way into it. */
export interface Opened {
  readonly task: Task;
  readonly world: World;
  readonly actor: Actor;
  readonly folder: string;
}

export function officeTask(index: number, seed = 'office test'): Task {
  return office.task(createSeed(seed), index);
}

export function indexOf(template: string): number {
  return office.templates.findIndex(({ id }) => id === template);
}

/** Opens a task with a plain stand-in for the file server, which costs no child process. */
export async function openTask(task: Task): Promise<Opened> {
  const folder = await newFolder();
  const world = await task.open({ workFolder: () => Promise.resolve(folder) });
  const actor: Actor = {
    privateContext: task.privateContext ?? '',
    call: (service, tool, args) => {
      const source = world.services.find(({ name }) => name === service);
      if (!source) throw new Error(`no service ${service}`);
      return source.kind === 'tools' ? callOurs(source, tool, args) : callPlainFiles(folder, tool, args);
    },
  };
  return { task, world, actor, folder };
}

/** Runs one of our own tools as its server would. */
export async function callOurs(
  source: Extract<ServiceSource, { kind: 'tools' }>,
  name: string,
  args: JsonObject,
): Promise<ToolOutcome> {
  const tool = toolOf(source, name);
  const parsed = tool.input.safeParse(args);
  if (!parsed.success) return { kind: 'tool-error', text: parsed.error.message };
  const { text, isError } = await tool.run(parsed.data);
  return { kind: isError ? 'tool-error' : 'result', text };
}

function toolOf(source: Extract<ServiceSource, { kind: 'tools' }>, name: string): ToolDefinition {
  const tool = source.tools.find((each) => each.name === name);
  if (!tool) throw new Error(`no tool ${name}`);
  return tool;
}

const plainFiles: Readonly<
  Record<string, (folder: string, args: Record<string, string>) => Promise<string>>
> = {
  async list_directory(folder, { path: name = '' }) {
    const entries = await readdir(path.join(folder, name), { withFileTypes: true });
    return entries.map((entry) => `${entry.isDirectory() ? '[DIR]' : '[FILE]'} ${entry.name}`).join('\n');
  },
  read_text_file: (folder, { path: name = '' }) => readFile(path.join(folder, name), 'utf8'),
  async write_file(folder, { path: name = '', content = '' }) {
    await writeFile(path.join(folder, name), content);
    return 'written';
  },
  async create_directory(folder, { path: name = '' }) {
    await mkdir(path.join(folder, name), { recursive: true });
    return 'created';
  },
  async move_file(folder, { source = '', destination = '' }) {
    await stat(path.join(folder, source));
    await rename(path.join(folder, source), path.join(folder, destination));
    return 'moved';
  },
};

async function callPlainFiles(folder: string, tool: string, args: JsonObject): Promise<ToolOutcome> {
  const run = plainFiles[tool];
  if (!run) throw new Error(`the stand-in has no tool ${tool}`);
  try {
    return { kind: 'result', text: await run(folder, args as Record<string, string>) };
  } catch (error) {
    return { kind: 'tool-error', text: String(error) };
  }
}

/** Opens a task with all its real services behind one host. */
export async function openForReal(task: Task): Promise<Opened & { close(): Promise<void> }> {
  const folder = await newFolder();
  const world = await task.open({ workFolder: () => Promise.resolve(folder) });
  const opened = await Promise.all(
    world.services.map(async (source) => ({
      source,
      service: await openService(source, { transport: 'memory' }),
    })),
  );
  const host = await connectHost(
    new Map(
      opened.map(({ source, service }) => [
        source.name,
        { transport: service.transport, era: source.kind === 'tools' ? '2026' : '2025' },
      ]),
    ),
    { maxCalls: 100, callTimeoutMs: 20_000, signal: AbortSignal.timeout(60_000) },
  );
  return {
    task,
    world,
    folder,
    actor: { privateContext: task.privateContext ?? '', call: (...args) => host.call(...args) },
    async close() {
      await host.close();
      await Promise.all(opened.map(({ service }) => service.close()));
    },
  };
}
