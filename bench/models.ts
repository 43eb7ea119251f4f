import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import type { Plan } from '../src/contracts/experiment.ts';
import { builtInCatalog, extendCatalog } from '../src/experiment/catalog.ts';
import { openCrew } from '../src/experiment/crew/index.ts';
import { createPlan } from '../src/experiment/plan.ts';
import { openRunModels } from '../src/experiment/runModels.ts';
import { runPlan } from '../src/experiment/runner.ts';
import { openStore } from '../src/experiment/store/index.ts';
import { askingAgent, callsPerEpisode } from './askingAgent.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { heapMb } from './memory.ts';

const episodes = 2_000;
const early = 500;
const concurrency = 256;
const callMs = 500;
const leastShare = 0.85;
const mostDelayMs = 100;
const mostGrowth = 1.2;

const catalog = extendCatalog(builtInCatalog(), { agents: [askingAgent] });

function planFor(url: string): Plan {
  return createPlan(
    {
      name: 'bench',
      seed: 'bench',
      partFiles: [fileURLToPath(new URL('askingAgent.js', import.meta.url))],
      environments: [{ id: 'textcraft', tasks: episodes }],
      agents: [askingAgent.id],
      models: [
        {
          id: 'subject',
          provider: 'vllm',
          name: 'slow',
          baseUrl: `${url}/v1`,
          settings: {},
          limits: {},
        },
      ],
      attacks: [null],
      defenses: [{ name: 'none', members: [] }],
      trials: 1,
      era: '2026',
      transport: 'memory',
      limits: { maxCalls: 200, callTimeoutMs: 60_000, episodeTimeoutMs: 600_000 },
    },
    catalog,
  );
}

/** Whole episodes with a model that takes half a second for each call. */
export const models: Benchmark = {
  name: 'models',
  async run() {
    const provider = fork(fileURLToPath(new URL('slowProvider.js', import.meta.url)), [String(callMs)]);
    const [port] = (await once(provider, 'message')) as [number];
    const workspace = await mkdtemp(path.join(tmpdir(), 'safemcp-bench-'));
    const store = await openStore(workspace);
    const plan = planFor(`http://127.0.0.1:${port}`);
    const delay = monitorEventLoopDelay({ resolution: 10 });
    const passed = new Map<number, number>();
    const heap = new Map<number, number>();
    const resident = new Map<number, number>();
    try {
      const { id: runId } = await store.createRun(plan, new Date(0));
      const open = await openRunModels(plan.experiment, { store, runId });
      const started = performance.now();
      const before = process.cpuUsage();
      const crew = openCrew(plan.experiment, { threads: availableParallelism(), models: open });
      delay.enable();
      try {
        await runPlan(plan, {
          store,
          crew,
          runId,
          concurrency,
          signal: new AbortController().signal,
          onProgress({ done }) {
            if (done === concurrency || done === episodes - concurrency) passed.set(done, performance.now());
            if (done !== early && done !== episodes - concurrency) return;
            heap.set(done, heapMb());
            resident.set(done, process.memoryUsage.rss() / 2 ** 20);
          },
        });
      } finally {
        await crew.close();
        await open.close();
      }
      delay.disable();
      const seconds = (performance.now() - started) / 1000;
      const { user, system } = process.cpuUsage(before);
      const middle = (passed.get(episodes - concurrency) ?? 0) - (passed.get(concurrency) ?? 0);
      return figures({
        seconds,
        middleSeconds: middle / 1000,
        cpuMs: (user + system) / 1000,
        delayMs: delay.percentile(99) / 1e6,
        heap,
        resident,
      });
    } finally {
      await store.close();
      provider.disconnect();
      await rm(workspace, { recursive: true, force: true });
    }
  },
};

interface Measured {
  readonly seconds: number;
  /** Without the first and the last episodes, when threads load and fewer are under way. */
  readonly middleSeconds: number;
  /** Of the processors, in all threads of the process. */
  readonly cpuMs: number;
  readonly delayMs: number;
  /** Of the main thread, in MB after so many episodes. */
  readonly heap: ReadonlyMap<number, number>;
  /** Of the whole process. */
  readonly resident: ReadonlyMap<number, number>;
}

function figures({ seconds, middleSeconds, cpuMs, delayMs, heap, resident }: Measured): readonly Figure[] {
  const calls = episodes * callsPerEpisode;
  const rate = { value: calls / seconds, baseline: (concurrency * 1000) / callMs };
  const share = rate.value / rate.baseline;
  const steady = {
    value: ((episodes - 2 * concurrency) * callsPerEpisode) / middleSeconds,
    baseline: rate.baseline,
  };
  const steadyShare = steady.value / steady.baseline;
  // Of processors that do nothing else, for the share of the ideal that is wanted.
  const cpu = {
    value: cpuMs / calls,
    baseline: (availableParallelism() * 1000) / (rate.baseline * leastShare),
  };
  const memory = { value: heap.get(episodes - concurrency) ?? 0, baseline: heap.get(early) ?? 0 };
  const growth = memory.value / memory.baseline;
  const whole = { value: resident.get(episodes - concurrency) ?? 0, baseline: resident.get(early) ?? 0 };
  const wholeGrowth = whole.value / whole.baseline;
  return [
    {
      name: `calls of a model of ${callMs} ms at concurrency ${concurrency}, in whole episodes, against the ideal`,
      unit: 'calls/s',
      ...rate,
      ratio: share,
      target: `ratio >= ${leastShare}`,
      met: share >= leastShare,
    },
    {
      name: `the same without the first and the last ${concurrency} episodes`,
      unit: 'calls/s',
      ...steady,
      ratio: steadyShare,
      target: `ratio >= ${leastShare}`,
      met: steadyShare >= leastShare,
    },
    {
      name: 'processor time of a call and its part of the episode, against what the processors have for it',
      unit: 'ms',
      ...cpu,
      ratio: cpu.value / cpu.baseline,
      target: 'ratio <= 1',
      met: cpu.value <= cpu.baseline,
    },
    {
      name: 'delay of the event loop meanwhile, 99th percentile',
      unit: 'ms',
      value: delayMs,
      baseline: mostDelayMs,
      ratio: delayMs / mostDelayMs,
      target: 'ratio <= 1',
      met: delayMs <= mostDelayMs,
    },
    {
      name: `live heap of the main thread near the end against after ${early} episodes`,
      unit: 'MB',
      ...memory,
      ratio: growth,
      target: `ratio <= ${mostGrowth}`,
      met: growth <= mostGrowth,
    },
    {
      name: `memory of the process near the end against after ${early} episodes`,
      unit: 'MB',
      ...whole,
      ratio: wholeGrowth,
      // Threads fill the memory that Node lets them have; a longer run tells whether it stays flat.
      target: 'none',
      met: true,
    },
  ];
}
