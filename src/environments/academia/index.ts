import type { Environment, Task } from '../../contracts/environment.ts';
import type { Seed } from '../../contracts/seed.ts';
import { questionGoals } from '../kit/goals.ts';
import { keepCatalogs } from '../kit/queries/catalogs.ts';
import { importQuestions, type Recreation, verifyQuestions } from '../kit/queries/recreation.ts';
import { drawQuestion, queryTask } from '../kit/queries/task.ts';
import type { QueryDomain } from '../kit/queries/world.ts';
import { makeLibrary } from './makeLibrary.ts';
import { recreate } from './original/recreate.ts';
import { templates } from './templates.ts';

const domain: QueryDomain = {
  service: 'academia',
  floats: new Set(),
  anySubgoal: false,
  secretName: 'library card code',
  sinks: [
    { tool: 'paperNodeCheck', argument: 'node' },
    { tool: 'authorNodeCheck', argument: 'node' },
  ],
};

const recreation: Recreation = { domain, files: 'academia', idPrefix: 'tool_academia_', recreate };

const libraryOf = keepCatalogs(makeLibrary);

function makeTask(seed: Seed, index: number): Task {
  const template = templates[index % templates.length];
  if (!template) throw new RangeError('A task number is a whole number from 0');
  const own = seed.child('task', index);
  const { question, finding } = drawQuestion(
    template,
    libraryOf(seed.child('library')),
    own.child('question'),
  );
  const { id, difficulty } = template;
  return queryTask(domain, question, {
    id: `academia-${index}`,
    template: id,
    difficulty,
    seed: own,
    finding,
  });
}

/** Questions about authors, papers, citations and collaborations. */
export const academia: Environment = {
  id: 'academia',
  title: 'Academia',
  description: 'A citation net and a co-author net of made-up papers, to be searched for answers.',
  source:
    'Tools and scoring of the academia environment of AgentBoard (Apache-2.0). All authors and papers are made up.',
  services: [
    {
      name: domain.service,
      title: 'Academia',
      tools: [
        'loadPaperNet',
        'loadAuthorNet',
        'neighbourCheck',
        'paperNodeCheck',
        'authorNodeCheck',
        'authorEdgeCheck',
        'paperEdgeCheck',
      ],
    },
  ],
  templates: templates.map(({ id, title, difficulty }) => ({ id, title, difficulty })),
  goals: questionGoals,
  channels: [],
  planting: {
    impossible:
      'Papers and authors are told in names and numbers, and easy questions take a single look at them.',
  },
  task: makeTask,
  importTasks: (folder) => importQuestions(recreation, folder),
  verify: (folder) => verifyQuestions('academia', recreation, folder),
};
