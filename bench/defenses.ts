import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';
import type { DefenseChoice } from '../src/contracts/experiment.ts';
import { createSeed } from '../src/contracts/seed.ts';
import { defineTool } from '../src/contracts/service.ts';
import type { Tap } from '../src/contracts/wire.ts';
import { createDefenseSet } from '../src/defenses/compose.ts';
import { defenses as allDefenses } from '../src/defenses/index.ts';
import { stackName, stacks } from '../src/defenses/stacks.ts';
import { toolServerFactory } from '../src/protocol/toolServer.ts';
import { createWire, defaultWireLimits } from '../src/protocol/wire.ts';
import { type Benchmark, type Figure, median, time } from './benchmark.ts';

/**
 * Messages, the exchanges that count, and those before them: what is measured is a process that has run for a while, as
 * that of an experiment or a gateway has, and not how the engine compiles.
 */
const sizes = [
  { kilobytes: 1, calls: 400, warmUp: 300 },
  { kilobytes: 10, calls: 400, warmUp: 300 },
  { kilobytes: 100, calls: 50, warmUp: 20 },
  { kilobytes: 1000, calls: 9, warmUp: 3 },
];
/** Many big messages on one wire. */
const limits = { ...defaultWireLimits, maxServiceSize: 1_000_000_000 };
const mostMs = 1;
/** A tenfold message may take this many times as long. */
const mostGrowth = 15;
const megabyte = 1e6;

const words =
  'the meeting report for our quarter invoice shipment customer was filed by team lead and reviewed before delivery office budget notes vendor'.split(
    ' ',
  );

/** Plain prose with some names and numbers, as a service may return it; no two of the same length are alike. */
function createTexts(): (length: number) => string {
  const rng = createSeed('bench').child('defenses').rng();
  let made = 0;
  return (length) => {
    const from = rng.int(0, prose.length - length - 1);
    return `${made++} ${prose.slice(from, from + length)}`.slice(0, length);
  };
}

const prose = makeProse(1_500_000);

function makeProse(length: number): string {
  const rng = createSeed('bench').child('prose').rng();
  const pieces: string[] = [];
  for (let sofar = 0; sofar < length; ) {
    const piece = rng.chance(0.04) ? `INV-${rng.int(1000, 999_999)}.\n` : rng.pick(words);
    pieces.push(piece);
    sofar += piece.length + 1;
  }
  return pieces.join(' ');
}

interface Subject {
  readonly name: string;
  readonly isStack: boolean;
  readonly members: readonly DefenseChoice[];
}

/** Limits under which the big messages of this benchmark pass. */
const roomy = {
  messageSize: 100_000_000,
  totalSize: 1_000_000_000,
  calls: 10_000,
  callsPerTool: 10_000,
  equalCalls: 10_000,
};
const withRoom = (choice: DefenseChoice): DefenseChoice =>
  choice.id === 'budget' ? { ...choice, parameters: roomy } : choice;

const subjects: readonly Subject[] = [
  ...allDefenses
    .filter(({ needsModel }) => needsModel !== true)
    .map(({ id, modes }): Subject => {
      const mode = modes.includes('enforce') ? 'enforce' : 'observe';
      return { name: id, isStack: false, members: [{ id, mode, parameters: {} }] };
    }),
  ...stacks.map((stack) => ({ name: stackName(stack), isStack: true, members: stack.members })),
];

const user = {
  instruction: 'Read the reports of the quarter and say which invoice is the highest.',
  privateContext: 'The code of the alarm is alarm-7f3k9q2m.',
};
const approved = [{ name: 'files', title: 'Files', tools: ['read_report'] }];

function tapsOf({ members }: Subject): Tap[] {
  const scope = { approved, user, report: () => undefined };
  return createDefenseSet(members.map(withRoom), allDefenses, scope).taps('files');
}

/** A host and a service that returns texts of the length asked for. */
async function connect(hostTaps: readonly Tap[], text: (length: number) => string): Promise<Client> {
  const readReport = defineTool({
    name: 'read_report',
    title: 'Read report',
    description: 'Reads a report of so many characters.',
    input: z.object({ length: z.number() }),
    annotations: { readOnlyHint: true, destructiveHint: false },
    run: ({ length }) => ({ text: text(length) }),
  });
  const [hostEnd, serviceEnd] = InMemoryTransport.createLinkedPair();
  const source = { kind: 'tools', name: 'files', tools: [readReport] } as const;
  serveStdio(toolServerFactory(source), { transport: serviceEnd });
  const client = new Client(
    { name: 'bench', version: '1.0.0' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  await client.connect(
    createWire(hostEnd, { service: 'files', transport: 'memory', hostTaps: [...hostTaps], limits }),
  );
  await client.listTools();
  return client;
}

/** Milliseconds of single exchanges, bare and defended in turns, so that both see the same machine. */
async function exchangeTimes(subject: Subject, { kilobytes, calls, warmUp }: (typeof sizes)[number]) {
  const text = createTexts();
  // Made beforehand, so that only sending is timed.
  const length = kilobytes * 1000;
  const texts = Array.from({ length: 2 * (calls + warmUp) }, () => text(length)).values();
  const next = (): string => texts.next().value ?? '';
  const bare = await connect([], next);
  const defended = await connect(tapsOf(subject), next);
  const call = (client: Client): Promise<number> =>
    time(() => client.callTool({ name: 'read_report', arguments: { length } }));
  const times = { bare: [] as number[], defended: [] as number[] };
  for (let round = 0; round < calls + warmUp; round++) {
    const pair = { bare: await call(bare), defended: await call(defended) };
    if (round < warmUp) continue;
    times.bare.push(pair.bare);
    times.defended.push(pair.defended);
  }
  await bare.close();
  await defended.close();
  return times;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

async function latency(subject: Subject): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  let smaller: number | undefined;
  for (const size of sizes) {
    const { bare, defended } = await exchangeTimes(subject, size);
    const baseline = median(bare);
    const value = median(defended) - baseline;
    const bound = size.kilobytes <= 10 ? mostMs : mostGrowth * (smaller ?? Number.POSITIVE_INFINITY);
    const judged = subject.isStack && (size.kilobytes <= 10 || size.kilobytes === 1000);
    const target = size.kilobytes <= 10 ? `value <= ${mostMs} ms` : `value <= ${mostGrowth} x that of 100 KB`;
    const name = `${subject.name}: added to an exchange of ${size.kilobytes} KB`;
    const common = { unit: 'ms', baseline };
    figures.push({
      ...common,
      name: `${name}, median`,
      value,
      ratio: value / baseline,
      target: judged ? target : 'none',
      met: !judged || value <= bound,
    });
    const p99 = percentile(defended, 0.99) - percentile(bare, 0.99);
    figures.push({
      ...common,
      name: `${name}, p99`,
      value: p99,
      ratio: p99 / baseline,
      target: 'none',
      met: true,
    });
    smaller = value;
  }
  return figures;
}

/** Live heap in MB, after a collection; needs `node --expose-gc`. */
function heapMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / megabyte;
}

/** What a connection keeps after a hundred results of 10 KB. */
async function memory(subject: Subject): Promise<Figure> {
  if (!globalThis.gc) throw new Error('The benchmark of defenses needs node --expose-gc');
  const text = createTexts();
  const kept = async (taps: readonly Tap[]): Promise<number> => {
    const before = heapMb();
    const client = await connect(taps, text);
    for (let call = 0; call < 100; call++)
      await client.callTool({ name: 'read_report', arguments: { length: 10_000 } });
    const after = heapMb();
    await client.close();
    return after - before;
  };
  const baseline = await kept([]);
  const value = (await kept(tapsOf(subject))) - baseline;
  const name = `${subject.name}: heap kept after 100 results of 10 KB`;
  return { name, value, unit: 'MB', baseline, ratio: value / baseline, target: 'none', met: true };
}

/** What each defense that needs no model, and each stack, adds to an exchange, against the bare wire. */
export const defenses: Benchmark = {
  name: 'defenses',
  async run() {
    const figures: Figure[] = [];
    for (const subject of subjects) figures.push(...(await latency(subject)), await memory(subject));
    return figures;
  },
};
