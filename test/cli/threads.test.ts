import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { threadsFor } from '../../src/cli/threads.ts';
import type { EpisodeRecord } from '../../src/contracts/events.ts';
import { builtInCatalog, extendCatalog } from '../../src/experiment/catalog.ts';
import { openStore } from '../../src/experiment/store/index.ts';
import { type FakeModelServer, type FakePolicy, startFakeModel } from '../../src/models/fake/index.ts';
import { timeless } from '../support/timeless.ts';
import { toyExperiment } from '../support/toyExperiment.ts';
import { safemcp, start, testFolder } from './command.ts';

/** Agents of the user's own: one asks its model, one ends its thread when its model has answered. */
const parts = `
const facts = { title: 'Mine', kind: 'code', description: 'For a test.' };
export const agents = [
  {
    ...facts,
    id: 'asking',
    async run({ model, host, instruction }) {
      const parts = [{ type: 'text', text: instruction }];
      const { text } = await model('subject').generate({ messages: [{ role: 'user', parts }] });
      await host.tools();
      return text;
    },
  },
  {
    ...facts,
    id: 'leaving',
    async run({ model }) {
      await model('subject').generate({ messages: [{ role: 'user', parts: [{ type: 'text', text: 'Stay?' }] }] });
      process.exit(3);
    },
  },
];
`;

function experiment(agents: string, { url = 'http://127.0.0.1:9', more = '' } = {}): string {
  return `name: threads
environments: [{ id: todo, tasks: 4 }]
parts: [./parts.mjs]
models: [{ id: subject, provider: vllm, name: any, baseUrl: "${url}/v1", maxRetries: 0 }]
agents: [${agents}]
attacks: [none, { vector: tool-result, carrier: direct, goal: destroy }]
${more}`;
}

const twoAtOnce = ['run', 'experiment.yaml', '--threads', '2', '--concurrency', '2'];

async function folderWith(text: string): Promise<string> {
  const folder = await testFolder();
  await writeFile(path.join(folder, 'parts.mjs'), parts);
  await writeFile(path.join(folder, 'experiment.yaml'), text);
  return folder;
}

async function provider(behave: FakePolicy): Promise<FakeModelServer> {
  const server = await startFakeModel({ behave });
  onTestFinished(() => server.close());
  return server;
}

/** What a workspace's only run holds, by episode. */
async function records(workspace: string): Promise<ReadonlyMap<string, EpisodeRecord>> {
  const store = await openStore(workspace);
  try {
    const [run] = await store.runs();
    const found = new Map<string, EpisodeRecord>();
    for await (const { id } of store.summaries(run?.id ?? ''))
      found.set(id, await store.episode(id, run?.id ?? ''));
    return found;
  } finally {
    await store.close();
  }
}

describe('the number of threads', () => {
  const { experiment: toy } = toyExperiment();
  const work = (open: number) => ({ experiment: toy, catalog: builtInCatalog(), open });

  test('grows with the episodes up to the processors', () => {
    expect(threadsFor(work(1_999), {}, 4)).toBe(1);
    expect(threadsFor(work(2_000), {}, 4)).toBe(2);
    expect(threadsFor(work(4_000), {}, 4)).toBe(4);
    expect(threadsFor(work(100_000), {}, 4)).toBe(4);
    expect(threadsFor(work(100_000), {}, 64)).toBe(8);
    expect(threadsFor(work(100_000), { limit: 2_000 }, 4)).toBe(2);
  });

  test('is what the user says, but no more than have something to do', () => {
    expect(threadsFor(work(10), { threads: 5 }, 4)).toBe(5);
    expect(threadsFor(work(100_000), { threads: 1 }, 4)).toBe(1);
    expect(threadsFor(work(100_000), { threads: 9, concurrency: 3 }, 4)).toBe(3);
    expect(threadsFor(work(2), { threads: 9 }, 4)).toBe(2);
    expect(threadsFor(work(0), {}, 4)).toBe(1);
  });

  test.each(['environments', 'vectors'] as const)('is one where %s are the user’s own', (kind) => {
    const [part] = builtInCatalog()[kind];
    const catalog = extendCatalog(builtInCatalog(), { [kind]: [{ ...part, id: 'own' }] });
    expect(threadsFor({ ...work(100_000), catalog }, {}, 4)).toBe(1);
    expect(() => threadsFor({ ...work(100_000), catalog }, { threads: 2 }, 4)).toThrow(
      'of your own may start',
    );
  });
});

describe('threads', () => {
  test('give the records that the main thread gives, models of agents and defenses among them', async () => {
    const server = await provider(({ schema }) => ({ say: schema ? '{"flagged":[]}' : 'I have looked.' }));
    const folder = await folderWith(
      experiment('asking, scripted/hijacked', {
        url: server.url,
        more: 'defenses: [pinning, { use: [{ id: llm-detector, mode: observe, model: subject }] }]\n',
      }),
    );
    const run = (threads: string) =>
      safemcp(folder, 'run', 'experiment.yaml', '--threads', threads, '--workspace', threads);
    expect(await run('1')).toMatchObject({ code: 0 });
    const asked = server.requests.length;
    expect(await run('3')).toMatchObject({ code: 0 });
    expect(server.requests.length).toBe(2 * asked);
    const [one, three] = [await records(path.join(folder, '1')), await records(path.join(folder, '3'))];
    expect(one.size).toBe(48);
    expect([...three.keys()].sort()).toEqual([...one.keys()].sort());
    for (const [id, record] of one) {
      const other = three.get(id);
      expect(other && timeless(other)).toEqual(timeless(record));
    }
    const kinds = [...one.values()].flatMap(({ events }) => events.map(({ type }) => type));
    expect(kinds.filter((kind) => kind === 'model').length).toBeGreaterThan(16);
  });

  test('a model that fails makes its episode no measurement, and the run goes on', async () => {
    const server = await provider(() => ({ status: 500 }));
    const folder = await folderWith(experiment('asking, scripted/faithful', { url: server.url }));
    const { code } = await safemcp(folder, 'run', 'experiment.yaml', '--threads', '2');
    expect(code).toBe(0);
    const outcomes = [...(await records(path.join(folder, '.safemcp'))).values()];
    const of = (agent: string) =>
      outcomes.filter(({ key }) => key.agent === agent).map(({ outcome }) => outcome.status);
    expect(new Set(of('asking'))).toEqual(new Set(['model-error']));
    expect(new Set(of('scripted/faithful'))).toEqual(new Set(['completed']));
  });

  test('a refused key stops the run with its own message', async () => {
    const server = await provider(() => ({ status: 401 }));
    const folder = await folderWith(experiment('asking', { url: server.url }));
    const { code, stderr } = await safemcp(folder, 'run', 'experiment.yaml', '--threads', '2');
    expect(code).toBe(2);
    expect(stderr).toContain('error MODEL_KEY: ');
  });

  test('one that ends is told, and what was measured is kept', async () => {
    let release = (): void => undefined;
    const stored = new Promise<void>((resolve) => {
      release = resolve;
    });
    const server = await provider(() => ({ say: 'Leave.', gate: () => stored }));
    const folder = await folderWith(experiment('scripted/faithful, leaving', { url: server.url }));
    const args = ['run', 'experiment.yaml', '--threads', '2', '--concurrency', '16'];
    const { child, ended } = start(folder, args);
    // A tenth of the episodes is stored when it is told.
    child.stderr?.on('data', (text: string) => {
      if (text.includes('/16 episodes')) release();
    });
    const { code, stderr } = await ended;
    expect(code).toBe(1);
    expect(stderr).toContain('error INTERNAL: A thread that runs episodes ended: exit code 3');
    expect(stderr).toContain('--threads 1');
    const kept = [...(await records(path.join(folder, '.safemcp'))).values()];
    expect(kept.length).toBeGreaterThan(1);
    expect(new Set(kept.map(({ key }) => key.agent))).toEqual(new Set(['scripted/faithful']));
  });

  test('stop at Ctrl-C with what they have measured', async () => {
    const server = await provider(({ n }) =>
      n > 2 ? { fault: 'stall' as const } : { say: 'I have looked.' },
    );
    const folder = await folderWith(experiment('asking', { url: server.url }));
    const { child, ended } = start(folder, twoAtOnce);
    await expect.poll(() => server.requests.length, { timeout: 60_000 }).toBe(3);
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/Stopped: [34] of 8 episodes are stored\. Go on with:\n {2}safemcp resume /);
  });

  test('go on with a run, and stop at its budget', async () => {
    const server = await provider(() => ({ say: 'I have looked.' }));
    const folder = await folderWith(experiment('asking', { url: server.url }));
    const some = await safemcp(folder, 'run', 'experiment.yaml', '--limit', '5', '--threads', '2');
    expect(some).toMatchObject({ code: 0 });
    expect(some.stderr).toContain('Stopped: 5 of 8 episodes are stored.');
    const spent = await safemcp(folder, 'resume', '--threads', '2', '--budget-tokens', '1');
    expect(spent).toMatchObject({ code: 1 });
    expect(spent.stderr).toContain('error BUDGET_SPENT: ');
    expect(await safemcp(folder, 'resume', '--threads', '2')).toMatchObject({ code: 0 });
    expect((await records(path.join(folder, '.safemcp'))).size).toBe(8);
  });

  test('that cannot load what the experiment names tell why as the main thread does', async () => {
    const folder = await folderWith(experiment('scripted/faithful'));
    const gone = path.join(folder, 'parts.mjs');
    const loadsOnce = `import { isMainThread } from 'node:worker_threads';
if (!isMainThread) throw new Error('Not here');
`;
    await writeFile(gone, loadsOnce + parts);
    const { code, stderr } = await safemcp(folder, 'run', 'experiment.yaml', '--threads', '2');
    expect(code).toBe(2);
    expect(stderr).toContain('error FILE_UNREADABLE: Cannot load these parts: Not here');
  });

  test('are refused for agents that start programs', async () => {
    const folder = await folderWith(
      `name: x\nenvironments: [todo]\nagents: [{ id: own, kind: external, command: [node, -e, ""] }]\nattacks: [none]\n`,
    );
    const { code, stderr } = await safemcp(folder, 'run', 'experiment.yaml', '--threads', '2');
    expect(code).toBe(2);
    expect(stderr).toContain('error INVALID_ARGUMENT: These episodes run in the main thread');
  });
});
