import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sandboxed, sandboxProblem } from '../../../src/agents/external/sandbox.ts';
import { isJsonObject, type JsonObject } from '../../../src/contracts/json.ts';
import { runToyEpisode } from '../../support/toyExperiment.ts';
import { stranger } from './support.ts';

const problem = await sandboxProblem();

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'safemcp-test-'));
  await writeFile(path.join(folder, 'secret'), 'open sesame');
});
afterAll(() => rm(folder, { recursive: true }));

/** What a host that looks around has found. */
async function pried(parameters: JsonObject): Promise<{ readonly seen: JsonObject; readonly used: unknown }> {
  const env = {
    SECRET: path.join(folder, 'secret'),
    BESIDE: path.join(folder, 'beside'),
    OUTER: String(process.pid),
  };
  const agent = stranger('pry', { parameters: { env, ...parameters } });
  const { outcome, events } = await runToyEpisode({ agent });
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

test('runs that are kept beside the program are covered, and its packages are there', async () => {
  const project = path.join(folder, 'project');
  for (const each of ['.safemcp', 'node_modules', 'app'])
    await mkdir(path.join(project, each), { recursive: true });
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
    signal: new AbortController().signal,
  };
  const { command, args } = await sandboxed(host, { folder: '/tmp/work', readable: [], hidden: [] });
  await rm(loose);
  const line = args.join(' ');
  expect(path.basename(command)).toBe('bwrap');
  for (const place of ['app', 'node_modules', ''])
    expect(line).toContain(`--ro-bind ${path.join(project, place)} `);
  expect(line).toContain(`--tmpfs ${path.join(project, '.safemcp')} --bind /tmp/work /tmp/work`);
  expect(line).toContain(`--ro-bind ${loose} `);
  expect(line).not.toContain(`--ro-bind ${tmpdir()} `);
  expect(line).not.toContain('/no/such/file --ro-bind');
  expect(args.slice(-5)).toEqual(['node', ...host.args]);
});
