import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { experimentText, main, testFolder } from './command.ts';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { description: string; default?: string; required?: boolean }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

const file = fileURLToPath(new URL('../../action.yml', import.meta.url));
const action = async (): Promise<Action> => parse(await readFile(file, 'utf8')) as Action;

const bash = spawnSync('bash', ['--version']).status === 0;

test('every input is described and used, and no script holds an expression', async () => {
  const text = await readFile(file, 'utf8');
  const { inputs, runs } = await action();
  for (const [name, { description }] of Object.entries(inputs)) {
    expect(description).not.toBe('');
    expect(text).toContain(`inputs.${name}`);
  }
  // An expression in a script would be a way to run commands by an input.
  for (const { run = '' } of runs.steps) expect(run).not.toContain('${{');
});

test.skipIf(!bash)(
  'its steps run an experiment, decide, and leave reports',
  { timeout: 60_000 },
  async () => {
    const folder = await testFolder();
    const home = path.join(folder, 'home');
    await mkdir(home);
    await writeFile(path.join(folder, 'x.yaml'), experimentText(2));
    await writeFile(path.join(home, 'main'), main);
    const { runs } = await action();
    const step = (name: string, env: Readonly<Record<string, string>>) => {
      const { run = '' } = runs.steps.find((each) => each.name === name) ?? {};
      return spawnSync('bash', ['-eo', 'pipefail', '-c', run], {
        cwd: folder,
        encoding: 'utf8',
        env: {
          ...process.env,
          HOME_FOLDER: home,
          GITHUB_STEP_SUMMARY: path.join(folder, 'summary.md'),
          GITHUB_OUTPUT: path.join(folder, 'output'),
          ...env,
        },
      });
    };
    expect(step('Run', { FILE: 'x.yaml', PRESET: 'quick' }).status).toBe(0);
    const gate = { BASELINE: '', UNDECIDED: 'fail' };
    const failed = step('Gate', { ...gate, LIMITS: '--max-asr 5% --defense none $(touch hacked) *' });
    expect(failed.status).not.toBe(0);
    expect(spawnSync('ls', [folder], { encoding: 'utf8' }).stdout).not.toContain('hacked');
    const passed = step('Gate', { ...gate, LIMITS: '--max-asr 90% --defense pinning --attack rug-pull/' });
    expect(passed.stderr).toBe('');
    expect(passed.status).toBe(0);
    expect(await readFile(path.join(folder, 'output'), 'utf8')).toContain('decision=pass\n');
    expect(await readFile(path.join(folder, 'summary.md'), 'utf8')).toMatch(/^## Gate passed/);
    for (const report of ['report.md', 'cells.csv', 'gate.xml', 'gate.json'])
      expect(await readFile(path.join(home, 'report', report), 'utf8')).not.toBe('');
  },
);
