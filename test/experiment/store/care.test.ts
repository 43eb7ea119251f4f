import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Libsql from 'libsql';
import { expect, onTestFinished, test } from 'vitest';
import type { Store } from '../../../src/contracts/experiment.ts';
import { openStore } from '../../../src/experiment/store/index.ts';
import { samplePlan, sampleRecord } from './samples.ts';

const monday = new Date('2026-03-02T10:00:00Z');

async function openHere(): Promise<{ readonly store: Store; readonly workspace: string }> {
  const workspace = await mkdtemp(path.join(tmpdir(), 'safemcp-care-'));
  const store = await openStore(workspace);
  onTestFinished(async () => {
    await store.close();
    await rm(workspace, { recursive: true, force: true });
  });
  return { store, workspace };
}

/** A run of which `stored` of its `planned` episodes are there. */
async function addRun(store: Store, planned: number, stored = planned): Promise<string> {
  const plan = samplePlan(planned);
  const { id } = await store.createRun(plan, monday);
  const records = plan.episodes.slice(0, stored).map(sampleRecord);
  await Promise.all(records.map((record) => store.saveEpisode(id, record)));
  await store.setRunState(id, stored === planned ? 'finished' : 'stopped');
  return id;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function* from(items: readonly unknown[]): AsyncGenerator<unknown> {
  yield* items;
}

test('a run that was exported and imported elsewhere is the same run', async () => {
  const here = await openHere();
  const there = await openHere();
  const id = await addRun(here.store, 603, 520);
  const imported = await there.store.importRun(here.store.exportRun(id));
  expect(imported).toEqual(await here.store.run(id));
  expect(await all(there.store.summaries(id))).toEqual(await all(here.store.summaries(id)));
  for (const { id: episode } of (await all(here.store.summaries(id))).slice(0, 20))
    expect(await there.store.episode(episode, id)).toEqual(await here.store.episode(episode, id));
  expect(await all(there.store.measures(id))).toEqual(await all(here.store.measures(id)));
  expect(await all(there.store.check())).toEqual([]);
  const [, , last] = samplePlan(603).episodes.slice(-3);
  if (!last) throw new Error('The plan is empty');
  await there.store.saveEpisode(id, sampleRecord(last));
  expect((await there.store.run(id)).stored).toBe(521);
});

test('a run is imported once', async () => {
  const { store } = await openHere();
  const id = await addRun(store, 3);
  const documents = await all(store.exportRun(id));
  await expect(store.importRun(from(documents))).rejects.toMatchObject({ code: 'RUN_EXISTS' });
});

const episodeAt = 2;
test.each<[string, (documents: unknown[]) => unknown]>([
  ['nothing', (documents) => documents.splice(0)],
  ['the end is missing', (documents) => documents.pop()],
  ['something after the end', (documents) => documents.push({ hello: 'world' })],
  ['an episode is missing', (documents) => documents.splice(episodeAt, 1)],
  ['an episode of another plan', (documents) => documents.splice(1, 1, { plan: [] })],
  ['an episode with another shape', (documents) => documents.splice(episodeAt, 1, { episode: { id: 1 } })],
  [
    'an episode twice, in place of another one',
    (documents) => documents.splice(episodeAt, 1, documents[episodeAt + 1]),
  ],
  ['two episodes of one key', (documents) => repeatKey(documents[episodeAt + 2], documents[episodeAt])],
  [
    'two episodes of one key, written otherwise',
    (documents) => {
      repeatKey(documents[episodeAt + 3], documents[episodeAt + 1]);
      const { key } = (documents[episodeAt + 3] as { episode: { key: object } }).episode;
      Object.assign(key, { attack: { afterCalls: 0, ...(key as { attack: object }).attack } });
    },
  ],
  [
    'a plan with an episode twice',
    (documents) => {
      const { plan } = documents[1] as { plan: string[] };
      plan.splice(0, 1, plan[1] ?? '');
    },
  ],
  ['a plan that is too long', (documents) => documents.splice(1, 0, { plan: ['one', 'more'] })],
  ['values nested too deep', (documents) => nest(documents[episodeAt])],
  ['something else', (documents) => documents.unshift({ hello: 'world' })],
  ['a run with an id that is a path', (documents) => rename(documents[0])],
])('refuses what is no whole export and keeps nothing of it: %s', async (_, damage) => {
  const here = await openHere();
  const there = await openHere();
  const documents: unknown[] = await all(here.store.exportRun(await addRun(here.store, 4)));
  damage(documents);
  await expect(there.store.importRun(from(documents))).rejects.toMatchObject({ code: 'IMPORT_INVALID' });
  expect(await there.store.runs()).toEqual([]);
  expect(await all(there.store.check())).toEqual([]);
});

test.each([
  [2, 'is imported when it is finished'],
  [1, 'is refused when it is not: going on would start its commands'],
])('a run with external agents and %i of 2 episodes %s', async (stored) => {
  const here = await openHere();
  const there = await openHere();
  const plan = samplePlan(2);
  const agentChoices = [{ id: 'theirs', kind: 'external', parameters: { command: ['rm'] } }];
  const { id } = await here.store.createRun(
    { ...plan, experiment: { ...plan.experiment, agentChoices } },
    monday,
  );
  for (const each of plan.episodes.slice(0, stored)) await here.store.saveEpisode(id, sampleRecord(each));
  const imported = there.store.importRun(here.store.exportRun(id));
  if (stored === 2) expect((await imported).stored).toBe(2);
  else await expect(imported).rejects.toMatchObject({ code: 'IMPORT_INVALID' });
});

function repeatKey(document: unknown, of: unknown): void {
  const { key } = (of as { episode: { key: object } }).episode;
  Object.assign((document as { episode: object }).episode, { key: { ...key } });
}

function rename(document: unknown): void {
  Object.assign((document as { run: object }).run, { id: '../../somewhere' });
}

test('removing a run leaves the others whole, and no shared reply that nobody needs', async () => {
  const { store, workspace } = await openHere();
  const gone = await addRun(store, 6);
  const stays = await addRun(store, 4);
  const before = await all(store.summaries(stays));
  await store.removeRuns([gone]);
  expect((await store.runs()).map(({ id }) => id)).toEqual([stays]);
  expect(await all(store.summaries(stays))).toEqual(before);
  for (const { id } of before) expect((await store.episode(id)).events.length).toBeGreaterThan(0);
  await expect(store.run(gone)).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
  expect(await all(store.check())).toEqual([]);

  await store.removeRuns([stays]);
  const db = new Libsql(path.join(workspace, 'safemcp.db'));
  onTestFinished(() => void db.close());
  for (const table of ['runs', 'planned', 'episodes', 'traces', 'shared_replies'])
    expect(db.prepare(`select * from ${table}`).all()).toEqual([]);
});

test('a run that somebody writes to is not removed', async () => {
  const { store, workspace } = await openHere();
  const { id } = await store.createRun(samplePlan(2), monday);
  const other = await openStore(workspace);
  onTestFinished(() => other.close());
  await expect(other.removeRuns([id])).rejects.toMatchObject({ code: 'WORKSPACE_BUSY' });
  expect((await store.run(id)).id).toBe(id);
});

test('filters are the same as looking through everything', async () => {
  const { store } = await openHere();
  const id = await addRun(store, 40);
  const everything = await all(store.summaries(id));
  const limited = everything.filter(({ outcome }) => outcome.status === 'limit');
  expect(limited.length).toBeGreaterThan(0);
  expect(await all(store.summaries(id, { status: 'limit' }))).toEqual(limited);
  expect(await all(store.summaries(id, { attack: 'description/direct', stage: 'achieved' }))).toEqual(
    everything.filter(({ key }) => key.attack !== undefined),
  );
  expect(await all(store.summaries(id, { attack: "'%" }))).toEqual([]);
});

test.each<[string, string, RegExp]>([
  ['a trace is missing', 'delete from traces where episode = 1', /trace is missing/],
  ['a trace is damaged', "update traces set data = x'01ff' where episode = 1", /./],
  ['a shared reply is missing', 'delete from shared_replies', /shared reply .* is missing/],
  ['a shared reply was changed', "update shared_replies set data = x'0300'", /not what its name says/],
  ['a summary is damaged', "update episodes set details = '[]' where key = 1", /no object/],
  ['a measure was changed', 'update episodes set wall_ms = 7 where key = 2', /measures are not those/],
  ['a measure is no number', "update episodes set tokens = 'x' where key = 2", /its tokens is no number/],
  ['a plan is shorter than it was', 'delete from planned', /plan has 0 episodes/],
])('a check finds: %s', async (_, damage, what) => {
  const { store, workspace } = await openHere();
  await addRun(store, 4);
  expect(await all(store.check())).toEqual([]);
  const db = new Libsql(path.join(workspace, 'safemcp.db'));
  db.exec(damage);
  db.close();
  const found = await all(store.check());
  expect(found.map((problem) => `${problem.where}: ${problem.what}`).join('\n')).toMatch(what);
});

/** Puts a value into the first reply that is nested deeper than a stack can follow. */
function nest(document: unknown): void {
  const { episode } = document as { episode: { events: { reply?: { result?: Record<string, unknown> } }[] } };
  const result = episode.events.find(({ reply }) => reply?.result)?.reply?.result;
  if (!result) throw new Error('No event has a result');
  result['deep'] = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`);
}
