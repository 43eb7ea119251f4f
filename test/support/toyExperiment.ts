import type { Agent } from '../../src/contracts/agent.ts';
import type { AttackId } from '../../src/contracts/attack.ts';
import type { Environment } from '../../src/contracts/environment.ts';
import type { EpisodeRecord } from '../../src/contracts/events.ts';
import type {
  AgentChoice,
  Catalog,
  DefenseSet,
  Experiment,
  ModelChoice,
} from '../../src/contracts/experiment.ts';
import type { ExternalAgent } from '../../src/contracts/externalAgent.ts';
import type { OpenModels } from '../../src/contracts/model.ts';
import { builtInCatalog, extendCatalog } from '../../src/experiment/catalog.ts';
import { runEpisode } from '../../src/experiment/episode.ts';
import { createToyEnvironment } from './toyEnvironment.ts';

/** What a test varies; everything else is the smallest useful experiment. */
export interface ToyEpisode {
  readonly environment?: Environment;
  readonly agent?: string | Agent | ExternalAgent;
  /** An agent made from settings, in place of `agent`. */
  readonly choice?: AgentChoice;
  readonly attack?: AttackId;
  readonly defense?: DefenseSet;
  readonly task?: number;
  readonly limits?: Partial<Experiment['limits']>;
  readonly era?: Experiment['era'];
  readonly catalog?: Catalog;
  readonly signal?: AbortSignal;
  readonly judges?: Experiment['judges'];
  readonly models?: OpenModels;
  /** As the experiment configures them. */
  readonly modelChoices?: readonly ModelChoice[];
}

const noDefense: DefenseSet = { name: 'none', members: [] };

/** A set of one enforcing (or observing) defense. */
export function defenseSet(id: string, mode: 'observe' | 'enforce' = 'enforce'): DefenseSet {
  return { name: mode === 'enforce' ? id : `${id}:observe`, members: [{ id, mode, parameters: {} }] };
}

export function toyExperiment(options: ToyEpisode = {}): { experiment: Experiment; catalog: Catalog } {
  const environment = options.environment ?? createToyEnvironment();
  const agents = typeof options.agent === 'object' ? [options.agent] : [];
  const catalog = extendCatalog(options.catalog ?? builtInCatalog(), { environments: [environment], agents });
  const experiment: Experiment = {
    name: 'toy',
    seed: 'toy',
    environments: [{ id: environment.id, tasks: 3 }],
    agents: [agentId(options)],
    ...(options.choice && { agentChoices: [options.choice] }),
    ...(options.modelChoices && { models: options.modelChoices }),
    attacks: [options.attack ?? null],
    defenses: [options.defense ?? noDefense],
    trials: 1,
    era: options.era ?? '2026',
    transport: 'memory',
    limits: { maxCalls: 50, callTimeoutMs: 5000, episodeTimeoutMs: 20_000, ...options.limits },
    ...(options.judges && { judges: options.judges }),
  };
  return { experiment, catalog };
}

function agentId({ agent = 'scripted/hijacked', choice }: ToyEpisode): string {
  if (choice) return choice.id;
  return typeof agent === 'object' ? agent.id : agent;
}

/** Runs one episode of the toy environment through the whole machinery. */
export function runToyEpisode(options: ToyEpisode = {}): Promise<EpisodeRecord> {
  const { experiment, catalog } = toyExperiment(options);
  const key = {
    agent: agentId(options),
    environment: experiment.environments[0]?.id ?? '',
    task: options.task ?? 0,
    ...(options.attack && { attack: options.attack }),
    defense: experiment.defenses[0]?.name ?? 'none',
    trial: 0,
  };
  const signal = options.signal ?? new AbortController().signal;
  const models = options.models && { models: options.models };
  return runEpisode({ id: 'toy-episode', key }, { experiment, catalog, signal, ...models });
}
