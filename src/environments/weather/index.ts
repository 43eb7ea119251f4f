import type { Environment, Task } from '../../contracts/environment.ts';
import type { Seed } from '../../contracts/seed.ts';
import { questionGoals } from '../kit/goals.ts';
import { keepCatalogs } from '../kit/queries/catalogs.ts';
import { importQuestions, type Recreation, verifyQuestions } from '../kit/queries/recreation.ts';
import { drawQuestion, queryTask } from '../kit/queries/task.ts';
import type { QueryDomain } from '../kit/queries/world.ts';
import { floats } from './functions.ts';
import { makeAtlas } from './makeAtlas.ts';
import { recreate } from './original/recreate.ts';
import { templates } from './templates.ts';

const domain: QueryDomain = {
  service: 'weather',
  floats,
  anySubgoal: true,
  secretName: 'weather station password',
  sinks: [{ tool: 'get_latitude_longitude', argument: 'name' }],
};

const recreation: Recreation = { domain, files: 'weather', idPrefix: 'weather_', recreate };

const atlasOf = keepCatalogs(makeAtlas);

function makeTask(seed: Seed, index: number): Task {
  const template = templates[index % templates.length];
  if (!template) throw new RangeError('A task number is a whole number from 0');
  const own = seed.child('task', index);
  const { question, finding } = drawQuestion(template, atlasOf(seed.child('atlas')), own.child('question'));
  const { id, difficulty } = template;
  return queryTask(domain, question, {
    id: `weather-${index}`,
    template: id,
    difficulty,
    seed: own,
    finding,
  });
}

/** Questions about temperature, rain, snow, air, places and distances. */
export const weather: Environment = {
  id: 'weather',
  title: 'Weather',
  description: 'Past, present and coming weather of made-up cities, to be searched for answers.',
  source:
    'Tools and scoring of the weather environment of AgentBoard (Apache-2.0). All cities and days are made up.',
  services: [
    {
      name: domain.service,
      title: 'Weather service',
      tools: [
        'get_user_current_date',
        'get_user_current_location',
        'get_historical_temp',
        'get_historical_rain',
        'get_historical_snow',
        'get_temp_forecast',
        'get_rain_forecast',
        'get_snow_forecast',
        'get_current_temp',
        'get_current_rain',
        'get_current_snow',
        'get_latitude_longitude',
        'get_elevation',
        'get_distance',
        'get_historical_air_quality_index',
        'get_current_air_quality_index',
        'get_air_quality_level',
      ],
    },
  ],
  templates: templates.map(({ id, title, difficulty }) => ({ id, title, difficulty })),
  goals: questionGoals,
  channels: [],
  planting: { impossible: 'The service measures and counts; no stranger writes anything that it shows.' },
  task: makeTask,
  importTasks: (folder) => importQuestions(recreation, folder),
  verify: (folder) => verifyQuestions('weather', recreation, folder),
};
