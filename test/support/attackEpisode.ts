import type { AttackId } from '../../src/contracts/attack.ts';
import type { Defense } from '../../src/contracts/defense.ts';
import type { Environment } from '../../src/contracts/environment.ts';
import type { EpisodeRecord } from '../../src/contracts/events.ts';
import type { Catalog, DefenseChoice, Experiment } from '../../src/contracts/experiment.ts';
import type { Era } from '../../src/contracts/wire.ts';
import { builtInCatalog, extendCatalog } from '../../src/experiment/catalog.ts';
import { runEpisode } from '../../src/experiment/episode.ts';

export interface AttackEpisode {
  readonly environment: Environment;
  /** Absent: the clean twin. */
  readonly attack?: AttackId;
  readonly agent: 'scripted/hijacked' | 'scripted/faithful';
  readonly era: Era;
  /** Number of the task. */
  readonly task?: number;
  readonly seed?: string;
  readonly trial?: number;
  readonly transport?: Experiment['transport'];
  /** Stands between agent and services, in enforce mode. */
  readonly defense?: Defense;
  /** In its place: a shipped defense with a mode and parameters. */
  readonly member?: DefenseChoice;
  /** Parts of the test's own. */
  readonly parts?: Partial<Catalog>;
}

/** Runs one episode through the whole machinery, with any environment, shipped or not. */
export function attackEpisode(options: AttackEpisode): Promise<EpisodeRecord> {
  const { environment, attack, agent, era, defense, parts, seed = 'attack', task = 0, trial = 0 } = options;
  const shipped = builtInCatalog();
  // Only the environment given, which may be a changed copy of a shipped one, and so the defense.
  const others = shipped.defenses.filter(({ id }) => id !== defense?.id);
  const catalog = extendCatalog(
    { ...shipped, environments: [], defenses: others },
    { ...parts, environments: [environment], ...(defense && { defenses: [defense] }) },
  );
  const member = options.member ?? (defense && { id: defense.id, mode: 'enforce' as const, parameters: {} });
  const set = member ? { name: member.id, members: [member] } : { name: 'none', members: [] };
  const experiment: Experiment = {
    name: 'attack',
    seed,
    environments: [{ id: environment.id, tasks: task + 1 }],
    agents: [agent],
    attacks: [attack ?? null],
    defenses: [set],
    trials: trial + 1,
    era,
    transport: options.transport ?? 'memory',
    limits: { maxCalls: 200, callTimeoutMs: 10_000, episodeTimeoutMs: 60_000 },
  };
  const key = {
    agent,
    environment: environment.id,
    task,
    ...(attack && { attack }),
    defense: set.name,
    trial,
  };
  const { signal } = new AbortController();
  return runEpisode({ id: 'attack-episode', key }, { experiment, catalog, signal });
}
