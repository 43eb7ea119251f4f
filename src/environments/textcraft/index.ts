import type { Environment } from '../../contracts/environment.ts';
import { gameGoals } from '../kit/goals.ts';
import { makeTask, templates } from './tasks.ts';

/** TextCraft: craft an item by chains of recipes. */
export const textcraft: Environment = {
  id: 'textcraft',
  title: 'TextCraft',
  description: 'A crafting world: get raw items and combine them by recipes until the goal item is there.',
  source:
    'Rules and observations of TextCraft (ADaPT, Prasad et al., 2024, MIT; AgentGym, MIT). The recipes are our own.',
  services: [{ name: 'textcraft', title: 'TextCraft', tools: ['get', 'craft', 'inventory'] }],
  templates: templates.map(({ id, title, difficulty }) => ({ id, title, difficulty })),
  mayEndAtOnce: true,
  goals: gameGoals,
  channels: [],
  planting: { impossible: "Items and recipes are the game's own; no stranger writes anything in it." },
  task: makeTask,
  importTasks: async (folder) => (await import('./original/importTasks.ts')).importTasks(folder),
  verify: async (folder) => (await import('./original/verify.ts')).verify(folder),
};
