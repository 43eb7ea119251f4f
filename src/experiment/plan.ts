import { hash } from 'node:crypto';
import { type AttackId, attackName } from '../contracts/attack.ts';
import { SafeMcpError } from '../contracts/errors.ts';
import type {
  Catalog,
  DefenseSet,
  Experiment,
  Plan,
  PlannedEpisode,
  SkippedCombinations,
} from '../contracts/experiment.ts';
import { canonicalJson } from '../contracts/json.ts';
import { version } from '../contracts/version.ts';
import { findIn } from './catalog.ts';
import { createObjections } from './objections.ts';
import { chosenTasks } from './taskChoice.ts';

/** More episodes than this are more than one machine gets through. */
const maxEpisodes = 1_000_000;

/**
 * Expands the matrix. An episode's id depends on seed and key alone, so a longer list of anything leaves the
 * others as they are. The order goes around: one task of every environment under one attack with all agents
 * and defenses, then the next attack, then the next task; whatever part of a plan has run holds whole pairs.
 * @throws NOTHING_TO_RUN, INCOMPATIBLE_ATTACK when not one attack is possible, INVALID_EXPERIMENT when it is too big
 */
export function createPlan(experiment: Experiment, catalog: Catalog): Plan {
  const objections = createObjections(experiment, catalog);
  const stages = experiment.environments.map((entry): Stage => {
    const { id, attacks, textTool } = entry;
    const environment = findIn(catalog.environments, id, 'environment');
    const tasks = chosenTasks(experiment, entry, environment);
    const possible = objections.possible(environment, attacks ?? experiment.attacks);
    const variant = { ...(entry.import !== undefined && { imported: true }), ...(textTool && { textTool }) };
    return { id, tasks, attacks: takeTurns(possible), variant: canonicalJson(variant) };
  });
  const skipped = objections.skipped();
  refuse(experiment, stages, skipped);
  return {
    experiment: { ...experiment, madeWith: version() },
    episodes: episodesOf(experiment, stages),
    skipped,
  };
}

/** An environment with what will run there. */
interface Stage {
  readonly id: string;
  /** Their numbers. */
  readonly tasks: readonly number[];
  readonly attacks: readonly (AttackId | null)[];
  /** What makes its episodes others than those of the same keys, as JSON; `{}` for generated tasks and native tools. */
  readonly variant: string;
}

/** Clean first, then one attack of every vector, and so on: a part of the list shows something of every vector. */
function takeTurns(attacks: readonly (AttackId | null)[]): readonly (AttackId | null)[] {
  const byVector = new Map<string | null, (AttackId | null)[]>();
  for (const attack of attacks) {
    const vector = attack?.vector ?? null;
    const own = byVector.get(vector);
    if (own) own.push(attack);
    else byVector.set(vector, [attack]);
  }
  const turns = byVector.get(null) ?? [];
  byVector.delete(null);
  const most = Math.max(0, ...[...byVector.values()].map((list) => list.length));
  for (let turn = 0; turn < most; turn++)
    for (const list of byVector.values()) {
      const attack = list[turn];
      if (attack) turns.push(attack);
    }
  return turns;
}

function episodesOf(experiment: Experiment, stages: readonly Stage[]): PlannedEpisode[] {
  const turns = Math.max(...stages.map((stage) => stage.tasks.length));
  const attacks = Math.max(...stages.map((stage) => stage.attacks.length));
  const { seed, agents, trials } = experiment;
  const episodes: PlannedEpisode[] = [];
  for (let trial = 0; trial < trials; trial++)
    for (let turn = 0; turn < turns; turn++)
      for (let place = 0; place < attacks; place++)
        for (const stage of stages) {
          const attack = stage.attacks[place];
          const task = stage.tasks[turn];
          if (task === undefined || attack === undefined) continue;
          const { id: environment, variant } = stage;
          const scene = `${seed}\n${environment}\n${variant}\n${task}\n${trial}\n${attack ? attackName(attack) : ''}`;
          for (const agent of agents)
            for (const { name: defense } of defensesFor(attack, stage, experiment)) {
              const id = hash('sha256', `${scene}\n${agent}\n${defense}`).slice(0, 20);
              const key = attack
                ? { agent, environment, task, attack, defense, trial }
                : { agent, environment, task, defense, trial };
              episodes.push({ id, key });
            }
        }
  return episodes;
}

/**
 * All of them; where one factor is varied at a time, those that meet this attack: the first attack of the
 * environment and the clean condition meet every defense, all others only the first defense.
 */
function defensesFor(
  attack: AttackId | null,
  { attacks }: Stage,
  { design, defenses }: Experiment,
): readonly DefenseSet[] {
  const baseline = attacks.find((each) => each !== null);
  return design !== 'one-factor' || attack === null || attack === baseline ? defenses : defenses.slice(0, 1);
}

/** Attacks with defenses. */
function combinationsIn(stage: Stage, experiment: Experiment): number {
  return stage.attacks.reduce((sum, attack) => sum + defensesFor(attack, stage, experiment).length, 0);
}

function refuse(
  experiment: Experiment,
  stages: readonly Stage[],
  skipped: readonly SkippedCombinations[],
): void {
  const count =
    stages.reduce((sum, stage) => sum + stage.tasks.length * combinationsIn(stage, experiment), 0) *
    experiment.agents.length *
    experiment.trials;
  if (skipped.length > 0 && !stages.some(({ attacks }) => attacks.some((attack) => attack !== null)))
    throw new SafeMcpError(
      'INCOMPATIBLE_ATTACK',
      [
        'None of the attacks is possible in any of the environments',
        ...skipped
          .slice(0, 5)
          .map((each) => `${attackName(each.example)} in ${each.environment}: ${each.reason}`),
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
