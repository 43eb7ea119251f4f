import { z } from 'zod';
import type { RecordingsFolder } from '../../kit/recordings.ts';
import type { Ingredient, Recipe } from '../recipe.ts';

const name = z.string().max(200);
const thing = z.union([z.object({ item: name }), z.object({ tag: name })]);
const ingredient = z.union([thing, z.array(thing).min(1).max(100)]);
const result = z.union([name, z.object({ item: name, count: z.int().min(1).max(1_000).optional() })]);
const shaped = z.object({
  type: z.literal('minecraft:crafting_shaped'),
  pattern: z.array(z.string().max(20)).max(20),
  key: z.record(z.string().max(20), ingredient),
  group: name.optional(),
  result,
});
const shapeless = z.object({
  type: z.literal('minecraft:crafting_shapeless'),
  ingredients: z.array(ingredient).max(100),
  group: name.optional(),
  result,
});
/** Other kinds of recipes are no part of TextCraft. */
const recipeFile = z.union([shaped, shapeless, z.looseObject({ type: name })]);

type Shaped = z.output<typeof shaped>;
type Shapeless = z.output<typeof shapeless>;

/**
 * Pairs of files of which the first has to be loaded before the second, although its name comes later. Load order
 * decides which of two items that can be made of each other is raw; the original takes the order of the folder.
 */
const loadedEarlier = [
  ['iron_nugget.json', 'iron_ingot_from_nuggets.json'],
  ['gold_ingot_from_nuggets.json', 'gold_nugget.json'],
] as const;

/** The original's recipes, in a load order that fits its recordings. @throws FILE_UNREADABLE */
export async function readRecipes(files: RecordingsFolder): Promise<readonly Recipe[]> {
  const names = (await files.names('recipes')).filter((file) => file.endsWith('.json'));
  const recipes: Recipe[] = [];
  for (const file of loadOrder(names)) {
    const read = await files.json(`recipes/${file}`, recipeFile);
    if ('result' in read && ('pattern' in read || 'ingredients' in read)) {
      const known = z.union([shaped, shapeless]).safeParse(read);
      if (known.success) recipes.push(recipeOf(known.data));
    }
  }
  return recipes;
}

function loadOrder(names: readonly string[]): readonly string[] {
  const order = [...names];
  for (const [early, late] of loadedEarlier) {
    if (!order.includes(early) || !order.includes(late)) continue;
    order.splice(order.indexOf(early), 1);
    order.splice(order.indexOf(late), 0, early);
  }
  return order;
}

function recipeOf(recipe: Shaped | Shapeless): Recipe {
  const { result: made, group } = recipe;
  return {
    output: bare(typeof made === 'string' ? made : made.item),
    count: typeof made === 'string' ? 1 : (made.count ?? 1),
    inputs: 'pattern' in recipe ? inputsOfPattern(recipe) : inputsOfList(recipe),
    ...(group !== undefined && { group: bare(group) }),
  };
}

function inputsOfPattern({ pattern, key }: Shaped): Ingredient[] {
  const letters = pattern.join('');
  return Object.entries(key).map(([letter, each]) => ({
    ...first(each),
    count: letters.split(letter).length - 1,
  }));
}

function inputsOfList({ ingredients }: Shapeless): Ingredient[] {
  const counted = new Map<string, Ingredient>();
  for (const each of ingredients.map(first)) {
    counted.set(each.name, { ...each, count: (counted.get(each.name)?.count ?? 0) + 1 });
  }
  return [...counted.values()];
}

/** Of several ways to fill a place, the original knows the first. */
function first(each: z.output<typeof ingredient>): Omit<Ingredient, 'count'> {
  const [one] = Array.isArray(each) ? each : [each];
  if (one && 'item' in one) return { kind: 'item', name: bare(one.item) };
  return { kind: 'tag', name: bare(one?.tag ?? '') };
}

function bare(id: string): string {
  return id.replace('minecraft:', '');
}
