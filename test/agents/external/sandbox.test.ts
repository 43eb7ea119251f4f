import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sandboxed, sandboxProblem } from '../../../src/agents/external/sandbox.ts';
import { createSecrets } from '../../../src/agents/external/secrets.ts';
import type { EpisodeEvent, Outcome } from '../../../src/contracts/events.ts';
import { isJsonObject, type JsonObject } from '../../../src/contracts/json.ts';
import { runExperiment } from '../../../src/experiment/session.ts';
import { openStore } from '../../../src/experiment/store/index.ts';
import { runToyEpisode, toyExperiment } from '../../support/toyExperiment.ts';
import { stranger } from './support.ts';

const problem = await sandboxProblem();

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'safemcp-test-'));
  await writeFile(path.join(folder, 'secret'), 'open sesame');
});
afterAll(() => rm(folder, { recursive: true }));

/** What a host that looks around has found. @param file its last argument */
async function pried(
  parameters: JsonObject,
  file = '',
): Promise<{ readonly seen: JsonObject; readonly used: unknown }> {
  const env = {
    SECRET: path.join(folder, 'secret'),
    BESIDE: path.join(folder, 'beside'),
    OUTER: String(process.pid),
  };
  const agent = stranger('pry', { file, parameters: { env, ...parameters } });
  const { outcome, events } = await runToyEpisode({ agent });
  return found(outcome, events);
}

function found(outcome: Outcome, events: readonly EpisodeEvent[]) {
  expect(outcome).toMatchObject({ status: 'completed', utility: 1, calls: 3 });
  const answer: unknown = JSON.parse(events.find((event) => event.type === 'answer')?.text ?? '');
  return { seen: isJsonObject(answer) ? answer : {}, used: events.find((event) => event.type === 'sandbox') };
}

describe.skipIf(problem !== undefined)(`in a sandbox${problem === undefined ? '' : ` (${problem})`}`, () => {
  test.each(['stdio', 'http'])('a host does its task over %s, and sees nothing else', async (mcp) => {
    const { seen, used } = await pried({ sandbox: 'required', mcp });
    expect(seen).toEqual({
      readsSecret: 'ENOENT',
      writesBeside: 'ENOENT',
      writesSystem: 'EROFS',
      writesItsOwn: 'done',
      signals: 'ESRCH',
      home: [],
    });
    expect(used).toMatchObject({ agent: 'stranger', sandbox: 'bubblewrap' });
  });

  test('a host can read what it is given to read, and not write it', async () => {
    const { seen } = await pried({ sandbox: 'required', read: [folder] });
    expect(seen).toMatchObject({ readsSecret: 'open sesame', writesBeside: 'EROFS' });
  });

  test('of what the command names, a host sees that and nothing beside it', async () => {
    const named = path.join(folder, 'named');
    await mkdir(named);
    for (const name of ['secret', 'file']) await writeFile(path.join(named, name), name);
    const reads = async (secret: string, file: string): Promise<unknown> => {
      const env = { SECRET: path.join(named, secret) };
      return (await pried({ sandbox: 'required', env }, path.join(named, file))).seen['readsSecret'];
    };
    expect([
      await reads('file', 'file'),
      await reads('secret', 'file'),
      await reads('secret', ''),
      await reads('../secret', ''),
    ]).toEqual(['file', 'ENOENT', 'secret', 'ENOENT']);
  });

  test.each([
    ['the folder', '', ''],
    ['a link to the folder', '-link', ''],
    ['what is around the folder', '/..', 'runs'],
  ])(
    'a host cannot read the workspace, wherever it is, also where it can read %s',
    async (_, rest, below) => {
      const around = await mkdtemp(path.join(tmpdir(), 'safemcp-test-'));
      const workspace = path.join(around, 'deep', 'runs');
      await mkdir(workspace, { recursive: true });
      await symlink(workspace, `${workspace}-link`);
      const read = path.normalize(`${workspace}${rest}`);
      const env = {
        SECRET: path.join(read, below, 'safemcp.db'),
        BESIDE: '/nowhere/x',
        OUTER: String(process.pid),
      };
      const agent = stranger('pry', { parameters: { env, sandbox: 'required', read: [read] } });
      const { experiment, catalog } = toyExperiment({ agent });
      try {
        const environments = experiment.environments.map((each) => ({ ...each, tasks: 1 }));
        const { run } = await runExperiment({ ...experiment, environments }, { catalog, workspace });
        const store = await openStore(workspace);
        for await (const { id } of store.summaries(run.id)) {
          const { outcome, events } = await store.episode(id);
          expect(found(outcome, events).seen).toMatchObject({ readsSecret: 'ENOENT', writesItsOwn: 'done' });
        }
        await store.close();
      } finally {
        await rm(around, { recursive: true });
      }
    },
  );

  test('a host cannot read the keys of models, also where it can read what is around them', async () => {
    const keys = path.join(folder, 'keys.json');
    const link = `${folder}-link`;
    await writeFile(keys, '{}', { mode: 0o600 });
    await symlink(folder, link);
    const before = process.env['SAFEMCP_KEYS'];
    process.env['SAFEMCP_KEYS'] = keys;
    try {
      for (const around of [folder, link]) {
        const env = { SECRET: path.join(around, 'keys.json') };
        const { seen } = await pried({ sandbox: 'required', read: [around], env });
        expect(seen).toMatchObject({ readsSecret: expect.stringMatching(/^(?:|EACCES)$/) as unknown });
      }
    } finally {
      if (before === undefined) delete process.env['SAFEMCP_KEYS'];
      else process.env['SAFEMCP_KEYS'] = before;
      await rm(link);
      await rm(keys);
    }
  });

  test('auto means a sandbox where one can be made', async () => {
    expect((await pried({ sandbox: 'auto' })).used).toMatchObject({ sandbox: 'bubblewrap' });
  });

  test('a host that does not exist is named', async () => {
    const parameters = { command: ['no-such-host'], sandbox: 'required' };
    const { outcome } = await runToyEpisode({ agent: stranger('', { parameters }) });
    expect(outcome).toMatchObject({ status: 'agent-error', problem: { code: 'HOST_NOT_STARTED' } });
  });

  test('a host that hangs is ended with all that it has started', async () => {
    const command = [process.execPath, '-e', 'setInterval(() => {}, 1000)'];
    const agent = stranger('', { parameters: { command, sandbox: 'required', timeoutMs: 500 } });
    const { outcome } = await runToyEpisode({ agent });
    expect(outcome).toMatchObject({ status: 'timeout', problem: { code: 'HOST_TIMEOUT' } });
  });
});

describe.skipIf(problem === undefined)('where there can be no sandbox', () => {
  test('a host that requires one stops the run', async () => {
    const run = runToyEpisode({ agent: stranger('pry', { parameters: { sandbox: 'required' } }) });
    await expect(run).rejects.toMatchObject({ code: 'SANDBOX_MISSING' });
  });

  test('auto goes without, and the record says why', async () => {
    expect((await pried({ sandbox: 'auto' })).used).toMatchObject({ sandbox: 'none', why: problem });
  });
});

test('without a sandbox a host sees everything, and the record says that there was none', async () => {
  const { seen, used } = await pried({ sandbox: 'off' });
  expect(seen).toMatchObject({ readsSecret: 'open sesame', signals: true });
  expect(used).toMatchObject({ sandbox: 'none', why: 'The experiment turns it off' });
  expect(await readFile(path.join(folder, 'beside'), 'utf8')).toBe('x');
});

test('what the command names is there with its packages, and nothing beside it', async () => {
  const project = path.join(folder, 'project');
  for (const each of ['node_modules', 'app']) await mkdir(path.join(project, each), { recursive: true });
  const file = path.join(project, 'app', 'main.mjs');
  await writeFile(file, '');
  await writeFile(path.join(project, 'top.mjs'), '');
  const loose = `${folder}.mjs`;
  await writeFile(loose, '');
  const host = {
    command: 'node',
    args: [file, path.join(project, 'top.mjs'), loose, '/no/such/file'],
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '' },
    folder,
    secrets: createSecrets([]),
    signal: new AbortController().signal,
  };
  const { command, args } = await sandboxed(host, { folder: '/tmp/work', readable: [], hidden: [] });
  await rm(loose);
  const line = args.join(' ');
  expect(path.basename(command)).toBe('bwrap');
  for (const place of ['app/main.mjs', 'top.mjs', 'node_modules'])
    expect(line).toContain(`--ro-bind ${path.join(project, place)} `);
  for (const place of ['app', '']) expect(line).not.toContain(`--ro-bind ${path.join(project, place)} `);
  expect(line).toContain(`--ro-bind ${loose} `);
  expect(line).not.toContain(`--ro-bind ${tmpdir()} `);
  expect(line).not.toContain('/no/such/file --ro-bind');
  expect(args.slice(-5)).toEqual(['node', ...host.args]);
});
