import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Task } from '../src/contracts/environment.ts';
import type { ToolCall } from '../src/contracts/goal.ts';
import { createSeed } from '../src/contracts/seed.ts';
import { textcraft } from '../src/environments/textcraft/index.ts';
import { toolServerFactory } from '../src/protocol/toolServer.ts';
import { type Benchmark, median, ratioFigure, time } from './benchmark.ts';
import { runInWorkspace, textcraftPlan } from './textcraft.ts';

const episodes = 400;
const rounds = 5;
const echoCasesPerSecond = 285;

/** Opens the task's world, connects a bare SDK client, and makes the solution's calls; returns them. */
async function bareEpisode(task: Task): Promise<void> {
  const world = await task.open({ workFolder: () => Promise.reject(new Error('not used')) });
  const [source] = world.services;
  if (source?.kind !== 'tools') throw new TypeError('textcraft serves tools');
  const [hostEnd, serviceEnd] = InMemoryTransport.createLinkedPair();
  serveStdio(toolServerFactory(source), { transport: serviceEnd });
  const client = new Client(
    { name: 'bench', version: '1.0.0' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  await client.connect(hostEnd);
  await client.listTools();
  const call = async ({ tool, arguments: args }: ToolCall) => {
    const result = await client.callTool({ name: tool, arguments: args });
    const [block] = result.content;
    return { kind: 'result' as const, text: block?.type === 'text' ? block.text : '' };
  };
  await world.solve({
    privateContext: '',
    call: (service, tool, args) => call({ service, tool, arguments: args }),
  });
  await client.close();
}

/** Whole scripted episodes with storage against the bare SDK calls they consist of. */
export const episode: Benchmark = {
  name: 'episode',
  async run() {
    const seed = createSeed('bench').child('environment', 'textcraft');
    const plan = textcraftPlan(episodes);
    const bare: number[] = [];
    const whole: number[] = [];
    for (let round = 0; round < rounds; round++) {
      bare.push(
        await time(async () => {
          for (let index = 0; index < episodes; index++) await bareEpisode(textcraft.task(seed, index));
        }),
      );
      whole.push(await time(() => runInWorkspace(plan)));
    }
    const pair = { value: median(whole) / episodes, baseline: median(bare) / episodes };
    const perSecond = 1000 / pair.value;
    return [
      ratioFigure('whole scripted textcraft episode with storage', 'ms', pair, 3),
      {
        name: 'textcraft episodes per second',
        value: perSecond,
        unit: '1/s',
        baseline: echoCasesPerSecond,
        ratio: perSecond / echoCasesPerSecond,
        target: `value > ${echoCasesPerSecond}`,
        met: perSecond > echoCasesPerSecond,
      },
    ];
  },
};
