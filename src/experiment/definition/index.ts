import path from 'node:path';
import { SafeMcpError } from '../../contracts/errors.ts';
import type { Catalog, Experiment } from '../../contracts/experiment.ts';
import { withOriginals } from '../originals.ts';
import { resolvePart, withOwnParts } from '../ownParts.ts';
import { judgeChoice } from './judges.ts';
import { layerText, readLayers } from './layers.ts';
import { presetText } from './presets.ts';
import { type Path, type Problem, problemsOf } from './problems.ts';
import { resolveExperiment } from './resolve.ts';
import { type ExperimentInput, experimentFileSchema } from './schema.ts';
import { type Place, readYaml, type YamlSource } from './yamlSource.ts';

/** An experiment as it was declared, with how it wants to be run. */
export interface Declared {
  readonly experiment: Experiment;
  /** What its ids mean: the catalog given, and the environments that the experiment's files declare. */
  readonly catalog: Catalog;
  /** Episodes at once; absent when the file leaves it to the machine. */
  readonly concurrency?: number;
}

/** The keys that must be known before ids mean anything; the rest is checked with everything else. */
const ownPartsSchema = experimentFileSchema
  .pick({ environmentFiles: true, parts: true, behaviors: true, judges: true })
  .loose();

/** Problems shown at once; more of them mostly follow from the first. */
const maxProblems = 20;

/**
 * Reads, checks and resolves an experiment file with what it extends and includes, and the tasks that it imports.
 * @throws FILE_UNREADABLE, INVALID_EXPERIMENT with `file:line:column: what, what to do` for every problem
 */
export async function readExperiment(file: string, catalog: Catalog): Promise<Declared> {
  return declareFrom(await readLayers(file), file, catalog);
}

/** The experiment of this name that comes with SafeMCP. @throws UNKNOWN_ID */
export async function readPreset(id: string, catalog: Catalog): Promise<Declared> {
  const name = `preset ${id}`;
  return declareFrom(await layerText(presetText(id), name), name, catalog);
}

async function declareFrom(source: YamlSource, file: string, catalog: Catalog): Promise<Declared> {
  const folder = path.dirname(file);
  const named = ownPartsSchema.safeParse(source.data).data;
  const own = {
    environmentFiles: named?.environmentFiles.map((each) => path.resolve(folder, each)) ?? [],
    partFiles: named?.parts.map((each) => resolvePart(each, folder)) ?? [],
    ...(named?.behaviors !== undefined && { behaviorFile: path.resolve(folder, named.behaviors) }),
    ...(named?.judges?.goal !== undefined && { judges: { goal: judgeChoice(named.judges.goal) } }),
  };
  const declared = declareSource(source, folder, await withOwnParts(own, catalog));
  // Now rather than in the middle of a run.
  await withOriginals(declared.experiment, declared.catalog);
  return declared;
}

/** YAML text that builds on no other; `file` is what errors call it. @throws INVALID_EXPERIMENT */
export function parseExperiment(text: string, file: string, catalog: Catalog): Declared {
  return declareSource(readYaml(text, file), path.dirname(file), catalog);
}

function declareSource(source: YamlSource, folder: string, catalog: Catalog): Declared {
  const { experiment, ...wishes } = declare(source.data, catalog, (problem) => source.locate(problem));
  return { experiment: withFoldersFrom(folder, experiment), ...wishes };
}

/** An experiment declared in code. @throws INVALID_EXPERIMENT, with the path of every problem */
export function defineExperiment(input: ExperimentInput, catalog: Catalog): Declared {
  return declare(input, catalog, (problem) => ({ text: pathText(problem.path), offset: 0 }));
}

/** Folders that the experiment names are told from the folder of its file on. */
function withFoldersFrom(folder: string, experiment: Experiment): Experiment {
  const environments = experiment.environments.map((entry) =>
    entry.import === undefined ? entry : { ...entry, import: path.resolve(folder, entry.import) },
  );
  const { environmentFiles, partFiles, behaviorFile } = experiment;
  return {
    ...experiment,
    environments,
    ...(environmentFiles && { environmentFiles: environmentFiles.map((each) => path.resolve(folder, each)) }),
    ...(behaviorFile !== undefined && { behaviorFile: path.resolve(folder, behaviorFile) }),
    ...(partFiles && { partFiles: partFiles.map((each) => resolvePart(each, folder)) }),
  };
}

function pathText(steps: Path): string {
  if (steps.length === 0) return 'experiment';
  return steps
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${step}`))
    .join('');
}

type Locate = (problem: Problem) => Place;

function declare(data: unknown, catalog: Catalog, locate: Locate): Declared {
  const parsed = experimentFileSchema.safeParse(data, { reportInput: true });
  if (!parsed.success) throw refused(problemsOf(parsed.error.issues, experimentFileSchema), locate);
  const problems: Problem[] = [];
  const experiment = resolveExperiment(parsed.data, catalog, (problem) => void problems.push(problem));
  if (problems.length > 0) throw refused(problems, locate);
  const { concurrency } = parsed.data;
  return { experiment, catalog, ...(concurrency !== undefined && { concurrency }) };
}

function refused(problems: readonly Problem[], locate: Locate): SafeMcpError {
  const lines = problems
    .map((problem) => ({ ...locate(problem), what: problem.what }))
    .sort((a, b) => a.offset - b.offset)
    .slice(0, maxProblems)
    .map(({ text, what }) => `${text}: ${what}`);
  if (problems.length > maxProblems) lines.push(`and ${problems.length - maxProblems} more`);
  return new SafeMcpError('INVALID_EXPERIMENT', lines.join('\n'), {
    hint: 'schemas/experiment.schema.json describes every key; editors can check with it',
  });
}
