import type { World } from '../contracts/environment.ts';
import type { Catalog, Experiment } from '../contracts/experiment.ts';
import { createDefenseSet, type DefenseSetInstance } from '../defenses/compose.ts';
import { connectHost, type Host, type HostWire, type Reading } from '../protocol/host.ts';
import { createNoticeBoard, type NoticeBoard } from '../protocol/notices.ts';
import { openService } from '../protocol/openService.ts';
import { createWire, type WireFault } from '../protocol/wire.ts';
import type { ModelDesk } from './modelDesk.ts';
import type { EpisodeParts } from './parts.ts';
import type { Recorder } from './recorder.ts';
import { type StagedAttack, stageAttacks } from './stagedAttack.ts';

/** The stage of one episode: world, attacks, defenses and host, connected. */
export interface Scene {
  readonly world: World;
  readonly host: Host;
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
  /** A defense failed: what it would have done is not known, so the episode is no measurement of it. */
  onDefenseFailure(what: string): void;
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
  const onReading = ({ text }: Pick<Reading, 'text'>): void => {
    for (const { watch } of attacks) watch.read(text);
  };
  const notices = createNoticeBoard(onReading);
  const host = await connectHost(await openWires(options, { attacks, defenses, notices }), {
    notices,
    maxCalls: experiment.limits.maxCalls,
    callTimeoutMs: experiment.limits.callTimeoutMs,
    signal: options.signal,
    onFailure: (failure) => options.onHostFailure(failure),
    onReading,
  });
  options.onOpened(() => host.close());
  return { world, host, attacks, systemPrompt: defenses.systemPrompt, reveal: defenses.reveal };
}

function createDefenses({ parts, catalog, recorder, desk, ...options }: SceneOptions): DefenseSetInstance {
  return createDefenseSet(parts.defense.members, catalog.defenses, {
    user: { instruction: parts.task.instruction, privateContext: parts.task.privateContext ?? '' },
    model: (id, by) => desk.text(id, { purpose: 'defense', by }),
    classifier: (id, by) => desk.classifier(id, { purpose: 'defense', by }),
    approved: parts.environment.services.filter(({ name }) => parts.task.services.includes(name)),
    report: (verdict) => void recorder.record({ type: 'verdict', ...verdict, spans: [...verdict.spans] }),
    onTime: (_, milliseconds) => options.onDefenseTime(milliseconds),
    onFailure: (defense, error) => options.onDefenseFailure(`${defense}: ${error.message}`),
  });
}

interface Wiring {
  readonly attacks: readonly StagedAttack[];
  readonly defenses: DefenseSetInstance;
  readonly notices: NoticeBoard;
}

async function openWires(
  options: SceneOptions,
  { attacks, defenses, notices }: Wiring,
): Promise<Map<string, HostWire>> {
  const { world, recorder, experiment } = options;
  const wires = new Map<string, HostWire>();
  const own = attacks.flatMap(({ composed }) => composed.vector.service ?? []);
  for (const source of [...world.services, ...own]) {
    const { name } = source;
    const opened = await openService(source, { transport: experiment.transport });
    options.onOpened(() => opened.close());
    const transport = createWire(opened.transport, {
      service: name,
      transport: opened.kind,
      hostTaps: [
        notices.tap(name),
        recorder.hostTap,
        ...attacks.map(({ watch }) => watch.attempts),
        ...defenses.taps(name),
        ...attacks.map(({ watch }) => watch.executions),
        recorder.wireTap,
      ],
      serviceTaps: [
        ...attacks.flatMap(({ taps }) => taps.get(name) ?? []),
        ...(world.tap ? [world.tap(name)] : []),
      ],
      onFault: options.onFault,
    });
    // A server we did not write may know the older era only, so the host finds out.
    const era = experiment.era === '2026' && source.kind !== 'tools' ? 'auto' : experiment.era;
    wires.set(name, { transport, era });
  }
  return wires;
}
