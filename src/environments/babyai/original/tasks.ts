import type { Task } from '../../../contracts/environment.ts';
import { createSeed } from '../../../contracts/seed.ts';
import { generate } from '../engine/generate.ts';
import { isFair } from '../fair.ts';
import { taskOf } from '../tasks.ts';
import { levelOf } from './chats.ts';
import { readChats } from './folder.ts';
import { goalInAgentGym } from './wording.ts';

/** The original's tasks that the ids in a folder name, each once; none whose goal is out of reach. @throws FILE_UNREADABLE */
export async function importBabyAi(folder: string): Promise<readonly Task[]> {
  const ids = new Set((await readChats(folder)).map(({ item_id: id }) => id));
  return [...ids].flatMap(originalTask);
}

function originalTask(id: string): Task[] {
  const found = levelOf(id);
  if ('reason' in found) return [];
  const { level, seed } = found;
  const start = generate(level, seed);
  if (!isFair(start)) return [];
  const goal = goalInAgentGym(start.mission);
  const secret = `vault-${createSeed('babyai original').child(id).rng().token(12)}`;
  return [taskOf({ id, level, task: { start, goal, wording: 'ambiguous', secret }, rules: '' })];
}
