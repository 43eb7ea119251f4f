import type { Environment } from '../contracts/environment.ts';
import { SafeMcpError } from '../contracts/errors.ts';
import type { Experiment } from '../contracts/experiment.ts';
import { createSeed } from '../contracts/seed.ts';

const byDifficulty = ['easy', 'medium', 'hard'] as const;

/**
 * The numbers of the tasks that an experiment runs in an environment. A sample takes turns over its strata, each in
 * an order drawn by the seed, so that a longer sample begins with the shorter one. Imported tasks keep their order.
 * @throws INVALID_EXPERIMENT when more tasks are wanted than there are to choose from
 */
export function chosenTasks(
  { seed, sample }: Experiment,
  entry: Experiment['environments'][number],
  environment: Environment,
): readonly number[] {
  if (!sample || entry.import !== undefined) return Array.from({ length: entry.tasks }, (_, index) => index);
  if (entry.tasks > sample.from)
    throw new SafeMcpError(
      'INVALID_EXPERIMENT',
      `${entry.tasks} tasks of ${entry.id} cannot be chosen from ${sample.from}`,
      { where: entry.id, hint: 'Raise `from` of the sample, or use fewer tasks' },
    );
  const root = createSeed(seed);
  const strata = new Map<string, number[]>(
    (sample.by === 'difficulty' ? byDifficulty : environment.templates.map(({ id }) => id)).map((id) => [
      id,
      [],
    ]),
  );
  for (let index = 0; index < sample.from; index++) {
    const task = environment.task(root.child('environment', environment.id), index);
    const stratum = strata.get(task[sample.by]);
    if (stratum) stratum.push(index);
    else strata.set(task[sample.by], [index]);
  }
  const place = root.child('sample', environment.id);
  const orders = [...strata].map(([id, members]) => place.child(id).rng().shuffle(members));
  const turns = Array.from({ length: sample.from }, (_, turn) =>
    orders.flatMap((order) => order[turn] ?? []),
  );
  return turns.flat().slice(0, entry.tasks);
}
