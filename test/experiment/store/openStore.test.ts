import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SafeMcpError } from '../../../src/contracts/errors.ts';
import type { Store } from '../../../src/contracts/experiment.ts';
import { storeFailure } from '../../../src/experiment/store/failure.ts';
import { openStore } from '../../../src/experiment/store/index.ts';
import { samplePlan, sampleRecord } from './samples.ts';

let workspace = '';
let file = '';

beforeEach(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'safemcp-store-'));
  file = path.join(workspace, 'safemcp.db');
});

afterEach(() => rm(workspace, { recursive: true, force: true }));

/** Opens the file past the store. */
function change(statement: string): void {
  const db = new Libsql(file);
  db.exec(statement);
  db.close();
}

async function filled(episodes: number): Promise<{ runId: string; ids: string[] }> {
  const store = await openStore(workspace);
  const plan = samplePlan(episodes);
  const { id } = await store.createRun(plan, new Date());
  await Promise.all(plan.episodes.map((planned) => store.saveEpisode(id, sampleRecord(planned))));
  await store.close();
  return { runId: id, ids: plan.episodes.map((planned) => planned.id) };
}

async function withStore<T>(action: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(workspace);
  try {
    return await action(store);
  } finally {
    await store.close();
  }
}

test('creates missing folders', async () => {
  const deep = path.join(workspace, 'a', 'b');
  await (await openStore(deep)).close();
  expect((await stat(path.join(deep, 'safemcp.db'))).isFile()).toBe(true);
});

test('many may open a new workspace at once', async () => {
  const stores = await Promise.all(Array.from({ length: 5 }, () => openStore(workspace)));
  const runs = await Promise.all(stores.map((store) => store.createRun(samplePlan(1), new Date())));
  expect(await stores[0]?.runs()).toHaveLength(runs.length);
  for (const store of stores) await store.close();
});

describe('refuses', () => {
  test('a folder that cannot be created', async () => {
    const blocked = path.join(workspace, 'file');
    await writeFile(blocked, '');
    await expect(openStore(path.join(blocked, 'deeper'))).rejects.toMatchObject({
      code: 'WORKSPACE_UNWRITABLE',
      where: path.join(blocked, 'deeper'),
    });
  });

  test.skipIf(!existsSync('/proc/self'))('a file system that makes no folders', async () => {
    await expect(openStore('/proc/safemcp/deeper')).rejects.toMatchObject({
      code: 'WORKSPACE_UNWRITABLE',
      where: '/proc/safemcp/deeper',
    });
  });

  // Root may write to a read-only folder, so this is asked of the translation itself.
  test.each([
    [1544, 'WORKSPACE_UNWRITABLE'], // SQLITE_READONLY_DIRECTORY
    [8, 'WORKSPACE_UNWRITABLE'],
    [778, 'WORKSPACE_UNWRITABLE'], // SQLITE_IOERR_WRITE
    [517, 'WORKSPACE_BUSY'], // SQLITE_BUSY_SNAPSHOT
    [267, 'STORE_CORRUPT'], // SQLITE_CORRUPT_VTAB
  ])('what SQLite reports as %i', (rawCode, code) => {
    const error = new Libsql.SqliteError('no', `UNKNOWN_SQLITE_ERROR_${rawCode}`, rawCode);
    const named = storeFailure(error, file);
    expect(named).toBeInstanceOf(SafeMcpError);
    expect(named).toMatchObject({ code, where: file, cause: error });
  });

  test('no defect', () => {
    const defect = new TypeError('no');
    expect(storeFailure(defect, file)).toBe(defect);
  });

  test('a folder in the place of the file', async () => {
    await mkdir(file);
    await expect(openStore(workspace)).rejects.toMatchObject({ code: 'WORKSPACE_UNWRITABLE' });
  });

  test('a file that is no database, and leaves it alone', async () => {
    const text = 'my diary, not a database. '.repeat(300);
    await writeFile(file, text);
    await expect(openStore(workspace)).rejects.toMatchObject({ code: 'STORE_CORRUPT', where: file });
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  test('a database of another program, and leaves it alone', async () => {
    change('create table birds (name text)');
    const before = await readFile(file);
    await expect(openStore(workspace)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  test('a store of a newer version', async () => {
    await filled(1);
    change('pragma user_version = 99');
    await expect(openStore(workspace)).rejects.toMatchObject({ code: 'STORE_VERSION' });
  });

  test('a file that was cut off', async () => {
    await filled(200);
    await truncate(file, 40_000);
    await expect(openStore(workspace)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });
});

describe('names the episode whose record is damaged', () => {
  const damages = {
    'a trace cut off': 'update traces set data = substr(data, 1, 20)',
    'a trace with an unknown layout': "update traces set data = cast(x'07' || substr(data, 2) as blob)",
    'a missing trace': 'delete from traces',
    'a missing shared reply': 'delete from shared_replies',
    'details that are no JSON': "update episodes set details = '{'",
    'an outcome of the wrong shape': `update episodes set details = json_set(details, '$.outcome.utility', 2)`,
    'another version': 'update episodes set version = 2',
  };
  test.each(Object.entries(damages))('%s', async (_, damage) => {
    const { ids } = await filled(1);
    change(damage);
    const [id = ''] = ids;
    await expect(withStore((store) => store.episode(id))).rejects.toMatchObject({
      code: 'RECORD_INVALID',
      where: id,
    });
  });

  test('when a summary is read', async () => {
    const { runId, ids } = await filled(2);
    change("update episodes set details = json_remove(details, '$.outcome') where position = 1");
    const read: string[] = [];
    const reading = withStore(async (store) => {
      for await (const { id } of store.summaries(runId)) read.push(id);
    });
    await expect(reading).rejects.toMatchObject({ code: 'RECORD_INVALID', where: ids[1] });
    expect(read).toEqual([ids[0]]);
  });

  test('and the run whose experiment is', async () => {
    const { runId } = await filled(1);
    change(`update runs set experiment = '{"name": 3}'`);
    await expect(withStore((store) => store.run(runId))).rejects.toMatchObject({
      code: 'RECORD_INVALID',
      where: runId,
    });
  });
});

test('an id of a run that would be a path elsewhere is refused before anything is locked', async () => {
  await filled(1);
  const id = '../escaped';
  change(`update runs set id = '${id}', state = 'running'`);
  const refused = { code: 'RECORD_INVALID', where: id };
  await withStore(async (store) => {
    await expect(store.runs()).rejects.toMatchObject(refused);
    await expect(store.run(id)).rejects.toMatchObject(refused);
    await expect(store.setRunState(id, 'stopped')).rejects.toMatchObject(refused);
  });
  expect(existsSync(path.join(workspace, 'locks', `${id}.lock`))).toBe(false);
});

test('replies that repeat are stored once', async () => {
  await filled(300);
  const db = new Libsql(file);
  expect(db.prepare('select count(*) as replies from shared_replies').all([])).toEqual([{ replies: 1 }]);
  db.close();
});
