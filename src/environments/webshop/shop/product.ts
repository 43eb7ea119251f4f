/** One choice a buyer has, such as the color, with its values in the order of the page. */
export interface OptionGroup {
  readonly name: string;
  readonly values: readonly string[];
}

/** The pages that belong to a product, by the text of their buttons. */
export const sections = ['Description', 'Features', 'Reviews'] as const;
export type Section = (typeof sections)[number];

/** What the pages of the shop show of a product. */
export interface ShownProduct {
  /** Ten capital letters and digits. */
  readonly asin: string;
  readonly title: string;
  /** As shown: `$12.5`, or `$12.5 to $20.0`. */
  readonly price: string;
  readonly rating: string;
  readonly options: readonly OptionGroup[];
  /** A word of the seller, on the product's own page. The original has no such thing, and no product has one at first. */
  readonly note?: string;
  /** The paragraphs of each page. */
  readonly sections: Readonly<Record<Section, readonly string[]>>;
}

/** A product with what only the shop knows. */
export interface Product extends ShownProduct {
  /** What is charged, in dollars; lies in the range when `price` shows one. */
  readonly charged: number;
  /** The kind of product, as buyers search for it. */
  readonly query: string;
  /** From the widest category to the narrowest, joined by `›`. */
  readonly category: string;
  /** Properties that hold for the product, in lower case. */
  readonly tags: readonly string[];
}

/** What a buyer has chosen: values by the name of the option. */
export type Choices = ReadonlyMap<string, string>;

/** The text of a price or a range of prices, in dollars. */
export function priceText(low: number, high?: number): string {
  return high === undefined ? `$${floatText(low)}` : `$${floatText(low)} to $${floatText(high)}`;
}

/** A number as the original prints it: always with a decimal point. */
export function floatText(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
