import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { safemcp, testFolder } from './command.ts';

const minimal = 'name: x\nenvironments: [todo]\nagents: [scripted/faithful]\n';

describe('help', () => {
  test('names every command, and every command has examples', async () => {
    const { code, stdout } = await safemcp('.', '--help');
    expect(code).toBe(0);
    const commands = ['run', 'resume', 'report', 'runs', 'list', 'show', 'serve'];
    for (const command of commands) {
      expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
      const help = await safemcp('.', command, '--help');
      expect(help).toMatchObject({ code: 0, stderr: '' });
      expect(help.stdout).toContain('Examples:\n');
    }
  });

  test('is shown for an empty command line, as wrong use', async () => {
    const { code, stdout, stderr } = await safemcp('.');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage: safemcp');
  });

  test('the version is printed', async () => {
    const { code, stdout } = await safemcp('.', '--version');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('wrong use is told in one message, with exit code 2:', () => {
  test.each<[string, string[], string]>([
    ['an unknown command', ['rn'], "error INVALID_ARGUMENT: unknown command 'rn'"],
    ['an unknown option', ['run', 'x.yaml', '--sed', '3'], "error INVALID_ARGUMENT: unknown option '--sed'"],
    ['a missing argument', ['show'], 'error INVALID_ARGUMENT: missing required argument'],
    ['no number', ['run', 'x.yaml', '--limit', 'many'], 'Expected a whole number at least 1.'],
    ['an unknown format', ['report', '--format', 'pdf'], 'Allowed choices are table, html, json, csv'],
    [
      'an unknown list',
      ['list', 'everything'],
      'Allowed choices are environments, attacks, presets, defenses, stacks, agents, hosts',
    ],
    ['a missing file', ['run', 'missing.yaml'], 'error FILE_UNREADABLE: Cannot read the experiment file'],
    ['a missing workspace', ['report'], 'error RUN_NOT_FOUND: There is no workspace yet (.safemcp)'],
    ['an episode without a workspace', ['show', '3f2a'], 'error RUN_NOT_FOUND'],
    [
      'an unknown environment',
      ['serve', 'tood'],
      'error UNKNOWN_ID: There is no environment "tood"; did you mean todo?',
    ],
    ['half an attack', ['serve', 'todo', '--attack', 'tool-result'], 'Expected VECTOR/CARRIER/GOAL'],
    [
      'an unknown service',
      ['serve', 'todo', '--service', 'mail'],
      'error UNKNOWN_ID: todo has no service "mail"',
    ],
    [
      'a service that is not the attacked one',
      ['serve', 'todo', '--attack', 'rogue-service/direct/derail', '--service', 'todo'],
      'error INVALID_ARGUMENT: This attack sits at the service',
    ],
    ['a process over HTTP', ['serve', 'office', '--service', 'files', '--http', '0'], 'speaks stdio only'],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await safemcp(await testFolder(), ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain('hint: ');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('a wrong experiment file', async () => {
    const folder = await testFolder();
    await writeFile(path.join(folder, 'x.yaml'), `${minimal}taks: 3\ntrials: 0\n`);
    const { code, stderr } = await safemcp(folder, 'run', 'x.yaml');
    expect(code).toBe(2);
    expect(stderr).toBe(
      `error INVALID_EXPERIMENT:
  x.yaml:4:1: unknown key "taks", did you mean tasks?
  x.yaml:5:9: expected at least 1, use more
hint: schemas/experiment.schema.json describes every key; editors can check with it
`,
    );
  });

  test('a message gives no control over the terminal', async () => {
    const { code, stderr } = await safemcp('.', 'run', 'x\u001b[2J\u202e.yaml');
    expect(code).toBe(2);
    expect(stderr).not.toContain('\u001b');
    expect(stderr).toContain('\\u{1b}[2J\\u{202e}');
  });
});

test('a workspace that cannot be written is a failure of the machine, with exit code 1', async () => {
  const folder = await testFolder();
  await writeFile(path.join(folder, 'x.yaml'), minimal);
  const { code, stdout, stderr } = await safemcp(folder, 'run', 'x.yaml', '--workspace', 'x.yaml/runs');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('error WORKSPACE_UNWRITABLE');
});

test.each(['environments', 'attacks', 'defenses', 'agents', 'hosts'])('list %s', async (subject) => {
  const text = await safemcp('.', 'list', subject);
  const json = await safemcp('.', 'list', subject, '--json');
  expect([text.code, json.code]).toEqual([0, 0]);
  const entries = JSON.parse(json.stdout) as { id: string; title: string }[];
  expect(entries.length).toBeGreaterThan(1);
  for (const { id, title } of entries) {
    expect(text.stdout).toContain(`  ${id}  `);
    expect(title).not.toBe('');
  }
});

test('list hosts tells how each host is run, and whether our tests run it', async () => {
  const { stdout } = await safemcp('.', 'list', 'hosts', '--json');
  const hosts = JSON.parse(stdout) as { id: string }[];
  expect(hosts.find(({ id }) => id === 'opencode')).toMatchObject({
    command: ['opencode', 'run'],
    package: 'opencode-ai',
    tested: expect.stringMatching(/^\d+\.\d+\.\d+$/) as unknown,
  });
  expect(hosts.find(({ id }) => id === 'cursor-agent')).toMatchObject({ package: null, tested: null });
  const text = (await safemcp('.', 'list', 'hosts')).stdout.replaceAll(/\s+/g, ' ');
  expect(text).toMatch(/ opencode opencode: opencode run; npm opencode-ai; tested with \d/);
  expect(text).toContain('npm @anthropic-ai/claude-code; untested');
});
