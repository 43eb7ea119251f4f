import { composeAttack } from '../../src/attacks/compose.ts';
import { carriers, goals, vectors } from '../../src/attacks/index.ts';
import type { Carrier, Goal, Payload, Vector } from '../../src/contracts/attack.ts';
import type { Environment } from '../../src/contracts/environment.ts';
import { isImpossible } from '../../src/contracts/goal.ts';
import type { Seed } from '../../src/contracts/seed.ts';
import { createWorkFolder } from '../../src/experiment/workFolder.ts';

/** A payload of the attack library, as it would be sent in one world. */
export interface Rendered {
  readonly carrier: string;
  readonly goal: string;
  readonly payload: Payload;
}

/** The payloads of every carrier with every goal in worlds of `environment`; each pair once per task. */
export async function payloadsOf(
  environment: Environment,
  { tasks, seed }: { readonly tasks: number; readonly seed: Seed },
): Promise<readonly Rendered[]> {
  const rendered: Rendered[] = [];
  const seats = seatsIn(environment);
  for (let index = 0; index < tasks; index++) {
    const folder = createWorkFolder();
    const task = environment.task(seed.child('environment'), index);
    const world = await task.open({ workFolder: () => folder.path() });
    try {
      for (const [goal, vector] of seats)
        for (const carrier of carriers) {
          if (!fits(carrier, vector)) continue;
          const scope = { environment, task, world, seed: seed.child('attack', index) };
          const attack = await composeAttack({ vector, carrier, goal }, scope);
          if (!isImpossible(attack))
            rendered.push({ carrier: carrier.id, goal: goal.id, payload: attack.payload });
        }
    } finally {
      await world.close?.();
      await folder.remove();
    }
  }
  return rendered;
}

/** For each goal that exists in the environment the first vector, one with several places if there is one. */
function seatsIn(environment: Environment): ReadonlyMap<Goal, Vector> {
  const usable = vectors.filter(
    (vector) => !vector.actsAlone && !isImpossible(vector.compatible(environment)),
  );
  const ordered = [...usable.filter(({ places }) => places === 'several'), ...usable];
  const seats = new Map<Goal, Vector>();
  for (const goal of goals) {
    const vector = ordered.find((each) => !isImpossible(goal.compatible(environment, each)));
    if (vector) seats.set(goal, vector);
  }
  return seats;
}

function fits({ readability }: Carrier, { places }: Vector): boolean {
  return readability !== 'split' || places === 'several';
}
