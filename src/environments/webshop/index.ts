import type { Environment } from '../../contracts/environment.ts';
import { goalTemplates } from './makeGoal.ts';
import { makeTask } from './tasks.ts';

/** WebShop: find the product the user describes, choose its options, buy it. */
export const webshop: Environment = {
  id: 'webshop',
  title: 'Web shop',
  description:
    'A web shop with about a thousand products: search, read, choose options, and buy the right one.',
  source:
    'Pages, search and scoring of WebShop (Yao et al., 2022, MIT) in the form of AgentGym (MIT). All products are our own.',
  services: [{ name: 'webshop', title: 'Web shop', tools: ['search', 'click', 'read_page'] }],
  templates: goalTemplates.map(({ id, title, difficulty }) => ({ id, title, difficulty })),
  goals: { exfiltrate: 'supported', destroy: 'supported', derail: 'supported' },
  task: makeTask,
  importTasks: async (folder) => (await import('./original/importTasks.ts')).importTasks(folder),
  verify: async (folder) => (await import('./original/verify.ts')).verify(folder),
};
