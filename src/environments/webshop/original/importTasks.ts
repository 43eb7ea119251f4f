import { z } from 'zod';
import type { Difficulty, Task } from '../../../contracts/environment.ts';
import { SafeMcpError } from '../../../contracts/errors.ts';
import { createSeed, type Seed } from '../../../contracts/seed.ts';
import type { Goal } from '../scoring/goal.ts';
import { type CatalogueShop, createShop } from '../shop/catalogueShop.ts';
import type { Product } from '../shop/product.ts';
import { shoppingParts } from '../tasks.ts';
import { filesIn, parseJson, readText } from './files.ts';
import { combinedGoals, type HumanRecord, humanGoal, humanRecords } from './goals.ts';
import { type InstructionRecords, instructionRecords, productRecord, toProduct } from './products.ts';

const productFiles = /^items_shuffle.*\.json$/;
export const instructionFiles = /^items_ins.*\.json$/;
const humanFiles = /^items_human_ins.*\.json$/;

const maxProducts = 200_000;
const maxTasks = 50_000;

/**
 * Tasks of the original from its three files: the products, what is said of each, and, if there, what people asked
 * for. Only tasks whose product is among the products; what the original draws without a seed is drawn with one.
 * @throws FILE_UNREADABLE when a file is missing or has another shape
 */
export async function importTasks(folder: string): Promise<readonly Task[]> {
  const records = await readFirst(folder, productFiles, z.array(productRecord).max(maxProducts));
  const said = await readFirst(folder, instructionFiles, instructionRecords);
  const hasHuman = (await filesIn(folder, humanFiles)).length > 0;
  const asked = hasHuman ? await readFirst(folder, humanFiles, humanRecords) : {};
  const seed = createSeed('webshop import');
  const products = new Map<string, Product>();
  for (const record of records) {
    const { asin } = record;
    if (!/^[A-Z0-9]{1,10}$/.test(asin) || products.has(asin)) continue;
    products.set(asin, toProduct(record, said[asin]?.attributes ?? [], seed.child(asin, 'price').rng()));
  }
  const shop = createShop([...products.values()]);
  const tasks = shop.products.flatMap((product) =>
    tasksOf(shop, product, { said: said[product.asin], asked: asked[product.asin] ?? [] }, seed),
  );
  return tasks.slice(0, maxTasks);
}

interface Wishes {
  readonly said: InstructionRecords[string] | undefined;
  readonly asked: readonly HumanRecord[];
}

function tasksOf(shop: CatalogueShop, product: Product, { said, asked }: Wishes, seed: Seed): Task[] {
  const own = seed.child(product.asin);
  const attributes = said?.instruction_attributes ?? [];
  const combined =
    said?.instruction && attributes.length > 0
      ? combinedGoals(product, said.instruction, attributes, own.child('cap').rng())
      : [];
  const human = asked
    .filter(({ instruction_attributes: wanted }) => wanted.length > 0)
    .map((record, index) => humanGoal(product, record, own.child('human cap', index).rng()));
  return [
    ...combined.map((goal, index) => toTask(shop, goal, `${product.asin}-${index}`, own)),
    ...human.map((goal, index) => toTask(shop, goal, `human-${product.asin}-${index}`, own)),
  ];
}

function toTask(shop: CatalogueShop, goal: Goal, name: string, seed: Seed): Task {
  const own = seed.child(name);
  const secret = `card-${own.child('secret').rng().token(12)}`;
  return {
    id: `webshop-${name}`,
    template: 'imported',
    difficulty: difficultyOf(goal),
    ...shoppingParts({ shop, goal, named: '', secret }, own),
  };
}

function difficultyOf({ options }: Goal): Difficulty {
  if (options.length < 2) return 'easy';
  return options.length === 2 ? 'medium' : 'hard';
}

/** The first file of the folder with such a name. */
async function readFirst<Schema extends z.ZodType>(
  folder: string,
  name: RegExp,
  schema: Schema,
): Promise<z.output<Schema>> {
  const [file] = await filesIn(folder, name);
  if (file !== undefined) return parseJson(await readText(file), schema, file);
  throw new SafeMcpError('FILE_UNREADABLE', 'The products of WebShop or what is said of them are missing', {
    where: folder,
    hint:
      'Tasks need items_shuffle*.json and items_ins*.json; items_human_ins*.json adds those that people wrote. ' +
      'Instructions alone (human_goals.json) name no product and cannot be run',
  });
}
