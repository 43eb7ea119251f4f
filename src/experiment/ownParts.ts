import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { createBehaviorGoal, readBehaviors } from '../attacks/goals/index.ts';
import { type Goal, readabilities, vectorGroups } from '../contracts/attack.ts';
import { messageOf, SafeMcpError } from '../contracts/errors.ts';
import type { Catalog, Experiment, JudgeChoice } from '../contracts/experiment.ts';
import { readEnvironment } from '../environments/declared/index.ts';
import { extendCatalog } from './catalog.ts';
import { judgeOf } from './judging.ts';

/** Files of the user's that an experiment names. */
export type OwnParts = Pick<Experiment, 'environmentFiles' | 'partFiles' | 'behaviorFile' | 'judges'>;

const part = z.looseObject({ id: z.string(), title: z.string() });
const functions = (...names: string[]) =>
  part.refine((value) => names.every((name) => typeof value[name] === 'function'), {
    error: `expected an object with ${names.map((name) => `${name}()`).join(' and ')}`,
  });

const vectorFacts = z.looseObject({
  group: z.enum(vectorGroups),
  eras: z.array(z.enum(['2025', '2026'])).min(1),
  places: z.enum(['one', 'several']),
});

/** What a module with parts may export; the shapes of what functions give are checked where they are used. */
const moduleSchema = z.looseObject({
  environments: z.array(functions('task')).optional(),
  vectors: z.array(functions('compatible', 'place').and(vectorFacts)).optional(),
  carriers: z
    .array(functions('render').and(z.looseObject({ readability: z.enum(readabilities) })))
    .optional(),
  goals: z.array(functions('compatible', 'aim')).optional(),
  defenses: z.array(functions('create')).optional(),
  agents: z.array(functions('run')).optional(),
  models: z
    .array(
      z.union([
        z.looseObject({ id: z.string(), complete: z.function() }),
        z.looseObject({ id: z.string(), generate: z.function() }),
      ]),
    )
    .optional(),
  judges: z.array(z.looseObject({ id: z.string(), rate: z.function() })).optional(),
});

const kinds = Object.keys(moduleSchema.shape) as (keyof Catalog)[];

/**
 * The catalog with the environments, parts and behaviors that these files hold. Modules are the user's own code: they
 * are run.
 * @throws FILE_UNREADABLE, INVALID_DEFINITION, UNKNOWN_ID when there is no such judge
 */
export async function withOwnParts(
  { environmentFiles = [], partFiles = [], behaviorFile, judges }: OwnParts,
  catalog: Catalog,
): Promise<Catalog> {
  let extended = catalog;
  for (const file of partFiles) extended = extendCatalog(extended, await readModule(file));
  if (behaviorFile !== undefined)
    extended = extendCatalog(extended, { goals: [await behaviorGoal(behaviorFile, judges?.goal, extended)] });
  if (environmentFiles.length === 0) return extended;
  return extendCatalog(extended, { environments: await Promise.all(environmentFiles.map(readEnvironment)) });
}

async function behaviorGoal(file: string, judge: JudgeChoice | undefined, catalog: Catalog): Promise<Goal> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new SafeMcpError('FILE_UNREADABLE', `Cannot read the behaviors: ${messageOf(error)}`, {
      where: file,
      cause: error,
    });
  });
  return createBehaviorGoal(readBehaviors(text), judge && judgeOf('goal', judge, catalog));
}

async function readModule(file: string): Promise<Partial<Catalog>> {
  const loaded: unknown = await import(pathToFileURL(file).href).catch((error: unknown) => {
    const message = messageOf(error);
    const lacksUs = message.includes("'safemcp'");
    throw new SafeMcpError('FILE_UNREADABLE', `Cannot load these parts: ${message}`, {
      where: file,
      hint: lacksUs
        ? `Imports are looked up from the module's folder: npm install safemcp in ${path.dirname(file)}, or npm install with the folder of your clone; a global installation is not found`
        : 'Give a JavaScript module (.mjs or .js; TypeScript needs Node 22.18 or newer) whose imports can be found from its folder: npm install what it needs there',
      cause: error,
    });
  });
  const parsed = moduleSchema.safeParse(exportsOf(loaded));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new SafeMcpError('INVALID_DEFINITION', `${issue?.path.join('.')}: ${issue?.message}`, {
      where: file,
      hint: `Export lists named ${kinds.join(', ')}`,
    });
  }
  const found = kinds.filter((kind) => parsed.data[kind] !== undefined);
  if (found.length === 0)
    throw new SafeMcpError('INVALID_DEFINITION', 'The module exports no parts', {
      where: file,
      hint: `Export at least one list named ${kinds.join(', ')}`,
    });
  return Object.fromEntries(found.map((kind) => [kind, parsed.data[kind]])) as Partial<Catalog>;
}

/** Lists may stand in the module itself or in its default export. */
function exportsOf(loaded: unknown): unknown {
  const { default: inner, ...named } = { ...(loaded as Record<string, unknown>) };
  return { ...(typeof inner === 'object' && inner !== null ? inner : {}), ...named };
}

/** The file that a path or a package's name means, seen from a folder. @throws FILE_UNREADABLE */
export function resolvePart(name: string, folder: string): string {
  if (name.startsWith('.') || path.isAbsolute(name) || /\.[cm]?[jt]s$/.test(name))
    return path.resolve(folder, name);
  try {
    return createRequire(path.join(path.resolve(folder), 'experiment.js')).resolve(name);
  } catch (error) {
    throw new SafeMcpError('FILE_UNREADABLE', `There is no package ${name}`, {
      where: folder,
      hint: 'Install the package beside the experiment file, or give a path that starts with ./',
      cause: error,
    });
  }
}
