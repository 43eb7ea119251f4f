import type { Agent } from '../contracts/agent.ts';
import { attackName, type Carrier, type Goal, type Vector } from '../contracts/attack.ts';
import type { Environment, Task } from '../contracts/environment.ts';
import { SafeMcpError } from '../contracts/errors.ts';
import type { EpisodeKey } from '../contracts/events.ts';
import type { Catalog, DefenseSet, Experiment } from '../contracts/experiment.ts';
import { createSeed, type Seed } from '../contracts/seed.ts';
import { findAgent, findIn } from './catalog.ts';

/** Everything an episode's key names, looked up. */
export interface EpisodeParts {
  readonly agent: Agent;
  readonly environment: Environment;
  readonly task: Task;
  readonly attack?: { readonly vector: Vector; readonly carrier: Carrier; readonly goal: Goal };
  readonly defense: DefenseSet;
  /** The payload's random choices: the same whatever agent and defense. */
  readonly attackSeed: Seed;
  /** The agent's random choices: the same whatever attack and defense. */
  readonly agentSeed: Seed;
}

/** @throws UNKNOWN_ID when the catalog lacks something the key names */
export function resolveParts(key: EpisodeKey, experiment: Experiment, catalog: Catalog): EpisodeParts {
  const root = createSeed(experiment.seed);
  const environment = findIn(catalog.environments, key.environment, 'environment');
  const defense = experiment.defenses.find(({ name }) => name === key.defense);
  if (!defense)
    throw new SafeMcpError('UNKNOWN_ID', `The experiment has no defense set named ${key.defense}`);
  return {
    agent: findAgent(catalog, key.agent),
    environment,
    task: environment.task(root.child('environment', environment.id), key.task),
    ...(key.attack && {
      attack: {
        vector: findIn(catalog.vectors, key.attack.vector, 'vector'),
        carrier: findIn(catalog.carriers, key.attack.carrier, 'carrier'),
        goal: findIn(catalog.goals, key.attack.goal, 'goal'),
      },
    }),
    defense,
    attackSeed: root.child('attack', environment.id, key.task, key.attack ? attackName(key.attack) : 'none'),
    agentSeed: root.child('agent', key.agent, environment.id, key.task, key.trial),
  };
}
