import type { Agent } from '../contracts/agent.ts';
import type { World } from '../contracts/environment.ts';
import type { EpisodeStatus } from '../contracts/events.ts';
import type { Catalog, Experiment } from '../contracts/experiment.ts';
import type { ExternalAgent } from '../contracts/externalAgent.ts';
import { ModelFailure } from '../contracts/model.ts';
import { createDefenseSet, type DefenseSetInstance } from '../defenses/compose.ts';
import { UnreadableAnswer } from '../defenses/models/speaking.ts';
import { connectHost, type Host, type HostWire, type Reading } from '../protocol/host.ts';
import { createNoticeBoard, type NoticeBoard } from '../protocol/notices.ts';
import { openService } from '../protocol/openService.ts';
import { createWire, type WireFault } from '../protocol/wire.ts';
import { createApprover } from './approver.ts';
import { type Doors, openDoors, type WiredService } from './doors.ts';
import type { ModelDesk } from './modelDesk.ts';
import type { EpisodeParts } from './parts.ts';
import type { Recorder } from './recorder.ts';
import { type StagedAttack, stageAttacks } from './stagedAttack.ts';

/** How the agent meets the services: by the host that it is given, or through doors for a host of its own. */
export type Access =
  | { readonly kind: 'host'; readonly agent: Agent; readonly host: Host }
  | { readonly kind: 'doors'; readonly agent: ExternalAgent; readonly doors: Doors };

/** The stage of one episode: world, attacks, defenses and host, connected. */
export interface Scene {
  readonly world: World;
  readonly access: Access;
  /** Tool calls issued so far. */
  calls(): number;
  /** Told of what the agent reads. */
  read(text: string): void;
  readonly systemPrompt: string;
  /** Undoes the defenses' marking of what the agent reads. */
  reveal(text: string): string;
  readonly attacks: readonly StagedAttack[];
}

export interface SceneOptions {
  readonly parts: EpisodeParts;
  readonly experiment: Experiment;
  readonly catalog: Catalog;
  readonly desk: ModelDesk;
  readonly world: World;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
  onDefenseTime(milliseconds: number): void;
  onFault(fault: WireFault): void;
  /**
   * A defense failed, or the model that it asked: what it would have done is not known, so the episode is no
   * measurement of it.
   * @param status how the episode ends for it; undefined when it is a measurement all the same
   */
  onDefenseFailure(what: string, status: EpisodeStatus | undefined): void;
  /** The agent cannot go on. */
  onHostFailure(failure: Error): void;
  /** Takes over something to close when the episode ends. */
  onOpened(close: () => Promise<void>): void;
}

/** @throws ServiceFailure, or SERVICE_START, when a service cannot be connected */
export async function setScene(options: SceneOptions): Promise<Scene> {
  const { world, experiment, parts, desk, recorder } = options;
  const defenses = createDefenses(options);
  const model =
    experiment.attackModel === undefined
      ? undefined
      : desk.text(experiment.attackModel, { purpose: 'attack', by: 'carrier' });
  const watching = { reveal: defenses.reveal, record: recorder.record };
  const attacks = await stageAttacks({ parts, world, ...watching, ...(model && { model }) });
  const read = (text: string): void => {
    for (const { watch } of attacks) watch.read(text);
  };
  const access = await openAccess(options, { attacks, defenses, read });
  return {
    world,
    access,
    attacks,
    read,
    calls: () => (access.kind === 'host' ? access.host.calls : access.doors.gate.calls),
    systemPrompt: defenses.systemPrompt,
    reveal: defenses.reveal,
  };
}

function createDefenses({ parts, catalog, recorder, desk, ...options }: SceneOptions): DefenseSetInstance {
  const user = { instruction: parts.task.instruction, privateContext: parts.task.privateContext ?? '' };
  const approve = createApprover(options.experiment.approver ?? 'absent', user);
  return createDefenseSet(parts.defense.members, catalog.defenses, {
    user,
    ask: (question) => Promise.resolve(approve(question)),
    model: (id, by) => desk.text(id, { purpose: 'defense', by }),
    classifier: (id, by) => desk.classifier(id, { purpose: 'defense', by }),
    approved: parts.environment.services.filter(({ name }) => parts.task.services.includes(name)),
    report: (verdict) => void recorder.record({ type: 'verdict', ...verdict, spans: [...verdict.spans] }),
    onTime: (_, milliseconds) => options.onDefenseTime(milliseconds),
    onFailure: (defense, error) =>
      options.onDefenseFailure(`${defense}: ${error.message}`, statusAfter(error)),
  });
}

/** A model that answers in no form is as its defense found it, and the defense does as it is configured. */
function statusAfter(defenseFailure: Error): EpisodeStatus | undefined {
  if (defenseFailure instanceof UnreadableAnswer) return undefined;
  return defenseFailure instanceof ModelFailure ? 'model-error' : 'harness-error';
}

interface Wiring {
  readonly attacks: readonly StagedAttack[];
  readonly defenses: DefenseSetInstance;
  readonly read: (text: string) => void;
}

async function openAccess(options: SceneOptions, wiring: Wiring): Promise<Access> {
  const { experiment, parts, signal } = options;
  const { agent } = parts;
  const onFailure = (failure: Error): void => options.onHostFailure(failure);
  if (agent.kind === 'external') {
    const onReading = agent.exposure === 'wire' ? wiring.read : () => undefined;
    const notices = createNoticeBoard(({ text }) => onReading(text));
    const services = wiredServices(options, wiring, notices);
    const doors = await openDoors(services, { ...options, agent, onReading, onFailure });
    return { kind: 'doors', agent, doors };
  }
  const onReading = ({ text }: Pick<Reading, 'text'>): void => wiring.read(text);
  const notices = createNoticeBoard(onReading);
  const host = await connectHost(await openWires(options, wiredServices(options, wiring, notices)), {
    notices,
    maxCalls: experiment.limits.maxCalls,
    callTimeoutMs: experiment.limits.callTimeoutMs,
    maxResultCharacters: agent.maxResultCharacters,
    signal,
    onFailure,
    onReading,
  });
  options.onOpened(() => host.close());
  return { kind: 'host', agent, host };
}

/** All services of the episode, the attackers' own among them, with the taps on the way to them. */
function wiredServices(
  { world, recorder, onFault }: SceneOptions,
  { attacks, defenses }: Wiring,
  notices: NoticeBoard,
): readonly WiredService[] {
  const own = attacks.flatMap(({ composed }) => composed.vector.service ?? []);
  return [...world.services, ...own].map((source) => {
    const { name } = source;
    const hostTaps = [
      notices.tap(name),
      recorder.hostTap,
      ...attacks.map(({ watch }) => watch.attempts),
      ...defenses.taps(name),
      ...attacks.map(({ watch }) => watch.executions),
      recorder.wireTap,
    ];
    const serviceTaps = [
      ...attacks.flatMap(({ taps }) => taps.get(name) ?? []),
      ...(world.tap ? [world.tap(name)] : []),
    ];
    return { source, wire: { service: name, hostTaps, serviceTaps, onFault } };
  });
}

async function openWires(
  options: SceneOptions,
  services: readonly WiredService[],
): Promise<Map<string, HostWire>> {
  const { experiment } = options;
  const wires = new Map<string, HostWire>();
  for (const { source, wire } of services) {
    const opened = await openService(source, { transport: experiment.transport });
    options.onOpened(() => opened.close());
    const transport = createWire(opened.transport, { ...wire, transport: opened.kind });
    // A server we did not write may know the older era only, so the host finds out.
    const era = experiment.era === '2026' && source.kind !== 'tools' ? 'auto' : experiment.era;
    wires.set(source.name, { transport, era });
  }
  return wires;
}
