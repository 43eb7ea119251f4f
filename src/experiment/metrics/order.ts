import { attackName } from '../../contracts/attack.ts';
import type { Experiment } from '../../contracts/experiment.ts';
import { type CellPlace, cellKey } from './measure.ts';

interface Placed {
  readonly place: CellPlace;
}

/** Sorts cells as the experiment lists their parts; what it does not list comes last, by name. */
export function inExperimentOrder(experiment: Experiment): (a: Placed, b: Placed) => number {
  const rank = ({ agent, environment, attack, defense }: CellPlace): number[] => {
    const listed = experiment.environments.find(({ id }) => id === environment);
    const name = attack && attackName(attack);
    return [
      experiment.agents.indexOf(agent),
      experiment.environments.findIndex(({ id }) => id === environment),
      (listed?.attacks ?? experiment.attacks).findIndex((each) => (each && attackName(each)) === name),
      experiment.defenses.findIndex((each) => each.name === defense),
    ].map((index) => (index < 0 ? Number.MAX_SAFE_INTEGER : index));
  };
  return (a, b) => {
    const [one, other] = [rank(a.place), rank(b.place)];
    const differing = one.findIndex((index, position) => index !== other[position]);
    if (differing >= 0) return (one[differing] ?? 0) - (other[differing] ?? 0);
    return cellKey(a.place) < cellKey(b.place) ? -1 : 1;
  };
}
