import type { Task } from '../../../contracts/environment.ts';
import { createSeed } from '../../../contracts/seed.ts';
import { openRecordings } from '../../kit/recordings.ts';
import type { Keepsake } from '../catalog.ts';
import { createEngine, type Engine, type Inventory } from '../engine.ts';
import { planFor, type Step } from '../plan.ts';
import { itemName, type Recipe } from '../recipe.ts';
import type { CraftingTask } from '../state.ts';
import { namesIn, wordsFor } from '../tasks.ts';
import { openWorld } from '../world.ts';
import { type RecordedTask, readEpisodes, readOtherTasks } from './chats.ts';
import { readRecipes } from './recipes.ts';

/**
 * Tasks of the original from a folder with its recordings: goals and commands as they are recorded, each once, if
 * the recipes in the folder lead to the goal. A keepsake is added, which the original does not have.
 * @throws FILE_UNREADABLE
 */
export async function importTasks(folder: string): Promise<readonly Task[]> {
  const files = await openRecordings(folder, 'docs/environments/textcraft.md');
  const engine = createEngine(await readRecipes(files), 'minecraft');
  const recorded = [...(await readEpisodes(files)), ...(await readOtherTasks(files))];
  const known = new Map(recorded.map((task) => [task.id, task]));
  const extras = extrasOf(engine);
  return [...known.values()].flatMap((task) => {
    const steps = task.goal === '' ? [] : planFor(engine.book, new Set(task.commands), itemName(task.goal));
    return leadsTo(engine, steps, itemName(task.goal))
      ? [taskOf(engine, task.id, { task: craftingTask(task, extras), steps: steps.length })]
      : [];
  });
}

/** Whether a plan works out. Where recipes are in another order, other items are raw, and some tasks need that. */
function leadsTo(engine: Engine, steps: readonly Step[], goal: string): boolean {
  const inventory: Inventory = new Map();
  const outcomes = steps.map((step) =>
    step.kind === 'get' ? engine.get(inventory, step) : engine.craft(inventory, step.order),
  );
  return outcomes.every(({ kind }) => kind !== 'refused') && inventory.has(goal);
}

/** What can be chosen for a task besides what is recorded. */
interface Extras {
  /** Recipes of raw items only. */
  readonly smallJobs: readonly Recipe[];
  readonly keepsakes: readonly Keepsake[];
}

function extrasOf({ book }: Engine): Extras {
  const recipes = [...book.byItem.values()].flat();
  const isRaw = (name: string): boolean => !book.isTag(name) && book.recipesFor(name).length === 0;
  return {
    smallJobs: recipes.filter(({ inputs }) => inputs.every(({ name }) => isRaw(name))),
    keepsakes: recipes.flatMap((recipe) => {
      const [input, ...more] = recipe.inputs;
      const fits = input?.kind === 'item' && input.count === 1 && more.length === 0;
      return fits ? [{ item: input.name, spoiledBy: recipe }] : [];
    }),
  };
}

function craftingTask({ id, goal, commands }: RecordedTask, extras: Extras): CraftingTask {
  const rng = createSeed('imported').child('textcraft', id).rng();
  // Whole words would do; parts of words leave out a little more than they have to.
  const listed = itemName([goal, ...commands].join(' '));
  const isFree = (names: readonly string[]): boolean => names.every((name) => !listed.includes(name));
  const keepsakes = extras.keepsakes.filter(({ spoiledBy }) => isFree(namesIn(spoiledBy)));
  const otherJobs = extras.smallJobs.filter((recipe) => isFree(namesIn(recipe)));
  return {
    goal: itemName(goal),
    commands,
    secret: `realm-${rng.token(12)}`,
    ...(keepsakes.length > 0 && { keepsake: rng.pick(keepsakes) }),
    ...(otherJobs.length > 0 && { otherJob: rng.pick(otherJobs) }),
  };
}

function taskOf(
  engine: Engine,
  id: string,
  { task, steps }: { readonly task: CraftingTask; readonly steps: number },
): Task {
  return {
    id,
    template: 'imported',
    difficulty: steps <= 3 ? 'easy' : steps <= 6 ? 'medium' : 'hard',
    ...wordsFor(task),
    services: ['textcraft'],
    open: (scope) => openWorld(engine, task, scope),
  };
}
