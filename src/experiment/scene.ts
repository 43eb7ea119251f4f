import { type ComposedAttack, composeAttack } from '../attacks/compose.ts';
import type { World } from '../contracts/environment.ts';
import { SafeMcpError } from '../contracts/errors.ts';
import type { Catalog, Experiment } from '../contracts/experiment.ts';
import { isImpossible } from '../contracts/goal.ts';
import type { ServiceSource } from '../contracts/service.ts';
import type { Tap } from '../contracts/wire.ts';
import { createDefenseSet, type DefenseSetInstance } from '../defenses/compose.ts';
import { connectHost, type Host, type HostWire } from '../protocol/host.ts';
import { openService } from '../protocol/openService.ts';
import { createWire, type WireFault } from '../protocol/wire.ts';
import { type AttackWatch, watchAttack } from './attackWatch.ts';
import type { EpisodeParts } from './parts.ts';
import type { Recorder } from './recorder.ts';

/** The stage of one episode: world, attack, defenses and host, connected. */
export interface Scene {
  readonly world: World;
  readonly host: Host;
  readonly systemPrompt: string;
  /** Undoes the defenses' marking of what the agent reads. */
  reveal(text: string): string;
  readonly attack?: { readonly composed: ComposedAttack; readonly watch: AttackWatch };
}

export interface SceneOptions {
  readonly parts: EpisodeParts;
  readonly experiment: Experiment;
  readonly catalog: Catalog;
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
  const { parts, world, recorder, experiment } = options;
  const composed = parts.attack && compose(parts, world);
  const defenses = createDefenses(options);
  const watch = composed && watchAttack(composed, defenses.reveal, recorder.record);
  const host = await connectHost(await openWires(options, composed, defenses, watch), {
    maxCalls: experiment.limits.maxCalls,
    callTimeoutMs: experiment.limits.callTimeoutMs,
    signal: options.signal,
    onFailure: (failure) => options.onHostFailure(failure),
    ...(watch && { onReading: ({ text }) => watch.read(text) }),
  });
  options.onOpened(() => host.close());
  return {
    world,
    host,
    systemPrompt: defenses.systemPrompt,
    reveal: defenses.reveal,
    ...(composed && watch && { attack: { composed, watch } }),
  };
}

function compose(parts: EpisodeParts, world: World): ComposedAttack | undefined {
  if (!parts.attack) return undefined;
  const composed = composeAttack(parts.attack, { task: parts.task, world, rng: parts.attackSeed.rng() });
  if (isImpossible(composed))
    throw new SafeMcpError('INCOMPATIBLE_ATTACK', composed.impossible, { where: parts.task.id });
  return composed;
}

function createDefenses({ parts, catalog, recorder, ...options }: SceneOptions): DefenseSetInstance {
  return createDefenseSet(parts.defense.members, catalog.defenses, {
    approved: parts.environment.services.filter(({ name }) => parts.task.services.includes(name)),
    report: (verdict) => void recorder.record({ type: 'verdict', ...verdict, spans: [...verdict.spans] }),
    onTime: (_, milliseconds) => options.onDefenseTime(milliseconds),
    onFailure: (defense, error) => options.onDefenseFailure(`${defense}: ${error.message}`),
  });
}

async function openWires(
  options: SceneOptions,
  composed: ComposedAttack | undefined,
  defenses: DefenseSetInstance,
  watch: AttackWatch | undefined,
): Promise<Map<string, HostWire>> {
  const { world, recorder, experiment } = options;
  const wires = new Map<string, HostWire>();
  const sources: ServiceSource[] = [
    ...world.services,
    ...(composed?.vector.service ? [composed.vector.service] : []),
  ];
  const attackTap = composed && watch && composed.vector.tap(composed.payload, watch.deliver);
  for (const source of sources) {
    const opened = await openService(source, { transport: experiment.transport });
    options.onOpened(() => opened.close());
    const hostTaps: Tap[] = [
      recorder.hostTap,
      ...(watch ? [watch.attempts] : []),
      ...defenses.taps(source.name),
      ...(watch ? [watch.executions] : []),
      recorder.wireTap,
    ];
    const transport = createWire(opened.transport, {
      service: source.name,
      transport: opened.kind,
      hostTaps,
      serviceTaps: [
        ...(attackTap && composed.vector.seat.service === source.name ? [attackTap] : []),
        ...(world.tap ? [world.tap(source.name)] : []),
      ],
      onFault: options.onFault,
    });
    // A server we did not write may know the older era only, so the host finds out.
    const era = experiment.era === '2026' && source.kind !== 'tools' ? 'auto' : experiment.era;
    wires.set(source.name, { transport, era });
  }
  return wires;
}
