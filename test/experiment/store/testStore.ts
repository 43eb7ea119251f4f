import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EpisodeRecord } from '../../../src/contracts/events.ts';
import type { EpisodeSummary, Plan, Run, Store } from '../../../src/contracts/experiment.ts';
import { resolveRun } from '../../../src/experiment/store/index.ts';
import { samplePlan, sampleRecord } from './samples.ts';

const monday = new Date('2026-03-02T10:00:00Z');
const tuesday = new Date('2026-03-03T10:00:00Z');

/** What every store does. @param open opens the store that lives in a folder */
export function testStore(name: string, open: (workspace: string) => Promise<Store>): void {
  describe(`store ${name}`, () => {
    let workspace = '';
    const opened: Store[] = [];
    const openHere = async (): Promise<Store> => {
      const store = await open(workspace);
      opened.push(store);
      return store;
    };

    beforeEach(async () => {
      workspace = await mkdtemp(path.join(tmpdir(), 'safemcp-store-'));
    });

    afterEach(async () => {
      for (const store of opened.splice(0)) await store.close();
      await rm(workspace, { recursive: true, force: true });
    });

    test('gives back what was stored, also after it was closed', async () => {
      const plan = samplePlan(4);
      const records = plan.episodes.map(sampleRecord);
      const first = await openHere();
      const { id } = await first.createRun(plan, monday);
      for (const record of records) await first.saveEpisode(id, record);
      await first.setRunState(id, 'finished');
      await first.close();
      opened.length = 0;

      const second = await openHere();
      expect(await second.run(id)).toEqual({
        id,
        name: 'sample',
        state: 'finished',
        startedAt: monday.toISOString(),
        planned: 4,
        stored: 4,
        experiment: plan.experiment,
        skipped: plan.skipped,
      } satisfies Run);
      for (const record of records) expect(await second.episode(record.id, id)).toEqual(record);
      const summaries = records.map(summaryOf);
      expect(await all(second.summaries(id))).toEqual(summaries);
    });

    test('keeps an episode as it was first stored', async () => {
      const store = await openHere();
      const plan = samplePlan(2);
      const record = recordAt(plan, 0);
      const { id } = await store.createRun(plan, monday);
      await store.saveEpisode(id, record);
      await Promise.all([
        store.saveEpisode(id, { ...record, instruction: 'another' }),
        store.saveEpisode(id, { ...record, events: [] }),
        store.saveEpisode(id, recordAt(plan, 1)),
      ]);
      expect(await store.episode(record.id)).toEqual(record);
      expect((await store.run(id)).stored).toBe(2);
      expect(await store.episodeIds(id)).toEqual(new Set(plan.episodes.map((planned) => planned.id)));
    });

    test('replaces an episode when it is told to, and leaves the others alone', async () => {
      const store = await openHere();
      const plan = samplePlan(2);
      const record = recordAt(plan, 0);
      const { id } = await store.createRun(plan, monday);
      const other = await store.createRun(plan, tuesday);
      for (const run of [id, other.id]) await store.saveEpisode(run, record);
      await store.saveEpisode(id, recordAt(plan, 1));
      const again = { ...record, instruction: 'another', events: record.events.slice(0, 1) };
      await store.replaceEpisode(id, again);
      expect(await store.episode(record.id, id)).toEqual(again);
      expect(await store.episode(record.id, other.id)).toEqual(record);
      expect((await store.run(id)).stored).toBe(2);
      expect(await all(store.check())).toEqual([]);
    });

    test('streams summaries in the order of the plan, over many pages', async () => {
      const store = await openHere();
      const plan = samplePlan(1203);
      const { id } = await store.createRun(plan, monday);
      const records = plan.episodes.map(sampleRecord);
      await Promise.all(records.toReversed().map((record) => store.saveEpisode(id, record)));
      const ids = (await all(store.summaries(id))).map((summary) => summary.id);
      expect(ids).toEqual(plan.episodes.map((planned) => planned.id));
    });

    test('gives what is there of a run that is not complete', async () => {
      const store = await openHere();
      const plan = samplePlan(5);
      const { id } = await store.createRun(plan, monday);
      await store.saveEpisode(id, recordAt(plan, 3));
      await store.saveEpisode(id, recordAt(plan, 1));
      expect((await all(store.summaries(id))).map((each) => each.id)).toEqual([
        plan.episodes[1]?.id,
        plan.episodes[3]?.id,
      ]);
      expect(await store.run(id)).toMatchObject({ planned: 5, stored: 2, state: 'running' });
    });

    test('refuses an episode that is not in the plan', async () => {
      const store = await openHere();
      const { id } = await store.createRun(samplePlan(1), monday);
      const foreign = { ...recordAt(samplePlan(1), 0), id: 'ffff' };
      await expect(store.saveEpisode(id, foreign)).rejects.toMatchObject({ code: 'EPISODE_NOT_FOUND' });
      await expect(store.saveEpisode('nope', foreign)).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
    });

    test('lists runs with the newest first', async () => {
      const store = await openHere();
      const older = await store.createRun(samplePlan(1, 'older'), monday);
      const newer = await store.createRun(samplePlan(1, 'newer'), tuesday);
      expect((await store.runs()).map((run) => run.id)).toEqual([newer.id, older.id]);
      expect(older.id < newer.id).toBe(true);
      expect((await resolveRun(store, 'latest')).id).toBe(newer.id);
      expect((await resolveRun(store, older.id)).id).toBe(older.id);
    });

    test('finds a run by the beginning of its id, if no other has it', async () => {
      const store = await openHere();
      await expect(resolveRun(store, 'latest')).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
      const { id } = await store.createRun(samplePlan(1), monday);
      expect((await store.run(id.slice(0, 10))).id).toBe(id);
      await store.createRun(samplePlan(1), monday);
      await expect(store.run(id.slice(0, 10))).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
      await expect(store.run('%')).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
    });

    test('finds an episode by the beginning of its id, in the newest run that has it', async () => {
      const store = await openHere();
      const plan = samplePlan(40);
      const [record, other] = [recordAt(plan, 0), recordAt(plan, 1)];
      const older = await store.createRun(plan, monday);
      await store.saveEpisode(older.id, record);
      await store.saveEpisode(older.id, other);
      const newer = await store.createRun(plan, tuesday);
      const again = { ...record, outcome: { ...record.outcome, calls: 9 } };
      await store.saveEpisode(newer.id, again);

      expect(await store.episode(record.id.slice(0, 8))).toEqual(again);
      expect(await store.episode(record.id, older.id)).toEqual(record);
      await expect(store.episode(other.id, newer.id)).rejects.toMatchObject({ code: 'EPISODE_NOT_FOUND' });
      await expect(store.episode('zz')).rejects.toMatchObject({ code: 'EPISODE_NOT_FOUND' });
      await expect(store.episode('')).rejects.toMatchObject({
        code: 'EPISODE_NOT_FOUND',
        message: expect.stringContaining('Several') as string,
      });
    });

    test('lets one writer at a time have a run, and any number read it', async () => {
      const [writer, other] = [await openHere(), await openHere()];
      const plan = samplePlan(3);
      const { id } = await writer.createRun(plan, monday);
      await writer.saveEpisode(id, recordAt(plan, 0));
      expect(await other.run(id)).toMatchObject({ state: 'running', stored: 1 });
      expect(await all(other.summaries(id))).toHaveLength(1);
      const busy = { code: 'WORKSPACE_BUSY' };
      await expect(other.saveEpisode(id, recordAt(plan, 1))).rejects.toMatchObject(busy);
      await expect(other.setRunState(id, 'running')).rejects.toMatchObject(busy);

      await writer.setRunState(id, 'stopped');
      await other.saveEpisode(id, recordAt(plan, 1));
      await other.setRunState(id, 'running');
      await expect(writer.saveEpisode(id, recordAt(plan, 2))).rejects.toMatchObject(busy);
      expect((await writer.run(id)).stored).toBe(2);
    });

    test('calls a run stopped whose writer is gone', async () => {
      const writer = await open(workspace);
      const { id } = await writer.createRun(samplePlan(1), monday);
      await writer.close();
      expect((await (await openHere()).run(id)).state).toBe('stopped');
    });
  });
}

function recordAt(plan: Plan, index: number): EpisodeRecord {
  const planned = plan.episodes[index];
  if (planned === undefined) throw new RangeError(`The plan has no episode ${index}`);
  return sampleRecord(planned);
}

function summaryOf(record: EpisodeRecord): EpisodeSummary {
  const { id, key, taskId, template, instruction, era, outcome } = record;
  return { id, key, taskId, template, instruction, era, outcome };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
