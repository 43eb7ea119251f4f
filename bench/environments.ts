import path from 'node:path';
import type { Environment } from '../src/contracts/environment.ts';
import { createSeed } from '../src/contracts/seed.ts';
import { environments } from '../src/environments/index.ts';
import { builtInCatalog } from '../src/experiment/catalog.ts';
import { defineExperiment } from '../src/experiment/definition/index.ts';
import { runEpisode } from '../src/experiment/episode.ts';
import { createPlan } from '../src/experiment/plan.ts';
import { createWorkFolder } from '../src/experiment/workFolder.ts';
import { type Benchmark, type Figure, time } from './benchmark.ts';

/** Games and catalogs cost more than the rest; milliseconds per world. */
const heavy = new Set(['alfworld', 'webshop']);
const worlds = 100;
const episodes = 20;
const catalog = builtInCatalog();

async function worldCreation(environment: Environment): Promise<Figure> {
  const seed = createSeed('bench').child(environment.id);
  const open = async (index: number): Promise<void> => {
    const folder = createWorkFolder();
    const world = await environment.task(seed, index).open({ workFolder: () => folder.path() });
    await world.close?.();
    await folder.remove();
  };
  // The first one loads what is loaded once per process.
  const first = await time(() => open(0));
  const all = await time(async () => {
    for (let index = 1; index <= worlds; index++) await open(index);
  });
  const most = heavy.has(environment.id) ? 50 : 5;
  const value = all / worlds;
  const target = `value <= ${most} ms`;
  return {
    name: `${environment.id}: task and world`,
    value,
    unit: 'ms',
    baseline: first,
    ratio: value / first,
    target,
    met: value <= most,
  };
}

async function episodesPerSecond(environment: Environment): Promise<Figure> {
  const input = {
    name: 'bench',
    environments: [environment.id],
    tasks: episodes,
    agents: ['scripted/faithful'],
  };
  const { experiment } = defineExperiment(input, catalog);
  const plan = createPlan(experiment, catalog);
  const signal = new AbortController().signal;
  const milliseconds = await time(async () => {
    for (const planned of plan.episodes) await runEpisode(planned, { experiment, catalog, signal });
  });
  const value = (1000 * plan.episodes.length) / milliseconds;
  return {
    name: `${environment.id}: scripted episodes`,
    value,
    unit: '1/s',
    baseline: value,
    ratio: 1,
    target: 'none',
    met: true,
  };
}

async function verifySpeed(environment: Environment, recordings: string): Promise<readonly Figure[]> {
  if (!environment.verify) return [];
  const folder = path.join(recordings, folderOf(environment));
  let steps = 0;
  const milliseconds = await time(async () => {
    steps = (await environment.verify?.(folder))?.steps ?? 0;
  });
  const value = (1000 * steps) / milliseconds;
  return [
    {
      name: `${environment.id}: verified steps`,
      value,
      unit: '1/s',
      baseline: value,
      ratio: 1,
      target: 'none',
      met: true,
    },
  ];
}

/** The tool environments share a folder of recordings. */
function folderOf({ id }: Environment): string {
  return ['academia', 'movie', 'sheet', 'todo', 'weather'].includes(id) ? 'tool' : id;
}

/** World creation and scripted episodes of every environment; with `--recordings=DIR` also the speed of `verify`. */
export const perEnvironment: Benchmark = {
  name: 'environments',
  async run() {
    const recordings = process.argv
      .find((argument) => argument.startsWith('--recordings='))
      ?.slice('--recordings='.length);
    const figures: Figure[] = [];
    for (const environment of environments) {
      figures.push(await worldCreation(environment), await episodesPerSecond(environment));
      if (recordings !== undefined) figures.push(...(await verifySpeed(environment, recordings)));
    }
    return figures;
  },
};
