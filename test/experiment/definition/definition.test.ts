import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSafeMcpError, type SafeMcpError } from '../../../src/contracts/errors.ts';
import { builtInCatalog } from '../../../src/experiment/catalog.ts';
import {
  defineExperiment,
  parseExperiment,
  readExperiment,
} from '../../../src/experiment/definition/index.ts';
import type { ExperimentInput } from '../../../src/experiment/definition/schema.ts';
import { fc } from '../../support/properties.ts';

const catalog = builtInCatalog();
const minimal = 'name: x\nenvironments: [todo]\nagents: [scripted/faithful]\n';

function refusal(action: () => unknown): SafeMcpError {
  try {
    action();
  } catch (error) {
    if (isSafeMcpError(error)) return error;
    throw error;
  }
  throw new Error('Nothing was refused');
}

function problems(text: string): string {
  return refusal(() => parseExperiment(text, 'x.yaml', catalog)).message;
}

describe('an experiment file', () => {
  test('needs a name, an environment and an agent; everything else has defaults', () => {
    expect(parseExperiment(minimal, 'x.yaml', catalog)).toEqual({
      catalog,
      experiment: {
        name: 'x',
        seed: '1',
        environments: [{ id: 'todo', tasks: 4 }],
        agents: ['scripted/faithful'],
        attacks: [null],
        defenses: [{ name: 'none', members: [] }],
        trials: 1,
        era: '2025',
        transport: 'memory',
        limits: {
          maxCalls: 60,
          callTimeoutMs: 10_000,
          episodeTimeoutMs: 60_000,
          maxSteps: 60,
          maxTokens: 1_000_000,
        },
      },
    });
  });

  test('expands lists and wildcards once each, in the order of the catalog', () => {
    const listed = ['important-notice', 'direct'];
    const { experiment } = parseExperiment(
      `${minimal}attacks:
  - { vector: tool-result, carrier: [important-notice, direct], goal: derail }
  - { vector: tool-result, carrier: '*', goal: derail }
`,
      'x.yaml',
      catalog,
    );
    const others = catalog.carriers.map(({ id }) => id).filter((id) => !listed.includes(id));
    expect(experiment.attacks).toEqual([
      null,
      ...[...listed, ...others].map((carrier) => ({ vector: 'tool-result', carrier, goal: 'derail' })),
    ]);
    const all = parseExperiment(
      `${minimal}attacks: [{ vector: '*', carrier: '*', goal: '*' }]`,
      'x.yaml',
      catalog,
    );
    const { vectors, carriers, goals } = catalog;
    expect(all.experiment.attacks).toHaveLength(1 + vectors.length * carriers.length * goals.length);
  });

  test('adds the baselines unless told not to', () => {
    const text = `${minimal}attacks: [{ vector: tool-result, carrier: direct, goal: derail }]\ndefenses: [pinning]\n`;
    const withThem = parseExperiment(text, 'x.yaml', catalog).experiment;
    expect(withThem.attacks[0]).toBeNull();
    expect(withThem.defenses.map(({ name }) => name)).toEqual(['none', 'pinning']);
    const without = parseExperiment(`${text}baselines: false\n`, 'x.yaml', catalog).experiment;
    expect(without.attacks).not.toContain(null);
    expect(without.defenses.map(({ name }) => name)).toEqual(['pinning']);
  });

  test('names defense sets by members and modes', () => {
    const { experiment } = parseExperiment(
      `${minimal}defenses:
  - phrase-detector:observe
  - use: [pinning, { id: phrase-detector, mode: observe, onFailure: open }]
  - { name: stack, use: [whitelist:enforce] }
`,
      'x.yaml',
      catalog,
    );
    expect(experiment.defenses).toEqual([
      { name: 'none', members: [] },
      {
        name: 'phrase-detector:observe',
        members: [{ id: 'phrase-detector', mode: 'observe', parameters: {} }],
      },
      {
        name: 'pinning+phrase-detector:observe',
        members: [
          { id: 'pinning', mode: 'enforce', parameters: {} },
          { id: 'phrase-detector', mode: 'observe', parameters: { onFailure: 'open' } },
        ],
      },
      { name: 'stack', members: [{ id: 'whitelist', mode: 'enforce', parameters: {} }] },
    ]);
  });

  test('can give an environment a size and attacks of its own', () => {
    const { experiment, concurrency } = parseExperiment(
      `name: x
seed: abc
era: 2026
concurrency: 3
environments:
  - { id: todo, tasks: 9 }
  - { id: textcraft, attacks: [{ vector: tool-result, carrier: direct, goal: derail }] }
agents: [scripted/compliant-0.25]
`,
      'x.yaml',
      catalog,
    );
    expect(experiment).toMatchObject({
      seed: 'abc',
      era: '2026',
      environments: [
        { id: 'todo', tasks: 9 },
        {
          id: 'textcraft',
          tasks: 4,
          attacks: [null, { vector: 'tool-result', carrier: 'direct', goal: 'derail' }],
        },
      ],
    });
    expect(concurrency).toBe(3);
  });
});

describe('a wrong experiment file is refused with place, problem and way out:', () => {
  test.each<[string, string, string]>([
    [
      'several problems at once',
      `name: x
environments:
  - todo
  - id: office
    taks: 3
  - 7
agents: []
seeds: 1
trials: 0
era: 2027
`,
      `x.yaml:5:5: unknown key "taks", did you mean tasks?
x.yaml:6:5: expected an environment id, or a map with id, tasks and attacks
x.yaml:7:9: the list needs at least 1 entry, add more
x.yaml:8:1: unknown key "seeds", did you mean seed?
x.yaml:9:9: expected at least 1, use more
x.yaml:10:6: expected 2025 or 2026`,
    ],
    [
      'missing keys',
      'name: x\n',
      'x.yaml:1:1: "environments" is missing, add it (a list)\nx.yaml:1:1: "agents" is missing, add it (a list)',
    ],
    [
      'wrong types',
      'name: 5\nenvironments: todo\nagents: [scripted/faithful]\ntasks: many\ntrials: 1.5\n',
      `x.yaml:1:7: expected a text, found 5
x.yaml:2:15: expected a list, found the text "todo"
x.yaml:4:8: expected a number, found the text "many"
x.yaml:5:9: expected a whole number, found 1.5`,
    ],
    [
      'unknown ids',
      `name: x
environments: [tood]
agents: [scripted/hijackd]
attacks:
  - vector: tool-resut
    carrier: [direct, reversd]
    goal: '*'
defenses: [pining, 'pinning:watch']
`,
      `x.yaml:2:16: There is no environment "tood"; did you mean todo?
x.yaml:3:10: There is no agent "scripted/hijackd"; did you mean scripted/hijacked?
x.yaml:5:13: There is no vector "tool-resut"; did you mean tool-result?
x.yaml:6:23: There is no carrier "reversd"; did you mean reversed?
x.yaml:8:12: There is no defense "pining"; did you mean pinning?
x.yaml:8:20: unknown mode "watch", use observe or enforce`,
    ],
    [
      'an attack without a goal',
      `${minimal}attacks:\n  - { vector: tool-result, carrier: direct }\n`,
      'x.yaml:5:5: "goal" is missing, add it (an id, a list of ids, or "*")',
    ],
    [
      'doubles',
      'name: x\nenvironments: [todo, todo]\nagents: [scripted/faithful]\ndefenses: [pinning, { use: [pinning] }]\n',
      `x.yaml:2:22: "todo" is listed twice, remove one
x.yaml:4:21: two defense sets are called "pinning", give one another name with {name, use}`,
    ],
    [
      'parameters that a defense does not take',
      `${minimal}defenses:\n  - use: [{ id: pinning, bogus: 1 }]\n  - { name: s, use: [pinning, { id: spotlighting, marker: 2, onFailure: maybe }] }\n`,
      `x.yaml:5:11: pinning: Unrecognized key: "bogus"
x.yaml:6:31: spotlighting: onFailure: Invalid option: expected one of "open"|"closed"`,
    ],
    [
      'parameters that are no JSON',
      `${minimal}defenses: [{ use: [{ id: pinning, onFailure: .nan }] }]\n`,
      'x.yaml:4:46: expected a JSON value',
    ],
    [
      'a set that is called none',
      `${minimal}defenses: [{ name: none, use: [pinning] }]\n`,
      'x.yaml:4:20: none is the set without defenses, choose another name',
    ],
    [
      'broken YAML',
      'name: [x\nagents: y\n',
      'x.yaml:1:8: Flow sequence in block collection must be sufficiently indented and end with a ], correct the YAML',
    ],
    [
      'a quote that never ends',
      'seed: 1\nname: "x\n\nagents:\n  - y\n',
      'x.yaml:2:7: the quote that opens here is never closed, correct the YAML',
    ],
    [
      'a quote in a list that never ends, and nothing of what it swallowed',
      "seed: 1\nagents: [x, 'y]\nname: x\nname: z\n",
      'x.yaml:2:13: the quote that opens here is never closed, correct the YAML',
    ],
    [
      'a quote that ends where the next one opens',
      'name: "x\nagents: ["y"]\n',
      'x.yaml:1:7: the quote that opens here is never closed, correct the YAML',
    ],
    [
      'a key in a wrong column',
      'name: x\nlimits:\n  maxCalls: 1\n era: 2025\n',
      'x.yaml:4:1: All mapping items must start at the same column, correct the YAML',
    ],
    ['a key given twice', 'name: x\nname: y\n', 'x.yaml:2:1: Map keys must be unique, correct the YAML'],
    ['no map', '- a\n', 'x.yaml:1:1: expected a map, found a list'],
    ['nothing', '', 'x.yaml:1:1: expected a map, found nothing'],
  ])('%s', (_, text, expected) => {
    expect(problems(text)).toBe(expected);
  });

  test('bounds size, depth, aliases and the number of problems', () => {
    expect(problems(`${minimal}#${'x'.repeat(70_000)}`)).toContain('longer than 65536 characters');
    expect(problems(`name: ${'['.repeat(50_000)}`)).toBe(
      'x.yaml:1:1: more than 40 levels, close brackets or use fewer levels',
    );
    expect(problems('- '.repeat(30_000))).toContain('more than 40 levels');
    expect(problems('? '.repeat(30_000))).toContain('more than 40 levels');
    const levels = Array.from({ length: 9 }, (_, level) =>
      level === 0 ? 'a0: &a0 [x, x]' : `a${level}: &a${level} [${`*a${level - 1}, `.repeat(9)}]`,
    );
    expect(problems(levels.join('\n'))).toContain('Excessive alias count');
    expect(
      problems(`${minimal}defenses: [${'nix, '.repeat(50)}]`)
        .split('\n')
        .at(-1),
    ).toMatch(/^and \d+ more$/);
  });

  test('whatever the text is, there is an experiment or a refusal', () => {
    const word = fc.constantFrom(
      'name',
      'environments',
      'attacks',
      ':',
      '\n',
      '- ',
      '[',
      '{',
      '}',
      '&a ',
      '*a',
      'none',
      '"',
      "'",
      '|',
      '__proto__',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((words) => words.join('')),
        ),
        (text) => {
          expect(refusal(() => parseExperiment(text, 'x.yaml', catalog)).code).toBe('INVALID_EXPERIMENT');
        },
      ),
    );
  });
});

describe('a file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'safemcp-definition-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each([
    ['that is missing', 'missing.yaml'],
    ['that is a folder', '.'],
  ])('%s cannot be read', async (_, name) => {
    await expect(readExperiment(path.join(folder, name), catalog)).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    });
  });

  test('that is not UTF-8 cannot be read', async () => {
    const file = path.join(folder, 'latin.yaml');
    await writeFile(file, new Uint8Array([0x6e, 0xff, 0xfe]));
    await expect(readExperiment(file, catalog)).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      where: file,
    });
  });

  test('is read', async () => {
    const file = path.join(folder, 'good.yaml');
    await writeFile(file, minimal);
    await expect(readExperiment(file, catalog)).resolves.toEqual(parseExperiment(minimal, file, catalog));
  });
});

describe('an experiment in code', () => {
  test('is checked like a file, with paths for places', () => {
    const input: ExperimentInput = {
      name: 'x',
      environments: [{ id: 'todo', tasks: 0 }],
      agents: ['scripted/faithful'],
    };
    expect(refusal(() => defineExperiment(input, catalog)).message).toBe(
      'environments[0].tasks: expected at least 1, use more',
    );
    const fine = defineExperiment({ ...input, environments: ['todo'] }, catalog);
    expect(fine).toEqual(parseExperiment(minimal, 'x.yaml', catalog));
  });
});
