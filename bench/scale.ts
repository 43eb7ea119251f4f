import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { builtInCatalog } from '../src/experiment/catalog.ts';
import { defineExperiment } from '../src/experiment/definition/index.ts';
import { createPlan } from '../src/experiment/plan.ts';
import { runPlan } from '../src/experiment/runner.ts';
import { openStore } from '../src/experiment/store/index.ts';
import type { Benchmark, Figure } from './benchmark.ts';

const episodes = 100_000;
const early = 5_000;
const mostGrowth = 1.2;
const most = { reportMs: 5_000, reportMb: 300, lookMs: 1_000, episodeKb: 4 };

/** A run of 100,000 scripted episodes, attacked and defended: its memory, its size, and how fast it is looked at. */
export const scale: Benchmark = {
  name: 'scale',
  async run() {
    const workspace = await mkdtemp(path.join(tmpdir(), 'safemcp-scale-'));
    try {
      const heap = await fill(workspace);
      const file = await stat(path.join(workspace, 'safemcp.db'));
      return [heap, sizeFigure(file.size), ...looks(workspace)];
    } finally {
      await rm(workspace, { recursive: true, force: true });
    }
  },
};

/** Runs the episodes; live heap at the end against early on. */
async function fill(workspace: string): Promise<Figure> {
  const { experiment, catalog } = defineExperiment(
    {
      name: 'scale',
      environments: ['textcraft', 'todo', 'weather', 'movie', 'bank'],
      tasks: 170,
      agents: ['scripted/hijacked', 'scripted/faithful'],
      attacks: [{ preset: 'quick' }],
      defenses: ['pinning', 'phrase-detector', 'spotlighting'],
      limits: { maxCalls: 100 },
    },
    builtInCatalog(),
  );
  const plan = createPlan(experiment, catalog);
  const store = await openStore(workspace);
  const heap = new Map<number, number>();
  try {
    const { id } = await store.createRun(plan, new Date(0));
    await runPlan(plan, {
      catalog,
      store,
      runId: id,
      concurrency: 4,
      limit: episodes,
      signal: new AbortController().signal,
      onProgress: ({ done }) => {
        if (done === early || done === episodes) heap.set(done, heapMb());
      },
    });
  } finally {
    await store.close();
  }
  const [value, baseline] = [heap.get(episodes) ?? Number.POSITIVE_INFINITY, heap.get(early) ?? 1];
  const ratio = value / baseline;
  return {
    name: `live heap after ${episodes} stored episodes`,
    value,
    unit: 'MB',
    baseline,
    ratio,
    target: `ratio <= ${mostGrowth}`,
    met: ratio <= mostGrowth,
  };
}

function heapMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

function sizeFigure(bytes: number): Figure {
  return bounded('workspace per stored episode', bytes / episodes / 1024, 'KB', most.episodeKb);
}

/** Times commands of the built product on the workspace. */
function looks(workspace: string): Figure[] {
  const report = command(workspace, 'report', '--json');
  const id = (command(workspace, 'episodes', '--json', '--limit', '1').output.match(/"id":"(\w+)"/) ?? [])[1];
  const list = command(workspace, 'episodes', '--stage', 'achieved', '--defense', 'pinning');
  const show = command(workspace, 'show', id ?? 'none');
  return [
    bounded(`report on ${episodes} episodes`, report.milliseconds, 'ms', most.reportMs),
    bounded(`memory of report on ${episodes} episodes`, report.megabytes, 'MB', most.reportMb),
    bounded('runs', command(workspace, 'runs').milliseconds, 'ms', most.lookMs),
    bounded('episodes, filtered', list.milliseconds, 'ms', most.lookMs),
    bounded('show one trace', show.milliseconds, 'ms', most.lookMs),
  ];
}

interface Looked {
  readonly milliseconds: number;
  /** Largest resident set. */
  readonly megabytes: number;
  readonly output: string;
}

const tellMemory =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("\\nmaxRSS "+process.resourceUsage().maxRSS))';

function command(workspace: string, ...args: string[]): Looked {
  const main = path.resolve('dist/cli/main.js');
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', tellMemory, main, ...args, '--workspace', workspace],
    { encoding: 'utf8', maxBuffer: 1e9 },
  );
  const milliseconds = performance.now() - started;
  if (status !== 0) throw new Error(`safemcp ${args.join(' ')} failed: ${stderr}`);
  return { milliseconds, megabytes: Number(/maxRSS (\d+)/.exec(stderr)?.[1]) / 1024, output: stdout };
}

/** A figure whose baseline is its bound. */
function bounded(name: string, value: number, unit: string, bound: number): Figure {
  const target = `value <= ${bound}`;
  return { name, value, unit, baseline: bound, ratio: value / bound, target, met: value <= bound };
}
