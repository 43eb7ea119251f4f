import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import Libsql from 'libsql';
import { expect, test } from 'vitest';
import { experimentText, safemcp, testFolder } from './command.ts';

test('a run goes from one workspace into another, with its report and traces, and can be removed there', async () => {
  const folder = await testFolder();
  await writeFile(path.join(folder, 'x.yaml'), experimentText(1));
  expect((await safemcp(folder, 'run', 'x.yaml')).code).toBe(0);
  expect(await safemcp(folder, 'export', 'latest', 'run.jsonl.gz')).toMatchObject({ code: 0, stdout: '' });

  const imported = await safemcp(folder, 'import', 'run.jsonl.gz', '--workspace', 'theirs');
  expect(imported).toMatchObject({ code: 0, stderr: '' });
  const reports = await Promise.all(
    ['.safemcp', 'theirs'].map((workspace) => safemcp(folder, 'report', '--json', '--workspace', workspace)),
  );
  expect(reports[1]?.stdout).toBe(reports[0]?.stdout);
  expect(await safemcp(folder, 'fsck', '--workspace', 'theirs')).toMatchObject({ code: 0, stdout: '' });

  const again = await safemcp(folder, 'import', 'run.jsonl.gz', '--workspace', 'theirs');
  expect(again).toMatchObject({ code: 2, stdout: '' });
  expect(again.stderr).toContain('error RUN_EXISTS');

  const would = await safemcp(folder, 'prune', '--keep', '0', '--dry-run', '--workspace', 'theirs');
  expect(would.stderr).toBe('Would remove 1 run\n');
  const removed = await safemcp(folder, 'prune', '--keep', '0', '--workspace', 'theirs');
  expect(removed).toMatchObject({ code: 0, stderr: 'Removed 1 run\n' });
  expect((await safemcp(folder, 'runs', '--workspace', 'theirs')).stdout).toBe('');
});

test('runs that failed before their first episode use up nothing of what is kept', async () => {
  const folder = await testFolder();
  await writeFile(path.join(folder, 'x.yaml'), experimentText(1));
  expect((await safemcp(folder, 'run', 'x.yaml')).code).toBe(0);
  const database = new Libsql(path.join(folder, '.safemcp', 'safemcp.db'));
  database.exec(
    "insert into runs (id, name, state, started_at, planned, experiment, skipped) select '20991231-000000-aaaa', 'empty', 'stopped', '2099-12-31T00:00:00.000Z', 0, experiment, skipped from runs",
  );
  database.close();
  expect(await safemcp(folder, 'prune', '--keep', '1')).toMatchObject({
    code: 0,
    stdout: '20991231-000000-aaaa  0 episodes  empty\n',
    stderr: 'Removed 1 run\n',
  });
});

test('a run becomes logs of Inspect, one for each agent, environment and defense set', async () => {
  const folder = await testFolder();
  await writeFile(path.join(folder, 'x.yaml'), experimentText(1));
  expect((await safemcp(folder, 'run', 'x.yaml')).code).toBe(0);
  const { code, stdout, stderr } = await safemcp(folder, 'export', 'latest', 'logs', '--format', 'inspect');
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(stderr).toMatch(/^Wrote the run \S+ with 6 episodes to logs as 2 logs of Inspect\n$/);
  const files = await readdir(path.join(folder, 'logs'));
  expect(files.map((file) => file.replace(/^.*_todo_/, '').slice(0, 23)).sort()).toEqual([
    'scripted.hijacked.none.',
    'scripted.hijacked.pinni',
  ]);
  for (const file of files) {
    const log: unknown = JSON.parse(await readFile(path.join(folder, 'logs', file), 'utf8'));
    expect(log).toMatchObject({
      version: 2,
      status: 'success',
      eval: { task: 'safemcp/todo' },
      results: { total_samples: 3 },
      samples: [
        { metadata: { attack: 'tool-result/direct/destroy' } },
        { metadata: { attack: 'rug-pull/direct/destroy' } },
        { metadata: { attack: 'none' } },
      ],
    });
  }

  await writeFile(path.join(folder, 'taken'), '');
  const refused = await safemcp(folder, 'export', 'latest', 'taken', '--format', 'inspect');
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain('error FILE_UNWRITABLE');
});

test('fsck says what is damaged and fails', async () => {
  const folder = await testFolder();
  await writeFile(path.join(folder, 'x.yaml'), experimentText(1));
  expect((await safemcp(folder, 'run', 'x.yaml')).code).toBe(0);
  const db = new Libsql(path.join(folder, '.safemcp', 'safemcp.db'));
  db.exec('delete from traces');
  db.close();
  const { code, stdout, stderr } = await safemcp(folder, 'fsck', '--limit', '1');
  expect(code).toBe(1);
  expect(stdout).toMatch(/^episode \w+: its trace is missing\n$/);
  expect(stderr).toContain('error STORE_CORRUPT');
});

test.each<[string, string | Uint8Array, string]>([
  ['no such file', '', 'error FILE_UNREADABLE'],
  ['plain text', 'hello', 'error IMPORT_INVALID'],
  ['no JSON', gzipSync('hello\n'), 'error IMPORT_INVALID'],
  ['JSON of something else', gzipSync('{"a":1}\n'), 'error IMPORT_INVALID'],
])('an import of %s is refused', async (name, content, message) => {
  const folder = await testFolder();
  if (name !== 'no such file') await writeFile(path.join(folder, 'run.gz'), content);
  const { code, stderr } = await safemcp(folder, 'import', 'run.gz');
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('    at ');
});

test('an export that cannot be written leaves nothing behind', async () => {
  const folder = await testFolder();
  await writeFile(path.join(folder, 'x.yaml'), experimentText(1));
  expect((await safemcp(folder, 'run', 'x.yaml')).code).toBe(0);
  const { code, stderr } = await safemcp(folder, 'export', 'latest', path.join('missing', 'run.gz'));
  expect(code).toBe(2);
  expect(stderr).toContain('error FILE_UNWRITABLE');
  await expect(readFile(path.join(folder, 'missing', 'run.gz'))).rejects.toThrow('ENOENT');
});

test('prune wants to know which runs', async () => {
  const folder = await testFolder();
  await writeFile(path.join(folder, 'x.yaml'), experimentText(1));
  expect((await safemcp(folder, 'run', 'x.yaml')).code).toBe(0);
  const { code, stderr } = await safemcp(folder, 'prune');
  expect(code).toBe(2);
  expect(stderr).toContain('Give either the runs to remove or --keep N');
});
