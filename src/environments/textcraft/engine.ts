import { displayName, type Ingredient, itemName, type Recipe } from './recipe.ts';
import { loadRecipes, type RecipeBook } from './recipeBook.ts';

/** Items carried, by name, in the order in which they came. */
export type Inventory = Map<string, number>;

/** So many of an item, as a player writes it. */
export interface Amount {
  readonly item: string;
  readonly count: number;
}

/** A crafting command. */
export interface Order extends Amount {
  readonly ingredients: readonly Amount[];
}

/** What a command did, with the observation in TextCraft's words. */
export type Outcome =
  | { readonly kind: 'done'; readonly text: string }
  | { readonly kind: 'crafted'; readonly text: string; readonly recipe: Recipe }
  | { readonly kind: 'refused'; readonly text: string };

/** TextCraft's rules over one set of recipes. It holds no state; commands change the inventory they are given. */
export interface Engine {
  readonly book: RecipeBook;
  get(inventory: Inventory, amount: Amount): Outcome;
  craft(inventory: Inventory, order: Order): Outcome;
  list(inventory: Inventory): Outcome;
}

/**
 * Rules of TextCraft (ADaPT, Prasad et al. 2024, and AgentGym): any known recipe is accepted, with exactly its
 * inputs in equal counts; the claimed output count is not looked at. `namespace` prefixes item ids in observations.
 */
export function createEngine(recipes: readonly Recipe[], namespace: string): Engine {
  const book = loadRecipes(recipes);
  return {
    book,
    get: (inventory, amount) => get(book, inventory, amount),
    craft: (inventory, order) => craft(book, namespace, inventory, order),
    list: (inventory) => ({ kind: 'done', text: listing(inventory) }),
  };
}

function get(book: RecipeBook, inventory: Inventory, { item, count }: Amount): Outcome {
  const name = itemName(item);
  const found = book.isItem(name) && !book.isTag(name) && book.recipesFor(name).length === 0;
  if (!found) return { kind: 'refused', text: `Could not find ${item}` };
  inventory.set(name, (inventory.get(name) ?? 0) + count);
  return { kind: 'done', text: `Got ${count} ${item}` };
}

function craft(book: RecipeBook, namespace: string, inventory: Inventory, order: Order): Outcome {
  const output = itemName(order.item);
  const given = order.ingredients.map(({ item, count }) => ({ name: itemName(item), count }));
  const isTag = book.isTag(output);
  const id = `${namespace}:${output}`;
  if (!holds(book, inventory, given)) {
    return { kind: 'refused', text: `Could not find enough items to craft ${isTag ? 'None' : id}` };
  }
  const recipe = isTag ? undefined : book.byItem.get(output)?.find((known) => fits(book, known, given));
  if (!recipe) {
    const names = isTag ? `tag='${id}', item_id=None` : `tag=None, item_id='${id}'`;
    const wanted = `ItemTagWithCount(item_tag=ItemTag(${names}), count=${order.count})`;
    return { kind: 'refused', text: `Could not find a valid recipe for ${wanted}` };
  }
  for (const { name, count } of given) take(inventory, name, count);
  inventory.set(output, (inventory.get(output) ?? 0) + recipe.count);
  return { kind: 'crafted', text: `Crafted ${recipe.count} ${id}`, recipe };
}

type Given = Pick<Ingredient, 'name' | 'count'>;

function holds(book: RecipeBook, inventory: Inventory, given: readonly Given[]): boolean {
  const wanted = new Map<string, number>();
  for (const { name, count } of given) wanted.set(name, (wanted.get(name) ?? 0) + count);
  return [...wanted].every(([name, count]) => !book.isTag(name) && (inventory.get(name) ?? 0) >= count);
}

/** Whether the given items are exactly the recipe's inputs; for a tag, any one item of that tag. */
function fits(book: RecipeBook, recipe: Recipe, given: readonly Given[]): boolean {
  const left = [...given];
  for (const input of recipe.inputs) {
    const place = left.findIndex(({ name }) =>
      input.kind === 'item' ? name === input.name : book.tagOf(name) === input.name,
    );
    if (place < 0 || left[place]?.count !== input.count) return false;
    left.splice(place, 1);
  }
  return left.length === 0;
}

function take(inventory: Inventory, name: string, count: number): void {
  const left = (inventory.get(name) ?? 0) - count;
  if (left > 0) inventory.set(name, left);
  else inventory.delete(name);
}

function listing(inventory: Inventory): string {
  if (inventory.size === 0) return 'Inventory: You are not carrying anything.';
  return `Inventory: ${[...inventory].map(([name, count]) => `[${displayName(name)}] (${count}) `).join('')}`;
}
