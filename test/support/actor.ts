import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ToolOutcome } from '../../src/contracts/agent.ts';
import type { Actor, Task, World } from '../../src/contracts/environment.ts';
import type { JsonObject } from '../../src/contracts/json.ts';
import type { ServiceSource, ToolDefinition } from '../../src/contracts/service.ts';
import { connectHost, type Host } from '../../src/protocol/host.ts';
import { openService } from '../../src/protocol/openService.ts';

type ToolsSource = Extract<ServiceSource, { kind: 'tools' }>;

/** A task's world with someone who can act in it. */
export interface Stage {
  readonly world: World;
  readonly actor: Actor;
  /** Tools that live in this process. */
  readonly ownTools: readonly OwnTool[];
  close(): Promise<void>;
}

export interface OwnTool {
  readonly service: string;
  readonly tool: ToolDefinition;
}

/** Opens a world. Its own tools are run without a protocol, other services through a host once one is called. */
export async function openStage(task: Task): Promise<Stage> {
  const folders: string[] = [];
  const world = await task.open({
    async workFolder() {
      const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'safemcp-test-')));
      folders.push(folder);
      return folder;
    },
  });
  const ownTools = world.services
    .filter(isOwn)
    .flatMap(({ name, tools }) => tools.map((tool) => ({ service: name, tool })));
  const strangers = createStrangers(world.services.filter((source) => !isOwn(source)));
  return {
    world,
    ownTools,
    actor: {
      privateContext: task.privateContext ?? '',
      call: (service, tool, args) =>
        strangers.has(service)
          ? strangers.call(service, tool, args)
          : callOwn(ownTools, { service, tool, arguments: args }),
    },
    async close() {
      await strangers.close();
      await world.close?.();
      await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
    },
  };
}

function isOwn(source: ServiceSource): source is ToolsSource {
  return source.kind === 'tools';
}

async function callOwn(
  ownTools: readonly OwnTool[],
  call: { service: string; tool: string; arguments: JsonObject },
): Promise<ToolOutcome> {
  const found = ownTools.find(({ service, tool }) => service === call.service && tool.name === call.tool);
  if (!found) return { kind: 'protocol-error', text: `There is no tool ${call.service}.${call.tool}` };
  const parsed = found.tool.input.safeParse(call.arguments);
  if (!parsed.success) return { kind: 'tool-error', text: parsed.error.message };
  const { text, structured, isError } = await found.tool.run(parsed.data);
  return isError ? { kind: 'tool-error', text } : { kind: 'result', text, ...(structured && { structured }) };
}

/** The services that do not live in this process, started at the first call. */
function createStrangers(sources: readonly ServiceSource[]) {
  let started: Promise<{ host: Host; close(): Promise<void> }> | undefined;
  return {
    has: (service: string) => sources.some(({ name }) => name === service),
    async call(service: string, tool: string, args: JsonObject): Promise<ToolOutcome> {
      started ??= startAll(sources);
      return (await started).host.call(service, tool, args);
    },
    async close() {
      await (await started)?.close();
    },
  };
}

async function startAll(sources: readonly ServiceSource[]) {
  const opened = await Promise.all(sources.map((source) => openService(source, { transport: 'memory' })));
  const wires = new Map(
    sources.flatMap(({ name }, index) => {
      const transport = opened[index]?.transport;
      return transport ? [[name, { transport, era: 'auto' as const }] as const] : [];
    }),
  );
  const signal = AbortSignal.timeout(60_000);
  const host = await connectHost(wires, { maxCalls: 1_000, callTimeoutMs: 20_000, signal });
  return {
    host,
    async close() {
      await host.close();
      await Promise.all(opened.map((service) => service.close()));
    },
  };
}
