import type { Recipe } from './recipe.ts';

/** The recipes that count, and what follows from them. */
export interface RecipeBook {
  /** By output, in load order. */
  readonly byItem: ReadonlyMap<string, readonly Recipe[]>;
  /** By the tag of the output, in load order. */
  readonly byTag: ReadonlyMap<string, readonly Recipe[]>;
  isItem(name: string): boolean;
  isTag(name: string): boolean;
  tagOf(item: string): string | undefined;
  /** Recipes for an item, or for any item of a tag; none for raw items. */
  recipesFor(name: string): readonly Recipe[];
}

interface Draft {
  readonly byItem: Map<string, Recipe[]>;
  readonly items: Set<string>;
  readonly tags: Set<string>;
  readonly tagOfItem: Map<string, string>;
  /** What each output is known to need so far, directly or through other recipes. */
  readonly needs: Map<string, Set<string>>;
}

/**
 * Loads recipes by TextCraft's rules. Load order decides what is raw: a recipe is left out when one of its inputs
 * is already known to need its output. A recipe with a single input that ends in `_block` is left out too. Items of
 * such recipes stay known. A tag without a craftable item becomes an item itself.
 */
export function loadRecipes(recipes: readonly Recipe[]): RecipeBook {
  const draft: Draft = {
    byItem: new Map(),
    items: new Set(),
    tags: new Set(),
    tagOfItem: new Map(),
    needs: new Map(),
  };
  for (const recipe of recipes) addRecipe(draft, recipe);
  const raw = rawTags(draft);
  for (const tag of raw) {
    draft.items.add(tag);
    draft.tags.delete(tag);
  }
  return finished(draft, raw);
}

function addRecipe(draft: Draft, recipe: Recipe): void {
  const { output, group, inputs } = recipe;
  for (const { kind, name } of inputs) (kind === 'item' ? draft.items : draft.tags).add(name);
  draft.items.add(output);
  if (inputs.length === 1 && inputs[0]?.name.endsWith('_block')) return;
  if (group !== undefined && group !== output) {
    draft.tags.add(group);
    draft.tagOfItem.set(output, group);
  }
  const needs = entry(draft.needs, output, () => new Set<string>());
  if (inputs.some(({ name }) => draft.needs.get(name)?.has(output))) return;
  for (const { name } of inputs) {
    needs.add(name);
    for (const deeper of draft.needs.get(name) ?? []) needs.add(deeper);
  }
  entry(draft.byItem, output, () => []).push(recipe);
}

/** Tags that recipes ask for although nothing of that tag can be crafted. */
function rawTags({ byItem, tagOfItem }: Draft): ReadonlySet<string> {
  const craftable = new Set([...byItem.keys()].map((item) => tagOfItem.get(item)));
  const inputs = [...byItem.values()].flat().flatMap((recipe) => recipe.inputs);
  return new Set(
    inputs.filter(({ kind, name }) => kind === 'tag' && !craftable.has(name)).map(({ name }) => name),
  );
}

function finished(draft: Draft, rawTagNames: ReadonlySet<string>): RecipeBook {
  const byItem = new Map<string, Recipe[]>();
  const byTag = new Map<string, Recipe[]>();
  for (const [item, recipes] of draft.byItem) {
    const settled = recipes.map((recipe) => withRawTags(recipe, rawTagNames));
    byItem.set(item, settled);
    for (const recipe of settled) {
      if (recipe.group !== undefined) entry(byTag, recipe.group, () => []).push(recipe);
    }
  }
  return {
    byItem,
    byTag,
    isItem: (name) => draft.items.has(name),
    isTag: (name) => draft.tags.has(name),
    tagOf: (item) => draft.tagOfItem.get(item),
    recipesFor: (name) => byItem.get(name) ?? byTag.get(name) ?? [],
  };
}

function withRawTags(recipe: Recipe, rawTagNames: ReadonlySet<string>): Recipe {
  const inputs = recipe.inputs.map((input) =>
    input.kind === 'tag' && rawTagNames.has(input.name) ? { ...input, kind: 'item' as const } : input,
  );
  return { ...recipe, inputs };
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = create();
  map.set(key, made);
  return made;
}

/** Depth of every craftable item: 1 for an item made of raw items, else one more than its deepest input. */
export function craftingDepths(book: RecipeBook): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  const depthOf = (name: string): number => {
    const known = depths.get(name);
    if (known !== undefined) return known;
    const recipes = book.recipesFor(name);
    // A name met again below itself cannot be the shortest way to itself.
    depths.set(name, recipes.length === 0 ? 0 : Number.POSITIVE_INFINITY);
    const ways = recipes.map(({ inputs }) => Math.max(...inputs.map((input) => depthOf(input.name))) + 1);
    if (ways.length > 0) depths.set(name, Math.min(...ways));
    return depths.get(name) ?? 0;
  };
  return new Map([...book.byItem.keys()].map((item) => [item, depthOf(item)]));
}
