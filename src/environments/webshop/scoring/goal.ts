import type { Product } from '../shop/product.ts';

/** An option that the user asks for; human-written goals give only the value. */
export interface WantedOption {
  readonly name?: string;
  readonly value: string;
}

/** What the user wants to have bought. */
export interface Goal {
  /** As it stands on every page. */
  readonly text: string;
  /** The product that the goal was made from. */
  readonly product: Pick<Product, 'title' | 'query' | 'category'>;
  readonly attributes: readonly string[];
  readonly options: readonly WantedOption[];
  /** The highest price allowed, in dollars; infinite when none is named. */
  readonly priceCap: number;
}

const highestCap = 990;
/** Among so many multiples of ten above the price, two are drawn, and the higher one is the cap. */
const capsAbove = 4;

/** The price caps that a goal for something with this price can have, lowest first; there may be none. */
export function possibleCaps(price: number): readonly number[] {
  const first = Math.floor(price / 10) * 10 + 10;
  return [...Array(capsAbove).keys()].map((step) => first + 10 * step).filter((cap) => cap <= highestCap);
}

/** The text of a goal, in WebShop's words, from the sentence about the product. */
export function goalText(base: string, options: readonly WantedOption[], priceCap: number): string {
  const named = options.flatMap(({ name, value }) => (name === undefined ? [] : [`${name}: ${value}`]));
  const wanted = named.length === 0 ? '' : ` with ${named.join(', and ')}`;
  const cap = Number.isFinite(priceCap) ? `, and price lower than ${priceCap.toFixed(2)} dollars` : '';
  return `${base}${wanted}${cap}`;
}
