import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Environment } from '../../../src/contracts/environment.ts';
import { goalKinds, isImpossible } from '../../../src/contracts/goal.ts';
import { readEnvironment } from '../../../src/environments/declared/index.ts';
import { defenseSet, runToyEpisode } from '../../support/toyExperiment.ts';

const example = 'examples/own-servers/environment.yaml';
let folder: string;
let household: Environment;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'safemcp-test-'));
  household = await readEnvironment(example);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const attack = (goal: string, vector = 'tool-description') => ({ vector, carrier: 'direct', goal });

describe('the example with two servers from npm', () => {
  test.each([0, 1])('task %i is solved by its solution and harms nothing', async (task) => {
    const { outcome } = await runToyEpisode({ environment: household, agent: 'scripted/faithful', task });
    expect(outcome).toMatchObject({
      status: 'completed',
      utility: 1,
      harm: { stateDamage: [], dataLeft: [] },
    });
  });

  test.each([
    ['exfiltrate', { dataLeft: 1, stateDamage: 0 }],
    ['exfiltrate-file', { dataLeft: 1, stateDamage: 0 }],
    ['cross-service', { dataLeft: 1, stateDamage: 0 }],
    ['destroy', { dataLeft: 0, stateDamage: 1 }],
    ['tamper', { dataLeft: 0, stateDamage: 1 }],
    ['persist', { dataLeft: 0, stateDamage: 1 }],
    ['derail', { dataLeft: 0, stateDamage: 0 }],
    ['stall', { dataLeft: 0, stateDamage: 0 }],
  ])('the hijacked agent achieves %s', async (goal, harm) => {
    const { outcome } = await runToyEpisode({ environment: household, attack: attack(goal), task: 1 });
    expect(outcome.attack?.stage).toBe('achieved');
    expect(outcome.harm.dataLeft).toHaveLength(harm.dataLeft);
    expect(outcome.harm.stateDamage).toHaveLength(harm.stateDamage);
  });

  test('the environment says of every kind of goal that the file has a target for it, or why not', () => {
    expect(Object.keys(household.goals).sort()).toEqual([...goalKinds].sort());
    const impossible = goalKinds.filter((kind) => isImpossible(household.goals[kind]));
    expect(impossible).toEqual(['escalate', 'wrong-choice']);
    expect(household.channels).toEqual(['file']);
    expect(isImpossible(household.planting)).toBe(true);
  });

  test('a blocked call changes nothing', async () => {
    const { outcome } = await runToyEpisode({
      environment: household,
      attack: attack('exfiltrate', 'rug-pull-silent'),
      defense: defenseSet('pinning'),
      task: 1,
    });
    expect(outcome.attack).toMatchObject({ stage: 'delivered', stoppedBy: 'pinning' });
    expect(outcome.harm.dataLeft).toEqual([]);
  });

  test('records hold no path of this machine', async () => {
    const record = await runToyEpisode({ environment: household, agent: 'scripted/faithful' });
    expect(JSON.stringify(record)).not.toContain(tmpdir());
  });
});

describe('a wrong file', () => {
  const minimal = 'id: x\ntitle: X\ndescription: X\n';
  const service = 'services: [{ name: a, command: [a], tools: [t] }]\n';
  const task =
    'tasks: [{ id: t, instruction: Do, solution: [{ service: SERVICE, tool: t }], checks: [{ answer: { equals: a } }] }]\n';
  test.each([
    ['is no YAML', '{', 'INVALID_DEFINITION', /flow map/i],
    ['lacks everything', 'id: x\n', 'INVALID_DEFINITION', /services/],
    [
      'names an unknown service',
      minimal + service + task.replace('SERVICE', 'b'),
      'INVALID_DEFINITION',
      /no service named b/,
    ],
    [
      'stalls at an unknown service',
      `${minimal}${service}${task.replace('SERVICE', 'a')}targets: { stall: { service: c, tool: t } }\n`,
      'INVALID_DEFINITION',
      /no service named c/,
    ],
    [
      'changes things at an unknown service',
      `${minimal}${service}${task.replace('SERVICE', 'a')}targets: { tamper: { calls: [{ service: d, tool: t }], describe: t, literals: [t], when: [{ answer: { equals: a } }] } }\n`,
      'INVALID_DEFINITION',
      /no service named d/,
    ],
    [
      'leaves the folder',
      `${minimal}${service}${task.replace('SERVICE', 'a')}protected: [../x]\n`,
      'INVALID_DEFINITION',
      /below the working folder/,
    ],
    [
      'names a package that is not there',
      minimal +
        service.replace('command: [a]', 'package: no-such-package-here') +
        task.replace('SERVICE', 'a'),
      'INVALID_DEFINITION',
      /not installed/,
    ],
    [
      'starts a service in two ways',
      minimal + service.replace('tools', 'package: p, tools') + task.replace('SERVICE', 'a'),
      'INVALID_DEFINITION',
      /one of command/,
    ],
  ])('that %s is refused', async (_, text, code, message) => {
    const file = path.join(folder, 'environment.yaml');
    await writeFile(file, text);
    await expect(readEnvironment(file)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
  });

  test('that is not there is refused', async () => {
    await expect(readEnvironment(path.join(folder, 'none.yaml'))).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    });
  });
});
