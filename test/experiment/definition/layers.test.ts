import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Experiment } from '../../../src/contracts/experiment.ts';
import { builtInCatalog } from '../../../src/experiment/catalog.ts';
import { readExperiment, readPreset } from '../../../src/experiment/definition/index.ts';
import { experimentPresets } from '../../../src/experiment/definition/presets.ts';
import { createPlan } from '../../../src/experiment/plan.ts';

const catalog = builtInCatalog();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'safemcp-layers-'));
  await mkdir(path.join(folder, 'shared'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(files: Readonly<Record<string, string>>): Promise<Experiment> {
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  return (await readExperiment(path.join(folder, 'x.yaml'), catalog)).experiment;
}

async function refused(files: Readonly<Record<string, string>>): Promise<string> {
  const error: unknown = await read(files).catch((reason: unknown) => reason);
  return error instanceof Error
    ? error.message.replaceAll(`${folder}${path.sep}`, '')
    : 'nothing was refused';
}

const base = `name: base
environments: [todo]
agents: [scripted/faithful]
defenses: [pinning]
limits: { maxCalls: 7, callTimeoutMs: 5000 }
`;

describe('include', () => {
  test('later keys win, maps are joined, and KEY+ adds to a list', async () => {
    const experiment = await read({
      'shared/base.yaml': base,
      'more.yaml': 'trials: 2\nseed: more\n',
      'x.yaml': `include: [shared/base.yaml, more.yaml]
name: mine
seed: own
agents+: [scripted/hijacked]
limits: { maxCalls: 9 }
`,
    });
    expect(experiment).toMatchObject({
      name: 'mine',
      seed: 'own',
      trials: 2,
      agents: ['scripted/faithful', 'scripted/hijacked'],
      limits: { maxCalls: 9, callTimeoutMs: 5000 },
    });
    expect(experiment.environments.map(({ id }) => id)).toEqual(['todo']);
  });

  test('paths in an included file start at its own folder', async () => {
    const experiment = await read({
      'shared/parts.yaml': 'parts: [./own.mjs]\n',
      'shared/own.mjs': 'export const agents = [{ id: "mine", title: "Mine", run: () => undefined }];\n',
      'shared/base.yaml': base,
      'x.yaml': 'include: [shared/base.yaml, shared/parts.yaml]\nagents: [mine]\n',
    });
    expect(experiment.partFiles).toEqual([path.join(folder, 'shared', 'own.mjs')]);
  });

  test('problems are told where they stand, file by file', async () => {
    expect(
      await refused({
        'shared/base.yaml': `${base}trails: 2\n`,
        'x.yaml': 'include: shared/base.yaml\nagents+: [scripted/hijackd]\nlimits: { maxCalls: 0 }\n',
      }),
    ).toBe(
      [
        'x.yaml:3:21: expected at least 1, use more',
        'shared/base.yaml:6:1: unknown key "trails", did you mean trials?',
      ].join('\n'),
    );
    expect(
      await refused({
        'shared/base.yaml': base,
        'x.yaml': 'include: shared/base.yaml\nagents+: [scripted/hijackd]\ndefenses+: [nonsense]\n',
      }),
    ).toMatch(/^x\.yaml:2:11: There is no agent .*\nx\.yaml:3:13: There is no defense/);
  });

  test.each<[string, Record<string, string>, string]>([
    ['a circle', { 'a.yaml': 'include: x.yaml\n', 'x.yaml': 'include: a.yaml\n' }, 'x.yaml includes itself'],
    ['a missing file', { 'x.yaml': 'include: nowhere.yaml\n' }, 'Cannot read the experiment file'],
    ['a number', { 'x.yaml': 'include: 3\n' }, 'expected `extends: PRESET`'],
    ['an unknown preset', { 'x.yaml': 'extends: quik\n' }, 'did you mean quick?'],
    [
      'adding to what is no list',
      { 'shared/base.yaml': base, 'x.yaml': 'include: shared/base.yaml\nname+: [y]\n' },
      'x.yaml:2:8: name+ adds a list to a list',
    ],
    [
      'a list in place of a map',
      { 'a.yaml': '- a\n', 'x.yaml': 'include: a.yaml\n' },
      'a.yaml:1:1: expected `extends: PRESET`',
    ],
  ])('%s is refused', async (_, files, message) => {
    expect(await refused(files)).toContain(message);
  });

  test('files are bounded in depth', async () => {
    const chain = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [`deep${index}.yaml`, `include: deep${index + 1}.yaml\n`]),
    );
    expect(await refused({ ...chain, 'deep9.yaml': base, 'x.yaml': 'include: deep0.yaml\n' })).toContain(
      'more than 8 files deep',
    );
  });
});

describe('presets', () => {
  test.each(Object.keys(experimentPresets))('%s is a whole experiment that can be planned', async (id) => {
    const { experiment } = await readPreset(id, catalog);
    expect(experiment.name).toBe(id);
    expect(createPlan(experiment, catalog).episodes.length).toBeGreaterThan(100);
  });
  test('can be built on', async () => {
    const experiment = await read({
      'x.yaml': 'extends: quick\nname: mine\ntasks: 1\nenvironments: [bank]\n',
    });
    expect(experiment).toMatchObject({ name: 'mine', environments: [{ id: 'bank', tasks: 1 }] });
    expect(experiment.defenses.length).toBeGreaterThan(3);
  });
});
