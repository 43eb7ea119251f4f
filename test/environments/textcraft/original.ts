import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Engine, Inventory, Outcome } from '../../../src/environments/textcraft/engine.ts';
import type { Ingredient, Recipe } from '../../../src/environments/textcraft/recipe.ts';

/** Recordings of the original, where this machine has them. */
export const folder = path.resolve('..', 'shared', 'data', 'fidelity', 'textcraft');
export const present = existsSync(folder);

const thing = z.union([z.object({ item: z.string() }), z.object({ tag: z.string() })]);
const ingredient = z.union([thing, z.array(thing).min(1)]);
const result = z.union([z.string(), z.object({ item: z.string(), count: z.int().optional() })]);
const shaped = z.object({
  type: z.literal('minecraft:crafting_shaped'),
  pattern: z.array(z.string()),
  key: z.record(z.string(), ingredient),
  group: z.string().optional(),
  result,
});
const shapeless = z.object({
  type: z.literal('minecraft:crafting_shapeless'),
  ingredients: z.array(ingredient),
  group: z.string().optional(),
  result,
});

/** The original's recipes, in the one load order that fits the recordings. */
export function originalRecipes(): Recipe[] {
  const files = readdirSync(path.join(folder, 'recipes')).sort();
  const before = { iron_nugget: 'iron_ingot_from_nuggets', gold_ingot_from_nuggets: 'gold_nugget' };
  for (const [early, late] of Object.entries(before)) {
    files.splice(files.indexOf(`${early}.json`), 1);
    files.splice(files.indexOf(`${late}.json`), 0, `${early}.json`);
  }
  return files.flatMap((file) => toRecipe(readJson(path.join('recipes', file))));
}

function toRecipe(data: unknown): Recipe[] {
  const read = z.union([shaped, shapeless]).safeParse(data);
  if (!read.success) return [];
  const { result: made, group } = read.data;
  const output = bare(typeof made === 'string' ? made : made.item);
  const count = typeof made === 'string' ? 1 : (made.count ?? 1);
  return [{ output, count, inputs: inputsOf(read.data), ...(group !== undefined && { group }) }];
}

function inputsOf(recipe: z.infer<typeof shaped> | z.infer<typeof shapeless>): Ingredient[] {
  if ('pattern' in recipe) {
    const letters = recipe.pattern.join('');
    return Object.entries(recipe.key).map(([letter, each]) => ({
      ...named(each),
      count: letters.split(letter).length - 1,
    }));
  }
  const counted = new Map<string, Ingredient>();
  for (const each of recipe.ingredients.map(named)) {
    counted.set(each.name, { ...each, count: (counted.get(each.name)?.count ?? 0) + 1 });
  }
  return [...counted.values()];
}

function named(each: z.infer<typeof ingredient>): Omit<Ingredient, 'count'> {
  const first = Array.isArray(each) ? each[0] : each;
  if (!first) throw new Error('no ingredient');
  return 'item' in first ? { kind: 'item', name: bare(first.item) } : { kind: 'tag', name: bare(first.tag) };
}

function bare(id: string): string {
  return id.replace('minecraft:', '');
}

/** One step of a recording: the action as the original's client passed it on, and what came back. */
export interface RecordedStep {
  readonly action: string;
  /** Absent for the last step. */
  readonly observation?: string;
}

export interface Recording {
  readonly id: string;
  readonly goal: string;
  readonly steps: readonly RecordedStep[];
}

const chats = z.array(
  z.object({
    item_id: z.string(),
    conversations: z.array(z.object({ from: z.enum(['human', 'gpt']), value: z.string() })),
  }),
);

export function recordings(): Recording[] {
  return chats.parse(readJson('agenttraj_textcraft_train.json')).map(({ item_id: id, conversations }) => {
    const [, , first, ...turns] = conversations.map(({ value }) => value);
    const steps: RecordedStep[] = [];
    for (let at = 0; at < turns.length; at += 2) {
      const observation = turns[at + 1]?.replace('Instruction:\n', '');
      steps.push({ action: actionOf(turns[at] ?? ''), ...(observation !== undefined && { observation }) });
    }
    return { id, goal: /Goal: craft (.+)\.\s*$/.exec(first ?? '')?.[1] ?? '', steps };
  });
}

function actionOf(turn: string): string {
  const text = turn.slice(turn.lastIndexOf('Action:') + 'Action:'.length);
  return text
    .replace(/[^A-Za-z0-9, ]+/g, '')
    .replace(/ +/g, ' ')
    .trim();
}

/** Carries out an action in the original's text form. */
export function act(engine: Engine, inventory: Inventory, action: string): Outcome {
  const craft = /^craft (.*) using (.*)/.exec(action);
  if (craft) {
    const output = amount(craft[1] ?? '') ?? { item: craft[1] ?? '', count: 1 };
    const ingredients = (craft[2] ?? '').split(',').map((part) => amount(part.trim()));
    const wrong = ingredients.indexOf(undefined);
    const known = ingredients.filter((each) => each !== undefined);
    if (wrong < 0) return engine.craft(inventory, { ...output, ingredients: known });
    return { kind: 'refused', text: `Wrong item format: ${(craft[2] ?? '').split(',')[wrong]?.trim()}` };
  }
  const got = amount(action.startsWith('get ') ? action.slice('get '.length) : '');
  if (got) return engine.get(inventory, got);
  if (action.startsWith('inventory')) return engine.list(inventory);
  return { kind: 'refused', text: `Could not execute ${action}` };
}

function amount(text: string) {
  const [, count, item] = /^([0-9]+) (.*)/.exec(text) ?? [];
  return item === undefined ? undefined : { item, count: Number(count) };
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
}
