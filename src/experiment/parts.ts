import type { AttackParts } from '../attacks/compose.ts';
import type { Agent } from '../contracts/agent.ts';
import type { AttackId } from '../contracts/attack.ts';
import type { Environment, Task } from '../contracts/environment.ts';
import { SafeMcpError } from '../contracts/errors.ts';
import type { EpisodeKey } from '../contracts/events.ts';
import type { Catalog, DefenseSet, Experiment } from '../contracts/experiment.ts';
import type { ExternalAgent } from '../contracts/externalAgent.ts';
import { createSeed, type Seed } from '../contracts/seed.ts';
import { findAgent, findIn } from './catalog.ts';

/** Everything an episode's key names, looked up. */
export interface EpisodeParts {
  readonly agent: Agent | ExternalAgent;
  readonly environment: Environment;
  readonly task: Task;
  /** All attacks of the episode; none in a clean one. */
  readonly attacks: readonly PlannedAttack[];
  readonly defense: DefenseSet;
  /** Attacks' random choices: the same whatever agent and defense. */
  readonly attackSeed: Seed;
  /** The agent's random choices: the same whatever attack and defense. */
  readonly agentSeed: Seed;
}

/** An attack of an episode, looked up. */
export interface PlannedAttack {
  readonly parts: AttackParts;
  /** Calls that the service answers honestly before it attacks. */
  readonly afterCalls: number;
  /** True in the trials in which the service stays honest from beginning to end. */
  readonly liesLow: boolean;
}

/** @throws UNKNOWN_ID when the catalog lacks something the key names */
export function resolveParts(key: EpisodeKey, experiment: Experiment, catalog: Catalog): EpisodeParts {
  const root = createSeed(experiment.seed);
  const environment = findIn(catalog.environments, key.environment, 'environment');
  const defense = experiment.defenses.find(({ name }) => name === key.defense);
  if (!defense)
    throw new SafeMcpError('UNKNOWN_ID', `The experiment has no defense set named ${key.defense}`);
  return {
    agent: findAgent(catalog, key.agent, experiment),
    environment,
    task: environment.task(root.child('environment', environment.id), key.task),
    attacks: key.attack ? attacksOf(key.attack, key.trial, catalog) : [],
    defense,
    attackSeed: root.child('attack', environment.id, key.task),
    agentSeed: root.child('agent', key.agent, environment.id, key.task, key.trial),
  };
}

function attacksOf(attack: AttackId, trial: number, catalog: Catalog): PlannedAttack[] {
  const { afterCalls = 0, afterEpisodes = 0, together = [] } = attack;
  const parts = partsOf(attack, catalog);
  return [
    { parts, afterCalls, liesLow: trial < afterEpisodes },
    ...together.flatMap((other) => attacksOf(other, trial, catalog)),
  ];
}

/** The parts that an attack's name names. @throws UNKNOWN_ID */
export function partsOf(attack: AttackId, catalog: Catalog): AttackParts {
  return {
    vector: findIn(catalog.vectors, attack.vector, 'vector'),
    carrier: findIn(catalog.carriers, attack.carrier, 'carrier'),
    goal: findIn(catalog.goals, attack.goal, 'goal'),
  };
}
