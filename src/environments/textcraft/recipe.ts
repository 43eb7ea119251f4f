/** One kind of thing that a recipe uses up: an item, or any item of a tag. */
export interface Ingredient {
  readonly kind: 'item' | 'tag';
  readonly name: string;
  readonly count: number;
}

/** How `count` of `output` are made. Names are lower-case with underscores, without a namespace. */
export interface Recipe {
  readonly output: string;
  readonly count: number;
  /** Gives the output this tag. */
  readonly group?: string;
  /** At most one ingredient per name, in the order of the command. */
  readonly inputs: readonly Ingredient[];
}

/** A name as players write it. */
export function displayName(name: string): string {
  return name.replaceAll('_', ' ');
}

/** The inverse of {@link displayName}. */
export function itemName(written: string): string {
  return written.replaceAll(' ', '_');
}

const commands = new WeakMap<Recipe, string>();

/** The crafting command of a recipe: `craft 4 arrow using 1 stick, 1 flint`. */
export function commandOf(recipe: Recipe): string {
  const known = commands.get(recipe) ?? writeCommand(recipe);
  commands.set(recipe, known);
  return known;
}

function writeCommand(recipe: Recipe): string {
  const inputs = recipe.inputs.map(({ count, name }) => `${count} ${displayName(name)}`);
  return `craft ${recipe.count} ${displayName(recipe.output)} using ${inputs.join(', ')}`;
}
