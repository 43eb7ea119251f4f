import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { RunResult } from '../../src/contracts/cell.ts';
import { type Ended, experimentText, main, safemcp, start, testFolder } from './command.ts';

interface ListedRun {
  readonly id: string;
  readonly state: string;
  readonly stored: number;
  readonly planned: number;
}

async function folderWith(tasks: number): Promise<string> {
  const folder = await testFolder();
  await writeFile(path.join(folder, 'x.yaml'), experimentText(tasks));
  return folder;
}

async function runsIn(folder: string): Promise<readonly ListedRun[]> {
  return JSON.parse((await safemcp(folder, 'runs', '--json')).stdout) as ListedRun[];
}

/** Resolves once the run in this folder has stored something. */
async function underWay(folder: string): Promise<ListedRun> {
  for (;;) {
    const [run] = await runsIn(folder);
    if (run && run.stored > 0) return run;
  }
}

function reportIn({ stdout }: Ended): RunResult {
  return JSON.parse(stdout) as RunResult;
}

test('an experiment is run, reported in every format, and traced', async () => {
  const folder = await folderWith(2);
  const ran = await safemcp(folder, 'run', 'x.yaml');
  expect(ran.code).toBe(0);
  expect(ran.stderr).toMatch(/^10% {2}2\/12 episodes {2}\d+ s left$/m);
  expect(ran.stderr).toMatch(/^Next:\n {2}every attack/m);
  expect(ran.stdout).toContain('scripted/hijacked (scripted, no language model)');
  expect(ran.stdout).toMatch(/^small: 12 episodes, 0 invalid$/m);
  expect(ran.stdout).not.toContain('\u001b');

  const [run] = await runsIn(folder);
  expect(run).toMatchObject({ state: 'finished', planned: 12, stored: 12 });
  expect((await safemcp(folder, 'runs')).stdout).toContain(`${run?.id}  finished`);
  expect((await safemcp(folder, 'report')).stdout).toBe(ran.stdout);
  const json = await safemcp(folder, 'report', 'latest', '--format', 'json');
  const { cells } = reportIn(json);
  expect(cells).toHaveLength(6);
  const hijacked = cells.find(
    ({ attack, defense }) => attack?.vector === 'tool-result' && defense === 'none',
  );
  expect(hijacked).toMatchObject({
    episodes: 2,
    funnel: { achieved: 2 },
    metrics: { asr: { estimate: 1, k: 2, n: 2 } },
  });
  expect((await safemcp(folder, 'report', '--format', 'csv')).stdout).toMatch(/^run,agent,/);
  expect((await safemcp(folder, 'report', '--format', 'markdown')).stdout).toMatch(/^## small/);
  expect((await safemcp(folder, 'report', '--format', 'junit')).stdout).toMatch(/^<\?xml /);
  const page = await safemcp(folder, 'report', '--format', 'html', '--out', 'report.html');
  expect(page).toMatchObject({ code: 0, stdout: '', stderr: 'Wrote report.html\n' });
  expect(await readFile(path.join(folder, 'report.html'), 'utf8')).toMatch(
    /^<!doctype html>.*<mark>.*<\/html>\n$/s,
  );
  const nowhere = await safemcp(folder, 'report', '--format', 'html', '--out', 'missing/report.html');
  expect(nowhere).toMatchObject({ code: 2, stdout: '' });
  expect(nowhere.stderr).toContain('error FILE_UNWRITABLE');

  const again = await safemcp(folder, 'run', 'x.yaml', '--json', '--seed', '1', '--concurrency', '1');
  expect(reportIn(again).cells.map(({ funnel }) => funnel)).toEqual(cells.map(({ funnel }) => funnel));
  const unknown = await safemcp(folder, 'show', 'nix');
  expect(unknown).toMatchObject({ code: 2, stdout: '' });
  expect(unknown.stderr).toContain('error EPISODE_NOT_FOUND');
});

test('a part of a plan is run, and the rest later', async () => {
  const folder = await folderWith(3);
  const part = await safemcp(folder, 'run', 'x.yaml', '--limit', '5', '--workspace', 'w');
  expect(part.code).toBe(0);
  expect(part.stdout).toContain('small: 5 of 18 planned episodes');
  expect(part.stderr).toMatch(
    /^Stopped: 5 of 18 episodes are stored\. Go on with:\n {2}safemcp resume \S+ --workspace w\n\nNext:\n/m,
  );
  const rest = await safemcp(folder, 'resume', '--workspace', 'w', '--json');
  expect(rest.code).toBe(0);
  expect(rest.stderr).toMatch(/^(\d0% .*\n)+$/);
  expect(reportIn(rest).run).toMatchObject({ state: 'finished', stored: 18 });
  expect((await safemcp(folder, 'resume', '--workspace', 'w')).stdout).toContain('small: 18 episodes');
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s stops cleanly, and resume ends what is left',
  async (signal) => {
    const folder = await folderWith(2000);
    const { child, ended } = start(folder, ['run', 'x.yaml']);
    const { id } = await underWay(folder);
    child.kill(signal);
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toContain(`safemcp resume ${id}`);
    const [stopped] = await runsIn(folder);
    expect(stopped).toMatchObject({ id, state: 'stopped', planned: 12_000 });
    const resumed = await safemcp(folder, 'resume', id, '--limit', '10', '--json');
    expect(reportIn(resumed).run.stored).toBe((stopped?.stored ?? 0) + 10);
  },
);

test('a killed run is resumed without a lost or doubled episode', async () => {
  const folder = await folderWith(30);
  const { child, ended } = start(folder, ['run', 'x.yaml', '--concurrency', '1']);
  await underWay(folder);
  child.kill('SIGKILL');
  await ended;
  const resumed = await safemcp(folder, 'resume', '--json');
  expect(resumed.code).toBe(0);
  const { run, cells } = reportIn(resumed);
  expect(run).toMatchObject({ state: 'finished', planned: 180, stored: 180 });
  expect(cells.map(({ episodes }) => episodes)).toEqual(Array(6).fill(30));
});

test('a reader that has seen enough is no error', async () => {
  const folder = await folderWith(1);
  await safemcp(folder, 'run', 'x.yaml');
  const report = spawn(process.execPath, [main, 'report', '--format', 'csv'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  report.stdout.destroy();
  let stderr = '';
  report.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = (await once(report, 'close')) as [number | null];
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
