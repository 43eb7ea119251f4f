import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createSeed } from '../../src/contracts/seed.ts';
import { builtInCatalog } from '../../src/experiment/catalog.ts';
import { defineExperiment, parseExperiment, readExperiment } from '../../src/experiment/definition/index.ts';
import { withOriginals } from '../../src/experiment/originals.ts';
import { createPlan } from '../../src/experiment/plan.ts';
import { runPlan } from '../../src/experiment/runner.ts';
import { openStore } from '../../src/experiment/store/index.ts';
import { writeTodoRecordings } from '../support/todoRecordings.ts';

const catalog = builtInCatalog();
const seed = createSeed('x');
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'safemcp-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeTodoRecordings(path.join(folder, 'data', 'todo'), 3);
});

function experiment(environment: object, more: object = {}) {
  return defineExperiment(
    {
      name: 'x',
      environments: [{ id: 'todo', tasks: 2, ...environment }],
      agents: ['scripted/faithful'],
      ...more,
    },
    catalog,
  ).experiment;
}

const imported = () => ({ import: path.join(folder, 'data', 'todo') });

describe('an experiment with tasks of an original', () => {
  test('has them in place of the generated ones, and leaves other environments alone', async () => {
    const changed = await withOriginals(experiment(imported()), catalog);
    const [todo, plain] = [changed, catalog].map(({ environments }) =>
      environments.find(({ id }) => id === 'todo'),
    );
    expect(todo?.task(seed, 1).instruction).toBe('Complete Rake, and say 1.');
    expect(plain?.task(seed, 1).instruction).not.toContain('Rake');
    expect(changed.environments.filter((each, index) => each !== catalog.environments[index])).toEqual([
      todo,
    ]);
  });

  test('names its folder from the file on', async () => {
    const file = path.join(folder, 'experiment.yaml');
    const text = (tasks: number): string =>
      `name: x\nagents: [scripted/faithful]\nenvironments: [{ id: todo, import: data/todo, textTool: true, tasks: ${tasks} }]\n`;
    await writeFile(file, text(3));
    const read = await readExperiment(file, catalog);
    expect(read.experiment.environments).toEqual([{ id: 'todo', tasks: 3, ...imported(), textTool: true }]);
    await writeFile(file, text(4));
    await expect(readExperiment(file, catalog)).rejects.toMatchObject({
      code: 'INVALID_EXPERIMENT',
      message: 'The folder holds 3 tasks of todo that can be run, and 4 are asked for',
    });
    await rm(path.join(folder, 'data'), { recursive: true });
    await writeFile(file, text(2).replace('data/todo', 'elsewhere'));
    await expect(readExperiment(file, catalog)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  test('is refused for an environment without an original', () => {
    const text =
      'name: x\nagents: [scripted/faithful]\nenvironments: [{ id: office, import: data, textTool: true }]\n';
    expect(() => parseExperiment(text, 'x.yaml', catalog)).toThrow(
      'x.yaml:3:30: office follows no original, remove import\nx.yaml:3:44: office follows no original, remove textTool',
    );
  });

  test('has episodes of its own', () => {
    const ids = (environment: object): string[] =>
      createPlan(experiment(environment), catalog).episodes.map(({ id }) => id);
    const all = [{}, imported(), { textTool: true }, { ...imported(), textTool: true }].map(ids);
    expect(new Set(all.flat()).size).toBe(8);
    expect(ids({ textTool: false })).toEqual(all[0]);
  });

  test('runs, and can be resumed from what is stored', async () => {
    const store = await openStore(path.join(folder, 'workspace'));
    onTestFinished(() => store.close());
    const plan = createPlan(experiment(imported()), catalog);
    const { id: runId } = await store.createRun(plan, new Date(0));
    const options = { catalog, store, runId, concurrency: 1, signal: new AbortController().signal };
    expect(await runPlan(plan, { ...options, limit: 1 })).toEqual({ state: 'stopped', stored: 1 });
    const stored = await store.run(runId);
    await runPlan(createPlan(stored.experiment, catalog), options);
    const instructions: string[] = [];
    for (const { id } of plan.episodes) {
      const { instruction, outcome } = await store.episode(id, runId);
      instructions.push(instruction);
      expect(outcome).toMatchObject({ status: 'completed', utility: 1, originalUtility: 1 });
    }
    expect(instructions).toEqual(['Complete Dig, and say 0.', 'Complete Rake, and say 1.']);
  });
});

test('the text tool is offered where it is asked for', async () => {
  const tools = async (environment: object): Promise<string[]> => {
    const { environments } = await withOriginals(experiment(environment), catalog);
    const task = environments.find(({ id }) => id === 'todo')?.task(seed, 0);
    const world = await task?.open({ workFolder: async () => folder });
    const [service] = world?.services ?? [];
    return service?.kind === 'tools' ? service.tools.map(({ name }) => name) : [];
  };
  expect(await tools({ textTool: true })).toContain('step');
  expect(await tools({ ...imported(), textTool: true })).toContain('step');
  expect(await tools(imported())).not.toContain('step');
});
