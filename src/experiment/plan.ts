import { compatibility } from '../attacks/compose.ts';
import { type AttackId, attackName } from '../contracts/attack.ts';
import type { Environment } from '../contracts/environment.ts';
import { SafeMcpError } from '../contracts/errors.ts';
import type { EpisodeKey } from '../contracts/events.ts';
import type {
  Catalog,
  Experiment,
  Plan,
  PlannedEpisode,
  SkippedCombination,
} from '../contracts/experiment.ts';
import { isImpossible } from '../contracts/goal.ts';
import { digest, type JsonObject } from '../contracts/json.ts';
import { findIn } from './catalog.ts';

/** More episodes than this are more than one machine gets through. */
const maxEpisodes = 1_000_000;

/**
 * Expands the matrix. An episode's id depends on seed and key alone, so a longer list of anything leaves the
 * others as they are. The order goes around: one task of every environment under one attack with all agents
 * and defenses, then the next attack, then the next task; whatever part of a plan has run holds whole pairs.
 * @throws NOTHING_TO_RUN, INCOMPATIBLE_ATTACK when not one attack is possible, INVALID_EXPERIMENT when it is too big
 */
export function createPlan(experiment: Experiment, catalog: Catalog): Plan {
  const skipped: SkippedCombination[] = [];
  const stages = experiment.environments.map(({ id, tasks, attacks, textTool, ...entry }) => {
    const environment = findIn(catalog.environments, id, 'environment');
    const possible = (attacks ?? experiment.attacks).filter((attack) => {
      const reason = attack && whyNot(environment, attack, experiment, catalog);
      if (attack && reason) skipped.push({ attack, environment: id, reason });
      return !reason;
    });
    const variant = { ...(entry.import !== undefined && { imported: true }), ...(textTool && { textTool }) };
    return { id, tasks, attacks: takeTurns(possible), variant };
  });
  refuse(experiment, stages, skipped);
  return { experiment, episodes: [...episodesOf(experiment, stages)], skipped };
}

/** An environment with what will run there. */
interface Stage {
  readonly id: string;
  readonly tasks: number;
  readonly attacks: readonly (AttackId | null)[];
  /** What makes its episodes others than those of the same keys; empty for generated tasks and native tools. */
  readonly variant: JsonObject;
}

function whyNot(
  environment: Environment,
  attack: AttackId,
  experiment: Experiment,
  catalog: Catalog,
): string | undefined {
  const vector = findIn(catalog.vectors, attack.vector, 'vector');
  const carrier = findIn(catalog.carriers, attack.carrier, 'carrier');
  const goal = findIn(catalog.goals, attack.goal, 'goal');
  if (!vector.eras.includes(experiment.era))
    return `${vector.id} exists in the ${vector.eras.join(' and ')} era only`;
  const verdict = compatibility(environment, { vector, carrier, goal });
  return isImpossible(verdict) ? verdict.impossible : undefined;
}

/** Clean first, then one attack of every vector, and so on: a part of the list shows something of every vector. */
function takeTurns(attacks: readonly (AttackId | null)[]): readonly (AttackId | null)[] {
  const byVector = new Map<string | null, (AttackId | null)[]>();
  for (const attack of attacks) {
    const vector = attack?.vector ?? null;
    byVector.set(vector, [...(byVector.get(vector) ?? []), attack]);
  }
  const clean = byVector.get(null) ?? [];
  byVector.delete(null);
  const turns = Math.max(0, ...[...byVector.values()].map((list) => list.length));
  return [
    ...clean,
    ...Array.from({ length: turns }, (_, turn) =>
      [...byVector.values()].flatMap((list) => list.slice(turn, turn + 1)),
    ).flat(),
  ];
}

function* episodesOf(experiment: Experiment, stages: readonly Stage[]): Generator<PlannedEpisode> {
  const tasks = Math.max(...stages.map((stage) => stage.tasks));
  const attacks = Math.max(...stages.map((stage) => stage.attacks.length));
  for (let trial = 0; trial < experiment.trials; trial++)
    for (let task = 0; task < tasks; task++)
      for (let place = 0; place < attacks; place++)
        for (const stage of stages) {
          const attack = stage.attacks[place];
          if (task >= stage.tasks || attack === undefined) continue;
          for (const agent of experiment.agents)
            for (const { name } of experiment.defenses) {
              const attacked = attack && { attack: { ...attack } };
              const key = { agent, environment: stage.id, task, ...attacked, defense: name, trial };
              yield { id: episodeId(experiment.seed, key, stage.variant), key };
            }
        }
}

function episodeId(seed: string, key: EpisodeKey, variant: JsonObject): string {
  return digest({ seed, ...key, ...variant }).slice(0, 20);
}

function refuse(
  experiment: Experiment,
  stages: readonly Stage[],
  skipped: readonly SkippedCombination[],
): void {
  const count =
    stages.reduce((sum, { tasks, attacks }) => sum + tasks * attacks.length, 0) *
    experiment.agents.length *
    experiment.defenses.length *
    experiment.trials;
  if (skipped.length > 0 && !stages.some(({ attacks }) => attacks.some((attack) => attack !== null)))
    throw new SafeMcpError(
      'INCOMPATIBLE_ATTACK',
      [
        'None of the attacks is possible in any of the environments',
        ...skipped
          .slice(0, 5)
          .map((each) => `${attackName(each.attack)} in ${each.environment}: ${each.reason}`),
      ].join('\n'),
      { where: experiment.name, hint: 'safemcp list attacks shows what goes together' },
    );
  if (count === 0)
    throw new SafeMcpError('NOTHING_TO_RUN', 'The experiment expands to no episode', {
      where: experiment.name,
      hint: 'It needs at least one environment with a task, an agent, an attack or none, and a defense or none',
    });
  if (count > maxEpisodes)
    throw new SafeMcpError(
      'INVALID_EXPERIMENT',
      `The experiment expands to ${count} episodes, at most ${maxEpisodes}`,
      {
        where: experiment.name,
        hint: 'Use fewer tasks, trials or levels',
      },
    );
}
