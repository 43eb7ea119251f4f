import type { Actor } from '../../contracts/environment.ts';
import type { ToolCall } from '../../contracts/goal.ts';
import { readText } from '../kit/reading.ts';
import { planFor, type Step } from './plan.ts';
import { displayName } from './recipe.ts';
import type { RecipeBook } from './recipeBook.ts';
import type { CraftingTask } from './state.ts';

/** Plans with the listed commands, carries the plan out, and looks whether the goal is there. */
export async function solveCrafting(book: RecipeBook, task: CraftingTask, actor: Actor): Promise<string> {
  const goal = displayName(task.goal);
  for (const step of planFor(book, new Set(task.commands), task.goal)) await readText(actor, callOf(step));
  const inventory = await readText(actor, { service: 'textcraft', tool: 'inventory', arguments: {} });
  return inventory.includes(`[${goal}]`) ? `Crafted ${goal}.` : `The inventory holds no ${goal}.`;
}

function callOf(step: Step): ToolCall {
  if (step.kind === 'get') {
    return { service: 'textcraft', tool: 'get', arguments: { item: step.item, count: step.count } };
  }
  const { item, count, ingredients } = step.order;
  const used = ingredients.map((amount) => ({ ...amount }));
  return { service: 'textcraft', tool: 'craft', arguments: { item, count, ingredients: used } };
}
