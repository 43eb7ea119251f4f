import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../../src/experiment/store/index.ts';
import { samplePlan, sampleRecord } from './samples.ts';

const planned = 3_000;
/** Other processes have to start. */
const patience = { timeout: 60_000 };
let workspace = '';
let child: ChildProcess | undefined;

beforeEach(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'safemcp-store-'));
});

afterEach(async () => {
  await kill();
  await rm(workspace, { recursive: true, force: true });
});

async function kill(): Promise<void> {
  const process = child;
  child = undefined;
  if (process === undefined || process.exitCode !== null || process.signalCode !== null) return;
  const ended = once(process, 'exit');
  process.kill('SIGKILL');
  await ended;
}

/** Starts another process that stores episodes, and waits until it has told of `count` of them. */
async function startWriter(count: number): Promise<{ runId: string; told: Set<string> }> {
  const file = (name: string): string => fileURLToPath(new URL(`child/${name}`, import.meta.url));
  const started = spawn(
    process.execPath,
    ['--import', file('typescript.mjs'), file('writer.ts'), workspace, String(planned)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  child = started;
  const told = new Set<string>();
  let runId = '';
  for await (const line of createInterface(started.stdout)) {
    const [what, id = ''] = line.split(' ');
    if (what === 'run') runId = id;
    else told.add(id);
    if (told.size === count) break;
  }
  return { runId, told };
}

test('a killed writer leaves whole episodes only, and the run can be completed', patience, async () => {
  const { runId, told } = await startWriter(50);
  await kill();

  const store = await openStore(workspace);
  const plan = samplePlan(planned);
  const stored = await store.episodeIds(runId);
  expect(stored.size).toBeLessThan(planned);
  for (const id of told) expect(stored).toContain(id);
  expect((await store.run(runId)).state).toBe('stopped');
  for (const episode of plan.episodes.filter(({ id }) => stored.has(id)))
    expect(await store.episode(episode.id)).toEqual(sampleRecord(episode));

  await store.setRunState(runId, 'running');
  const open = plan.episodes.filter(({ id }) => !stored.has(id));
  await Promise.all(open.map((episode) => store.saveEpisode(runId, sampleRecord(episode))));
  await store.setRunState(runId, 'finished');
  const ids: string[] = [];
  for await (const { id } of store.summaries(runId)) ids.push(id);
  expect(ids).toEqual(plan.episodes.map(({ id }) => id));
  await store.close();
});

test('a run that another process writes can be read but not written', patience, async () => {
  const { runId } = await startWriter(5);
  const store = await openStore(workspace);
  expect((await store.run(runId)).state).toBe('running');
  let read = 0;
  for await (const { outcome } of store.summaries(runId)) read += outcome.calls > 0 ? 1 : 0;
  expect(read).toBeGreaterThanOrEqual(5);
  await expect(store.setRunState(runId, 'running')).rejects.toMatchObject({ code: 'WORKSPACE_BUSY' });

  const own = await store.createRun(samplePlan(20), new Date());
  await Promise.all(
    samplePlan(20).episodes.map((episode) => store.saveEpisode(own.id, sampleRecord(episode))),
  );
  expect((await store.run(own.id)).stored).toBe(20);

  await kill();
  await store.setRunState(runId, 'running');
  expect((await store.run(runId)).state).toBe('running');
  await store.close();
});
