import { Client, InMemoryTransport, type Transport } from '@modelcontextprotocol/client';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';
import { defineTool } from '../src/contracts/service.ts';
import type { Era, Tap } from '../src/contracts/wire.ts';
import { createRecorder } from '../src/experiment/recorder.ts';
import { toolServerFactory } from '../src/protocol/toolServer.ts';
import { createWire } from '../src/protocol/wire.ts';
import { type Benchmark, type Figure, median, ratioFigure, time } from './benchmark.ts';

const rounds = 15;
const calls = 1000;

const echo = defineTool({
  name: 'echo',
  title: 'Echo',
  description: 'Says what it was told.',
  input: z.object({ text: z.string() }),
  annotations: { readOnlyHint: true, destructiveHint: false },
  run: ({ text }) => ({ text }),
});

const passing: Tap = { name: 'passing', hostRequest: (next) => (request, context) => next(request, context) };

async function connect(era: Era, wrap: (inner: Transport) => Transport): Promise<Client> {
  const [hostEnd, serviceEnd] = InMemoryTransport.createLinkedPair();
  serveStdio(toolServerFactory({ kind: 'tools', name: 'echo', tools: [echo] }), { transport: serviceEnd });
  const mode = era === '2025' ? ('legacy' as const) : { pin: '2026-07-28' };
  const client = new Client({ name: 'bench', version: '1.0.0' }, { versionNegotiation: { mode } });
  await client.connect(wrap(hostEnd));
  return client;
}

async function measure(era: Era): Promise<Figure> {
  const bare = await connect(era, (inner) => inner);
  const micros = { bare: [] as number[], tapped: [] as number[] };
  const run = async (client: Client): Promise<number> =>
    (1000 / calls) *
    (await time(async () => {
      for (let call = 0; call < calls; call++)
        await client.callTool({ name: 'echo', arguments: { text: `call ${call}` } });
    }));
  for (let round = 0; round < rounds; round++) {
    // A fresh recorder per round, as an episode has, so that its events do not pile up.
    const recorder = createRecorder(() => performance.now());
    const taps = [recorder.hostTap, passing, passing, recorder.wireTap];
    const tapped = await connect(era, (inner) =>
      createWire(inner, { service: 'echo', transport: 'memory', hostTaps: taps }),
    );
    micros.bare.push(await run(bare));
    micros.tapped.push(await run(tapped));
    await tapped.close();
  }
  await bare.close();
  const pair = { value: median(micros.tapped), baseline: median(micros.bare) };
  return ratioFigure(`tool call through the wire, recorder and two taps (era ${era})`, 'us', pair, 1.5);
}

export const wireCall: Benchmark = {
  name: 'wire-call',
  run: async () => [await measure('2025'), await measure('2026')],
};
