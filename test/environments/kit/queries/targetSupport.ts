import type { Task } from '../../../../src/contracts/environment.ts';
import { openStage, type Stage } from '../../../support/actor.ts';

/** Where services only answer, the attacker's other task is a look-up too, so look-ups count as calls with an effect. */
export async function openLookups(task: Task): Promise<Stage> {
  return { ...(await openStage(task)), ownTools: [] };
}
