import type { Inventory, Order } from './engine.ts';
import { commandOf, displayName, type Ingredient, type Recipe } from './recipe.ts';
import type { RecipeBook } from './recipeBook.ts';

/** One command of a plan. */
export type Step =
  | { readonly kind: 'get'; readonly item: string; readonly count: number }
  | { readonly kind: 'craft'; readonly order: Order };

interface Planner {
  readonly book: RecipeBook;
  /** The crafting commands the task lists. */
  readonly commands: ReadonlySet<string>;
  readonly steps: Step[];
  /** What earlier steps leave over. */
  readonly spare: Inventory;
}

/** Commands that end with one `goal` in the inventory, from nothing, with the listed commands only. */
export function planFor(book: RecipeBook, commands: ReadonlySet<string>, goal: string): readonly Step[] {
  const planner: Planner = { book, commands, steps: [], spare: new Map() };
  provide(planner, goal, 1);
  return planner.steps;
}

/** Adds the steps after which `count` of `item` are there for the caller to use. */
function provide(planner: Planner, item: string, count: number): void {
  const { spare, steps } = planner;
  const fromSpare = Math.min(spare.get(item) ?? 0, count);
  spare.set(item, (spare.get(item) ?? 0) - fromSpare);
  const missing = count - fromSpare;
  if (missing === 0) return;
  const recipe = listedRecipes(planner, item)[0];
  if (!recipe) {
    steps.push({ kind: 'get', item: displayName(item), count: missing });
    return;
  }
  const batches = Math.ceil(missing / recipe.count);
  const ingredients = recipe.inputs.map((input) => {
    const name = memberOf(planner, input);
    provide(planner, name, input.count * batches);
    return { item: displayName(name), count: input.count };
  });
  const order = { item: displayName(item), count: recipe.count, ingredients };
  for (let batch = 0; batch < batches; batch++) steps.push({ kind: 'craft', order });
  spare.set(item, (spare.get(item) ?? 0) + batches * recipe.count - missing);
}

function listedRecipes({ book, commands }: Planner, name: string): readonly Recipe[] {
  return book.recipesFor(name).filter((recipe) => commands.has(commandOf(recipe)));
}

/** The item to use for an ingredient: itself, or the first of its tag that the listed commands make. */
function memberOf(planner: Planner, { kind, name }: Ingredient): string {
  return kind === 'item' ? name : (listedRecipes(planner, name)[0]?.output ?? name);
}
