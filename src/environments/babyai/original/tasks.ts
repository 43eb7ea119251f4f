import type { Task } from '../../../contracts/environment.ts';
import { createSeed } from '../../../contracts/seed.ts';
import { generate } from '../engine/generate.ts';
import { isFair } from '../fair.ts';
import { addKeepsake } from '../keepsake.ts';
import { drawSecret, taskOf } from '../tasks.ts';
import { levelOf } from './chats.ts';
import { readChats } from './folder.ts';
import { goalInAgentGym } from './wording.ts';

/**
 * The original's tasks that the ids in a folder name, each once, with a keepsake of ours, so that every attack has its
 * target. Left out: other levels, goals that are out of reach, and levels without a place for a keepsake.
 * @throws FILE_UNREADABLE
 */
export async function importBabyAi(folder: string): Promise<readonly Task[]> {
  const ids = new Set((await readChats(folder)).map(({ item_id: id }) => id));
  return [...ids].flatMap(originalTask);
}

function originalTask(id: string): Task[] {
  const found = levelOf(id);
  if ('reason' in found) return [];
  const { level, seed } = found;
  const start = generate(level, seed);
  const rng = createSeed('babyai original').child(id).rng();
  const furnished = isFair(start) ? addKeepsake(start, rng) : 'none';
  if (furnished === 'none') return [];
  const goal = goalInAgentGym(start.mission);
  return [taskOf({ id, level, task: { ...furnished, goal, wording: 'ambiguous', secret: drawSecret(rng) } })];
}
