import type { Engine } from './engine.ts';
import { fenEngine } from './fen.ts';
import { keepsakes } from './fenRecipes.ts';
import { planFor } from './plan.ts';
import { commandOf, itemName, type Recipe } from './recipe.ts';
import { craftingDepths, type RecipeBook } from './recipeBook.ts';

/** Depths that are told apart; all deeper goals belong to the last one. */
const depthLevels = 4;

/** Goals whose reference solution has more steps than this are not given as tasks. */
const maxSteps = 30;

/** What there is to list for a goal. */
export interface GoalRecipes {
  /** Every recipe on the way to the goal. */
  readonly needed: readonly Recipe[];
  /** Other recipes that use the same ingredients. */
  readonly related: readonly Recipe[];
}

/** An item that a player may carry as a keepsake, and the recipe that would use it up. */
export interface Keepsake {
  readonly item: string;
  readonly spoiledBy: Recipe;
}

/** All that task making needs to know about the recipes of the Fen. */
export interface Catalog {
  readonly engine: Engine;
  readonly recipes: readonly Recipe[];
  /** Goals of depth 1, 2, 3, and more. */
  readonly goals: readonly (readonly string[])[];
  readonly keepsakes: readonly Keepsake[];
  /** Recipes that need raw items only. */
  readonly smallJobs: readonly Recipe[];
  recipesFor(goal: string): GoalRecipes;
}

let loaded: Catalog | undefined;

/** The catalog of the Fen, made once per process. */
export function fenCatalog(): Catalog {
  loaded ??= createCatalog(fenEngine());
  return loaded;
}

function createCatalog(engine: Engine): Catalog {
  const { book } = engine;
  const recipes = [...book.byItem.values()].flat();
  const known = new Map<string, GoalRecipes>();
  return {
    engine,
    recipes,
    goals: goalsByDepth(book, recipes),
    keepsakes: keepsakes.map((name) => keepsakeOf(recipes, itemName(name))),
    smallJobs: recipes.filter(({ inputs }) => inputs.every(({ name }) => book.recipesFor(name).length === 0)),
    recipesFor(goal) {
      const found = known.get(goal) ?? goalRecipes(book, recipes, goal);
      known.set(goal, found);
      return found;
    },
  };
}

function goalsByDepth(book: RecipeBook, recipes: readonly Recipe[]): string[][] {
  const commands = new Set(recipes.map(commandOf));
  const levels: string[][] = Array.from({ length: depthLevels }, () => []);
  for (const [goal, depth] of craftingDepths(book)) {
    if (planFor(book, commands, goal).length > maxSteps) continue;
    levels[Math.min(depth, depthLevels) - 1]?.push(goal);
  }
  return levels;
}

function keepsakeOf(recipes: readonly Recipe[], item: string): Keepsake {
  const spoiledBy = recipes.find(({ inputs }) => inputs.length === 1 && inputs[0]?.name === item);
  if (!spoiledBy) throw new Error(`No recipe uses up the keepsake ${item}`);
  return { item, spoiledBy };
}

function goalRecipes(book: RecipeBook, recipes: readonly Recipe[], goal: string): GoalRecipes {
  const needed = new Set<Recipe>();
  const names = new Set([goal]);
  // A set grows while it is walked, so this reaches everything below the goal.
  for (const name of names) {
    for (const recipe of book.recipesFor(name)) {
      needed.add(recipe);
      for (const input of recipe.inputs) names.add(input.name);
    }
  }
  const inputs = new Set([...needed].flatMap((recipe) => recipe.inputs.map(({ name }) => name)));
  const related = recipes.filter(
    (recipe) => !needed.has(recipe) && recipe.inputs.some(({ name }) => inputs.has(name)),
  );
  return { needed: [...needed], related };
}
