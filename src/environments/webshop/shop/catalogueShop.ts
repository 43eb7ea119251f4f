import { createIndex, type SearchIndex } from '../search/index.ts';
import type { Product } from './product.ts';
import type { Listing, Shop } from './view.ts';

/** A shop over products that are all known. */
export interface CatalogueShop extends Shop {
  readonly products: readonly Product[];
  product(asin: string): Product;
}

const perPage = 10;
const maxResults = 50;

/** The shop of a catalogue; products are found by title, description, first feature and options. */
export function createShop(catalogue: readonly Product[]): CatalogueShop {
  const products = [...catalogue].sort((one, other) => (one.asin < other.asin ? -1 : 1));
  const byAsin = new Map(products.map((product) => [product.asin, product]));
  let index: SearchIndex | undefined;
  return {
    products,
    product(asin) {
      const product = byAsin.get(asin);
      if (!product) throw new RangeError(`There is no product ${asin}`);
      return product;
    },
    listing(keywords, page): Listing {
      index ??= createIndex(products.map(indexedText));
      const hits = index.search(keywords, maxResults);
      const shown = hits.slice((page - 1) * perPage, page * perPage);
      return { total: hits.length, products: shown.flatMap((hit) => products[hit] ?? []) };
    },
  };
}

function indexedText({ title, sections, options }: Product): string {
  const offered = options.map(({ name, values }) => `${name}: ${values.join(', ')}`).join(', and ');
  return [title, ...sections.Description, ...sections.Features.slice(0, 1), offered].join(' ').toLowerCase();
}
