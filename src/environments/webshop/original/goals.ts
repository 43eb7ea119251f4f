import { z } from 'zod';
import type { Rng } from '../../../contracts/seed.ts';
import { type Goal, goalText, possibleCaps, type WantedOption } from '../scoring/goal.ts';
import type { Product } from '../shop/product.ts';

const words = z.array(z.string().max(1_000)).max(1_000);

/** `items_human_ins*.json`: what people asked for, by the number of the product. */
export const humanRecords = z.record(
  z.string().max(100),
  z
    .array(
      z.object({
        instruction: z.string().max(10_000),
        instruction_attributes: words,
        instruction_options: z.union([words, z.record(z.string().max(1_000), z.string().max(1_000))]),
      }),
    )
    .max(1_000),
);
export type HumanRecord = z.infer<typeof humanRecords>[string][number];

/** More combinations of one product's options are left out. */
const maxCombinations = 1_000;

/** One goal for each combination of the product's options, names in alphabetical order. */
export function combinedGoals(
  product: Product,
  base: string,
  attributes: readonly string[],
  rng: Rng,
): readonly Goal[] {
  const groups = [...product.options].sort((one, other) => (one.name < other.name ? -1 : 1));
  let combinations: readonly (readonly WantedOption[])[] = [[]];
  for (const { name, values } of groups) {
    combinations = combinations
      .flatMap((chosen) => values.map((value) => [...chosen, { name, value }]))
      .slice(0, maxCombinations);
  }
  const priceCap = drawCap(rng, product.charged);
  return combinations.map((options) => ({
    text: goalText(base, options, priceCap),
    product,
    attributes,
    options,
    priceCap,
  }));
}

/** What a person asked for. Where only values of options are given, they are not repeated in the text. */
export function humanGoal(product: Product, record: HumanRecord, rng: Rng): Goal {
  const { instruction, instruction_attributes: attributes, instruction_options: wanted } = record;
  const options = Array.isArray(wanted)
    ? wanted.map((value) => ({ value }))
    : Object.entries(wanted).map(([name, value]) => ({ name, value }));
  const priceCap = drawCap(rng, product.charged);
  const base = instruction.replace(/^\.+/, '').replace(/\.+$/, '');
  return { text: goalText(base, [], priceCap), product, attributes, options, priceCap };
}

function drawCap(rng: Rng, price: number): number {
  return Math.max(...rng.sample(possibleCaps(price), 2), 0) || Number.POSITIVE_INFINITY;
}
