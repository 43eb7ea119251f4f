import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { experimentText, safemcp, testFolder } from './command.ts';

async function ranIn(...names: readonly string[]): Promise<string> {
  const folder = await testFolder();
  await writeFile(path.join(folder, 'x.yaml'), experimentText(8));
  for (const name of names)
    expect(await safemcp(folder, 'run', 'x.yaml', '--workspace', name)).toMatchObject({ code: 0 });
  return folder;
}

describe('gate', () => {
  test('exits with 0 or 3, and says why in every format', async () => {
    const folder = await ranIn('.safemcp');
    const gate = (...args: string[]) => safemcp(folder, 'gate', ...args);
    const passed = await gate('--max-asr', '50%', '--defense', 'pinning', '--attack', 'rug-pull/');
    expect(passed).toMatchObject({ code: 0, stderr: '' });
    expect(passed.stdout).toContain('Gate passed: 2 pass, 0 fail, 0 undecided');
    const failed = await gate('--max-asr', '0.05', '--defense', 'none', '--json');
    expect(failed).toMatchObject({ code: 3, stderr: '' });
    expect(JSON.parse(failed.stdout)).toMatchObject({ passed: false, decision: 'fail' });
    const undecided = ['--max-asr', '5%', '--defense', 'pinning', '--attack', 'rug-pull/'];
    const open = await gate(...undecided, '--format', 'junit');
    expect(open.code).toBe(3);
    expect(open.stdout).toContain(
      '<testsuites name="safemcp gate" tests="2" failures="1" errors="0" skipped="0">',
    );
    expect(open.stdout).toContain('<failure type="undecided" message="0% (0 of 8), interval 0% to 32.4%;');
    const let_ = await gate(...undecided, '--format', 'junit', '--undecided', 'pass');
    expect(let_.code).toBe(0);
    expect(let_.stdout).toContain('<skipped message="');
    expect((await gate(...undecided, '--format', 'markdown')).stdout).toMatch(/^## Gate not passed/);
  });

  test('compares with a run of another workspace', async () => {
    const folder = await ranIn('.safemcp', 'older');
    const args = ['--baseline', 'latest', '--baseline-workspace', 'older', '--max-increase', '50%'];
    const { code, stdout } = await safemcp(folder, 'gate', ...args);
    expect(stdout).toContain('ASR rises by at most 50%: scripted/hijacked with none');
    expect(code).toBe(0);
  });

  test.each<[string, string[], string]>([
    ['no limit', [], 'A gate needs a limit'],
    ['no share', ['--max-asr', '5'], 'Expected a share from 0 to 1'],
    ['a rise without a baseline', ['--max-increase', '0.1'], '--baseline goes together with'],
  ])('%s is wrong use', async (_, args, message) => {
    const { code, stderr } = await safemcp(await testFolder(), 'gate', ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

test('compare tells what changed first, then what that did', async () => {
  const folder = await ranIn('.safemcp');
  const changed = experimentText(8)
    .replace('[pinning]', '[whitelist]')
    .replace('name: small', 'name: changed');
  await writeFile(path.join(folder, 'x.yaml'), changed);
  await safemcp(folder, 'run', 'x.yaml');
  const runs = JSON.parse((await safemcp(folder, 'runs', '--json')).stdout) as { id: string }[];
  const before = runs[1]?.id ?? '';
  const { code, stdout } = await safemcp(folder, 'compare', before, 'latest');
  expect(code).toBe(0);
  expect(stdout).toMatch(/What changed\n {2}defenses: pinning -> whitelist\n/);
  expect(stdout).toContain('scripted/hijacked with pinning -> whitelist');
  expect(stdout).toMatch(/ {2}utility, clean +100\.0% -> +100\.0% /);
  expect(stdout).toContain('48 pairs of episodes, equal up to what changed.');
  const json = JSON.parse((await safemcp(folder, 'compare', before, '--json')).stdout) as { rows: unknown[] };
  expect(json.rows.length).toBeGreaterThan(5);
  const markdown = await safemcp(folder, 'compare', before, '--format', 'markdown', '--detail');
  expect(markdown.stdout).toContain('| agent and defense | figure |');
});

describe('init', () => {
  test.each(['scripted', 'server', 'agent'])('%s: what it writes can be run as it is', async (kind) => {
    const folder = await testFolder();
    const written = await safemcp(folder, 'init', 'my.yaml', '--for', kind);
    expect(written).toMatchObject({ code: 0, stdout: '' });
    const plan = await safemcp(folder, 'run', 'my.yaml', '--dry-run', '--json');
    expect(plan).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(plan.stdout)).toMatchObject({ detectable: [{ scope: 'cell' }, { scope: 'all' }] });
    const again = await safemcp(folder, 'init', 'my.yaml', '--for', kind);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('nothing is overwritten (my.yaml)');
  });
  test('the agent of the module beside it runs, and its module can be changed', async () => {
    const folder = await testFolder();
    const { stderr } = await safemcp(folder, 'init', 'mine.yaml', '--for', 'agent');
    expect(stderr).toContain('mine.yaml and mine.agent.mjs');
    const { code, stdout } = await safemcp(folder, 'run', 'mine.yaml', '--json');
    expect(code).toBe(0);
    const { cells } = JSON.parse(stdout) as { cells: { agent: string; invalid: number; episodes: number }[] };
    const own = cells.filter(({ agent }) => agent === 'my-agent');
    expect(own.length).toBeGreaterThan(0);
    expect(own.every(({ invalid }) => invalid === 0)).toBe(true);
  });
  test('the declared server is attacked as it is', async () => {
    const folder = await testFolder();
    await safemcp(folder, 'init', 'my.yaml', '--for', 'server');
    const { code, stdout } = await safemcp(folder, 'run', 'my.yaml');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}none +Every delivered attack achieves its goal\.$/m);
  });
});

describe('power', () => {
  test.each(['0', '1', '100%'])('of %s is no plan', async (power) => {
    const { code, stderr } = await safemcp(
      '.',
      'power',
      '--before',
      '0.6',
      '--after',
      '0.3',
      '--power',
      power,
    );
    expect(code).toBe(2);
    expect(stderr).toContain('Expected a chance between 0 and 1');
  });
  test('says what the design effect has to do with the number of tasks', async () => {
    const limit = await safemcp('.', 'power', '--rate', '2%', '--limit', '5%');
    expect(limit.stdout.replace(/\s+/g, ' ')).toContain('takes it for larger where tasks are few');
  });
  test('says how many tasks a difference and a limit take', async () => {
    const difference = await safemcp('.', 'power', '--before', '60%', '--after', '0.3', '--trials', '1');
    expect(difference).toMatchObject({ code: 0, stderr: '' });
    expect(difference.stdout).toMatch(/^ +1 +50 +50 +1\.00$/m);
    const limit = await safemcp(
      '.',
      'power',
      '--rate',
      '2%',
      '--limit',
      '5%',
      '--correlation',
      '1',
      '--json',
    );
    const { sizes } = JSON.parse(limit.stdout) as { sizes: { tasks: number }[] };
    // Trials that always end alike save no task.
    expect(new Set(sizes.map(({ tasks }) => tasks)).size).toBe(1);
  });
  test('wants to know what for', async () => {
    const { code, stderr } = await safemcp('.', 'power', '--before', '60%');
    expect(code).toBe(2);
    expect(stderr).toContain('Either --before and --after, or --rate and --limit are needed');
  });
  test('a run without repeats shows no likeness of trials', async () => {
    const folder = await ranIn('.safemcp');
    const { code, stderr } = await safemcp(
      folder,
      'power',
      '--before',
      '60%',
      '--after',
      '30%',
      '--from',
      'latest',
    );
    expect(code).toBe(2);
    expect(stderr).toContain('The run shows no likeness of trials');
  });
});

test('a file or a preset is needed, not both', async () => {
  expect(await safemcp('.', 'run')).toMatchObject({ code: 2 });
  const both = await safemcp('.', 'run', 'x.yaml', '--preset', 'quick');
  expect(both.stderr).toContain('One of an experiment file and --preset is needed');
  expect(await safemcp('.', 'run', '--preset', 'quick', '--dry-run')).toMatchObject({ code: 0, stderr: '' });
});

test('the views of the paper are printed in three formats', async () => {
  const folder = await ranIn('.safemcp');
  const { code, stdout } = await safemcp(folder, 'report', '--view', 'paper');
  expect(code).toBe(0);
  for (const title of ['Detection', 'ASR', 'HR', 'RAL'])
    expect(stdout).toMatch(new RegExp(`^${title}$`, 'm'));
  const json = await safemcp(folder, 'report', '--view', 'paper', '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ losses: [{ defense: 'pinning' }] });
  expect((await safemcp(folder, 'report', '--view', 'paper', '--format', 'markdown')).stdout).toMatch(
    /^## scripted/,
  );
  expect(await safemcp(folder, 'report', '--view', 'paper', '--format', 'csv')).toMatchObject({ code: 2 });
});

test('the verdict goes into the summary of a job on GitHub', async () => {
  const folder = await ranIn('.safemcp');
  const summary = path.join(folder, 'summary.md');
  process.env['GITHUB_STEP_SUMMARY'] = summary;
  try {
    await safemcp(folder, 'gate', '--max-asr', '5%');
  } finally {
    delete process.env['GITHUB_STEP_SUMMARY'];
  }
  expect(await readFile(summary, 'utf8')).toMatch(/^## Gate not passed/);
});
