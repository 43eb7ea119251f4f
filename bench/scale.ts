import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { builtInCatalog } from '../src/experiment/catalog.ts';
import { defineExperiment } from '../src/experiment/definition/index.ts';
import { createPlan } from '../src/experiment/plan.ts';
import { runPlan } from '../src/experiment/runner.ts';
import { openStore } from '../src/experiment/store/index.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { looks } from './looks.ts';
import { heapMb } from './memory.ts';

const usualEpisodes = 100_000;
/** Planned, for as many as are asked for. */
const tasksPerEpisode = 195 / 100_000;
const mostGrowth = 1.2;
/** Half an hour for all of them. */
const leastPerSecond = 55;
const most = { residentMb: 1_000, episodeKb: 4 };

/**
 * A run of 100,000 scripted episodes, attacked and defended: its speed, memory and size, and how fast it is looked at.
 * `--episodes=N` makes a smaller one.
 */
export const scale: Benchmark = {
  name: 'scale',
  async run() {
    if (!globalThis.gc) throw new Error('The scale benchmark needs node --expose-gc');
    const option = process.argv.find((argument) => argument.startsWith('--episodes='));
    const episodes = Number(option?.slice('--episodes='.length) ?? usualEpisodes);
    const workspace = await mkdtemp(path.join(tmpdir(), 'safemcp-scale-'));
    try {
      const filled = await fill(workspace, episodes);
      const file = await stat(path.join(workspace, 'safemcp.db'));
      return [
        ...filled,
        bounded(
          'workspace per stored episode',
          { value: file.size / episodes / 1024, unit: 'KB' },
          most.episodeKb,
        ),
        ...looks(workspace, `${episodes} episodes`).map(({ name, value, unit, bound }) =>
          bounded(name, { value, unit }, bound),
        ),
      ];
    } finally {
      await rm(workspace, { recursive: true, force: true });
    }
  },
};

/** Runs the episodes: speed, the largest resident set, and live heap at the end against a tenth of the way. */
async function fill(workspace: string, episodes: number): Promise<Figure[]> {
  const { experiment, catalog } = defineExperiment(
    {
      name: 'scale',
      environments: ['textcraft', 'todo', 'movie', 'academia', 'weather'],
      tasks: Math.ceil(episodes * tasksPerEpisode) + 1,
      agents: ['scripted/hijacked', 'scripted/faithful'],
      attacks: [{ preset: 'quick' }],
      defenses: ['pinning', 'phrase-detector', 'spotlighting'],
      limits: { maxCalls: 100 },
    },
    builtInCatalog(),
  );
  const plan = createPlan(experiment, catalog);
  if (plan.episodes.length < episodes) throw new Error(`The plan has ${plan.episodes.length} episodes only`);
  const step = Math.ceil(episodes / 10);
  const store = await openStore(workspace);
  const heap: number[] = [];
  let invalid = 0;
  const started = performance.now();
  try {
    const { id } = await store.createRun(plan, new Date(0));
    await runPlan(plan, {
      catalog,
      store,
      runId: id,
      concurrency: 4,
      limit: episodes,
      signal: new AbortController().signal,
      onProgress: ({ done, status }) => {
        if (status !== 'completed' && status !== 'limit') invalid++;
        if (done % step === 0 || done === episodes) heap.push(heapMb());
        if (done % step === 0)
          console.error(`${done} episodes, ${seconds(started)} s, live heap ${heap.at(-1)?.toFixed(1)} MB`);
      },
    });
  } finally {
    await store.close();
  }
  return [
    speedFigure(episodes / seconds(started)),
    bounded('invalid episodes', { value: invalid, unit: 'episodes' }, 0),
    growthFigure(episodes, heap),
    bounded(
      'largest resident set of the run',
      { value: process.resourceUsage().maxRSS / 1024, unit: 'MB' },
      most.residentMb,
    ),
  ];
}

function seconds(since: number): number {
  return Math.round(performance.now() - since) / 1000;
}

function speedFigure(value: number): Figure {
  return {
    name: 'episodes per second, with storage',
    value,
    unit: '/s',
    baseline: leastPerSecond,
    ratio: value / leastPerSecond,
    target: `value >= ${leastPerSecond}`,
    met: value >= leastPerSecond,
  };
}

function growthFigure(episodes: number, heap: readonly number[]): Figure {
  const [value, baseline] = [heap.at(-1) ?? 0, heap[0] ?? 0];
  const ratio = value / baseline;
  return {
    name: `live heap after ${episodes} episodes against after a tenth of them`,
    value,
    unit: 'MB',
    baseline,
    ratio,
    target: `ratio <= ${mostGrowth}`,
    met: ratio <= mostGrowth,
  };
}

/** A figure whose baseline is its bound. */
function bounded(
  name: string,
  { value, unit }: { readonly value: number; readonly unit: string },
  bound: number,
): Figure {
  const ratio = bound === 0 ? value : value / bound;
  return { name, value, unit, baseline: bound, ratio, target: `value <= ${bound}`, met: value <= bound };
}
