import type { Environment, Task } from '../contracts/environment.ts';
import { SafeMcpError } from '../contracts/errors.ts';
import type { Catalog, Experiment } from '../contracts/experiment.ts';

type Entry = Experiment['environments'][number];

/** Tasks by folder; reading them again gives the same. */
const known = new WeakMap<Environment, Map<string, Promise<readonly Task[]>>>();

/**
 * The catalog as an experiment wants it: where an entry names a folder, the tasks of the original that it holds
 * take the place of the generated ones, in their order; and where it says so, worlds offer the original's text form.
 * @throws FILE_UNREADABLE, or INVALID_EXPERIMENT when a folder holds fewer tasks than are to be run
 */
export async function withOriginals(experiment: Experiment, catalog: Catalog): Promise<Catalog> {
  const environments = await Promise.all(
    catalog.environments.map(async (environment) => {
      const entry = experiment.environments.find(({ id }) => id === environment.id);
      return entry ? asWanted(environment, entry) : environment;
    }),
  );
  return { ...catalog, environments };
}

async function asWanted(environment: Environment, entry: Entry): Promise<Environment> {
  if (entry.import === undefined && !entry.textTool) return environment;
  const imported = entry.import === undefined ? undefined : await tasksIn(environment, entry.import);
  if (imported && imported.length < entry.tasks)
    throw new SafeMcpError(
      'INVALID_EXPERIMENT',
      `The folder holds ${imported.length} tasks of ${environment.id} that can be run, and ${entry.tasks} are asked for`,
      {
        where: entry.import ?? environment.id,
        hint: `Set tasks of ${environment.id} to ${imported.length} or less`,
      },
    );
  return {
    ...environment,
    task(seed, index) {
      const task = imported ? imported[index] : environment.task(seed, index);
      if (!task) throw new RangeError(`There is no imported task ${index}`);
      return entry.textTool ? withTextTool(task) : task;
    },
  };
}

function withTextTool(task: Task): Task {
  return { ...task, open: (scope) => task.open({ ...scope, textTool: true }) };
}

function tasksIn(environment: Environment, folder: string): Promise<readonly Task[]> {
  const folders = known.get(environment) ?? new Map<string, Promise<readonly Task[]>>();
  known.set(environment, folders);
  const tasks = folders.get(folder) ?? environment.importTasks?.(folder) ?? Promise.resolve([]);
  folders.set(folder, tasks);
  // A folder that could not be read may be readable later.
  tasks.catch(() => folders.delete(folder));
  return tasks;
}
