import { z } from 'zod';
import type { Rng } from '../../../contracts/seed.ts';
import { type OptionGroup, type Product, priceText } from '../shop/product.ts';

const text = z.string().max(200_000);
const words = z.array(z.string().max(1_000)).max(1_000);
const absent = z.union([z.null(), z.literal('')]).optional();

/** One product of `items_shuffle*.json`, as far as the shop uses it. */
export const productRecord = z.object({
  asin: text,
  name: text,
  query: text,
  product_category: text,
  full_description: text.nullish(),
  small_description: z.union([text, z.array(text).max(1_000)]).nullish(),
  pricing: z.union([text, absent]),
  customization_options: z.union([
    z.record(z.string().max(1_000), z.union([z.array(z.object({ value: text })).max(5_000), z.null()])),
    absent,
  ]),
});
export type ProductRecord = z.infer<typeof productRecord>;

/** `items_ins*.json`: what is said of each product, by its number. */
export const instructionRecords = z.record(
  z.string().max(100),
  z.object({
    attributes: words.optional(),
    instruction: text.nullish(),
    instruction_attributes: words.nullish(),
  }),
);
export type InstructionRecords = z.infer<typeof instructionRecords>;

/** What the original takes for the price of a product without one. */
const defaultPrice = 100;

/** A product as the shop shows and sells it; what a range of prices charges is drawn. */
export function toProduct(record: ProductRecord, tags: readonly string[], rng: Rng): Product {
  const [low = defaultPrice, high] = pricesIn(record.pricing ?? '');
  const { small_description: small } = record;
  return {
    asin: record.asin,
    title: record.name.trim(),
    price: priceText(low, high),
    charged: high === undefined ? low : low + ((high - low) * rng.int(0, 10_000)) / 10_000,
    rating: 'N.A.',
    options: Object.entries(record.customization_options || {}).flatMap(toOption),
    sections: {
      Description: [(record.full_description ?? '').trim()],
      Features: (Array.isArray(small) ? small : [small ?? '']).map((line) => line.trim()),
      Reviews: ['No reviews found'],
    },
    query: record.query.toLowerCase().trim(),
    category: record.product_category,
    tags,
  };
}

/** The first two prices of a text like `$12.99$20.00`. */
function pricesIn(pricing: string): readonly number[] {
  return pricing
    .split('$')
    .slice(1, 3)
    .map((part) => Number(part.replace(/[^\d.]/g, '')))
    .filter((price) => Number.isFinite(price));
}

function toOption([name, values]: readonly [string, readonly { value: string }[] | null]): OptionGroup[] {
  if (values === null) return [];
  const shown = values.map(({ value }) => value.trim().replaceAll('/', ' | ').toLowerCase());
  return [{ name: name.toLowerCase(), values: shown }];
}
