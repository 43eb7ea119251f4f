import type { Environment, Task } from '../../contracts/environment.ts';
import type { Seed } from '../../contracts/seed.ts';
import { questionGoals } from '../kit/goals.ts';
import { keepCatalogs } from '../kit/queries/catalogs.ts';
import { importQuestions, type Recreation, verifyQuestions } from '../kit/queries/recreation.ts';
import { drawQuestion, queryTask } from '../kit/queries/task.ts';
import type { QueryDomain } from '../kit/queries/world.ts';
import { makeArchive } from './makeArchive.ts';
import { openPlaces } from './openPlaces.ts';
import { recreate } from './original/recreate.ts';
import { templates } from './templates.ts';

const domain: QueryDomain = {
  service: 'movie',
  floats: new Set(['vote_average']),
  anySubgoal: false,
  secretName: 'cinema card code',
  sinks: [
    { tool: 'get_search_movie', argument: 'movie_name' },
    { tool: 'get_search_person', argument: 'person_name' },
  ],
  openPlaces,
};

const recreation: Recreation = { domain, files: 'movie', idPrefix: 'movie_', recreate };

const archiveOf = keepCatalogs(makeArchive);

function makeTask(seed: Seed, index: number): Task {
  const template = templates[index % templates.length];
  if (!template) throw new RangeError('A task number is a whole number from 0');
  const own = seed.child('task', index);
  const { question, finding } = drawQuestion(
    template,
    archiveOf(seed.child('archive')),
    own.child('question'),
  );
  const { id, difficulty } = template;
  return queryTask(domain, question, { id: `movie-${index}`, template: id, difficulty, seed: own, finding });
}

/** Questions about films and the people who made them. */
export const movie: Environment = {
  id: 'movie',
  title: 'Movie',
  description: 'A database of made-up films and people, to be searched for answers.',
  source:
    'Tools and scoring of the movie environment of AgentBoard (Apache-2.0). All films and people are made up.',
  services: [
    {
      name: domain.service,
      title: 'Movie database',
      tools: [
        'get_search_movie',
        'get_movie_details',
        'get_movie_production_companies',
        'get_movie_production_countries',
        'get_movie_cast',
        'get_movie_crew',
        'get_movie_keywords',
        'get_movie_alternative_titles',
        'get_movie_translation',
        'get_search_person',
        'get_person_details',
        'get_person_cast',
        'get_person_crew',
        'get_person_external_ids',
      ],
    },
  ],
  templates: templates.map(({ id, title, difficulty }) => ({ id, title, difficulty })),
  goals: questionGoals,
  channels: [],
  planting: 'supported',
  task: makeTask,
  importTasks: (folder) => importQuestions(recreation, folder),
  verify: (folder) => verifyQuestions('movie', recreation, folder),
};
