import { chmod, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Experiment } from '../contracts/experiment.ts';
import type { ExternalAgent, ServiceEntry } from '../contracts/externalAgent.ts';
import type { ServiceSource } from '../contracts/service.ts';
import type { Door, DoorOptions } from '../protocol/door.ts';
import { openHttpDoor } from '../protocol/httpDoor.ts';
import { openSocketDoor } from '../protocol/socketDoor.ts';
import { createHostGate, type HostGate } from './hostGate.ts';
import { createWorkFolder } from './workFolder.ts';

/** The services of an episode as they stand open for a stranger's host. */
export interface Doors {
  readonly entries: readonly ServiceEntry[];
  readonly gate: HostGate;
  /** Empty, for the host alone. */
  readonly folder: string;
  /** For what the commands of `entries` connect to. */
  readonly sockets: string;
}

/** A service and what is on the way to it. */
export interface WiredService {
  readonly source: ServiceSource;
  readonly wire: DoorOptions['wire'];
}

export interface DoorsOptions {
  readonly agent: ExternalAgent;
  readonly experiment: Experiment;
  readonly signal: AbortSignal;
  onReading(text: string): void;
  onFailure(failure: Error): void;
  /** Takes over something to close when the episode ends. */
  onOpened(close: () => Promise<void>): void;
}

export async function openDoors(services: readonly WiredService[], options: DoorsOptions): Promise<Doors> {
  const { agent, experiment } = options;
  const gate = createHostGate({
    ...options,
    maxCalls: experiment.limits.maxCalls,
    callTimeoutMs: experiment.limits.callTimeoutMs,
    offers2026: experiment.era === '2026',
  });
  const scratch = createWorkFolder();
  options.onOpened(() => scratch.remove());
  const [folder, sockets] = await foldersIn(await scratch.path());
  const open = (service: DoorOptions): Promise<Door> =>
    agent.entry === 'stdio' ? openSocketDoor(service, sockets) : openHttpDoor(service, experiment.era);
  const entries: ServiceEntry[] = [];
  for (const { source, wire } of services) {
    const door = await open({
      source,
      wire: { ...wire, hostTaps: [gate.tap, ...(wire.hostTaps ?? [])], nextId: countedIds(source.name) },
      onFailure: (error) => options.onFailure(error instanceof Error ? error : new Error(String(error))),
    });
    options.onOpened(() => door.close());
    entries.push(door.entry);
  }
  return { entries, gate, folder, sockets };
}

async function foldersIn(scratch: string): Promise<[string, string]> {
  const made = ['host', 'in'].map(async (name) => {
    const folder = path.join(scratch, name);
    await mkdir(folder);
    await chmod(folder, 0o700);
    return folder;
  });
  return Promise.all(made) as Promise<[string, string]>;
}

/** Ids for the messages of all wires to a service. */
function countedIds(service: string): () => string {
  let last = 0;
  return () => `${service}#${++last}`;
}
