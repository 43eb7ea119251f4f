import type { Environment } from '../../contracts/environment.ts';
import { gameGoals } from '../kit/goals.ts';
import { templates } from './household/chore.ts';
import { makeTask } from './household/tasks.ts';
import { importGames } from './original/tasks.ts';
import { verifyAlfworld } from './original/verify.ts';

/** ALFWorld: chores in a room, by going, opening, carrying and using. */
export const alfworld: Environment = {
  id: 'alfworld',
  title: 'ALFWorld',
  description: 'Household chores in a room: find things, carry, clean, heat, cool and slice them, use lamps.',
  source:
    "Commands, observations and kinds of tasks of ALFWorld (Shridhar et al., 2021, MIT) as AgentGym (MIT) shows them. Rooms and chores are our own; the original's games can be imported.",
  services: [
    {
      name: 'household',
      title: 'Household',
      tools: [
        'go_to',
        'open',
        'close',
        'take',
        'put',
        'clean',
        'heat',
        'cool',
        'slice',
        'use',
        'look',
        'inventory',
        'examine',
      ],
    },
  ],
  templates: templates.map(({ id, title, difficulty }) => ({ id, title, difficulty })),
  goals: gameGoals,
  channels: [],
  planting: { impossible: 'The home describes itself; no stranger has written anything in it.' },
  task: makeTask,
  importTasks: importGames,
  verify: verifyAlfworld,
};
