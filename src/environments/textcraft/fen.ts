import { createEngine, type Engine } from './engine.ts';
import { families, recipeLines } from './fenRecipes.ts';
import { type Ingredient, itemName, type Recipe } from './recipe.ts';

let loaded: Engine | undefined;

/** The rules with the recipes of the Fen, loaded once per process. */
export function fenEngine(): Engine {
  loaded ??= createEngine(parseRecipes(recipeLines), 'fen');
  return loaded;
}

function parseRecipes(lines: string): readonly Recipe[] {
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .flatMap(expanded)
    .map(parseLine);
}

function expanded(line: string): string[] {
  const family = Object.entries(families).find(([name]) => line.includes(`{${name}}`));
  if (!family) return [line];
  const [name, members] = family;
  return members.map((member) => line.replaceAll(`{${name}}`, member));
}

function parseLine(line: string): Recipe {
  const [, count, output, group, inputs] = /^(\d+) ([^(=]+?)(?: \(([^)]+)\))? = (.+)$/.exec(line) ?? [];
  if (!output || !inputs) throw new Error(`Not a recipe: ${line}`);
  return {
    output: itemName(output),
    count: Number(count),
    ...(group !== undefined && { group: itemName(group) }),
    inputs: inputs.split(', ').map(parseIngredient),
  };
}

function parseIngredient(text: string): Ingredient {
  const [, count, hash, name] = /^(\d+) (#?)(.+)$/.exec(text) ?? [];
  if (!name) throw new Error(`Not an ingredient: ${text}`);
  return { kind: hash === '#' ? 'tag' : 'item', name: itemName(name), count: Number(count) };
}
