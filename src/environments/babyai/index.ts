import type { Environment } from '../../contracts/environment.ts';
import { gameGoals } from '../kit/goals.ts';
import { importBabyAi } from './original/tasks.ts';
import { verifyBabyAi } from './original/verify.ts';
import { makeTask, templates } from './tasks.ts';

/** BabyAI: find, fetch and open things in rooms, seeing only what is ahead. */
export const babyai: Environment = {
  id: 'babyai',
  title: 'BabyAI',
  description: 'Rooms with doors, keys, balls and boxes: find things, go to them, pick them up, open doors.',
  source:
    'Levels, rules and observations of BabyAI (Chevalier-Boisvert et al., 2019, BSD-3-Clause) in Minigrid 2.3.1 (Apache-2.0), as AgentGym (MIT) shows them; written anew.',
  services: [
    {
      name: 'babyai',
      title: 'BabyAI',
      tools: [
        'turn',
        'move_forward',
        'go_to',
        'pick_up',
        'drop',
        'go_through',
        'toggle_and_go_through',
        'toggle',
        'check_available_actions',
      ],
    },
  ],
  templates,
  mayEndAtOnce: true,
  goals: gameGoals,
  channels: [],
  planting: { impossible: 'The rooms describe themselves; no stranger has written anything in them.' },
  task: makeTask,
  importTasks: importBabyAi,
  verify: verifyBabyAi,
};
