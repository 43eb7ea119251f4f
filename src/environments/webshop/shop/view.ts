import { type Choices, type Section, type ShownProduct, sections } from './product.ts';

/** What a search finds. */
export interface Listing {
  /** Over all pages. */
  readonly total: number;
  /** The products of one page, best first. */
  readonly products: readonly Pick<ShownProduct, 'asin' | 'title' | 'price'>[];
}

/** Where pages take products from. */
export interface Shop {
  /** Pages count from 1; one behind the last is empty. */
  listing(keywords: string, page: number): Listing;
  /** A product that a listing has named. */
  product(asin: string): ShownProduct;
}

/** The page that is open, with what the session remembers. */
export type View =
  | { readonly kind: 'index' }
  | ResultsView
  | ItemView
  | { readonly kind: 'section'; readonly section: Section; readonly item: ItemView }
  | { readonly kind: 'done'; readonly asin: string; readonly choices: Choices };

interface ResultsView {
  readonly kind: 'results';
  readonly keywords: string;
  readonly page: number;
}

interface ItemView {
  readonly kind: 'item';
  readonly from: ResultsView;
  readonly asin: string;
  readonly choices: Choices;
}

export const startView: View = { kind: 'index' };

export const backToSearch = 'Back to Search';
export const previous = '< Prev';
export const next = 'Next >';
export const buyNow = 'Buy Now';

/** The page with the results of a search, which works from every page and drops all choices. */
export function searched(keywords: string): View {
  return { kind: 'results', keywords: keywords.toLowerCase(), page: 1 };
}

/**
 * What can be clicked on the open page, in lower case, and where each click leads. Rules of WebShop (Yao et al.,
 * 2022): there is always a next page of results, and a product can be bought on its own page only.
 */
export function links(shop: Shop, view: View): ReadonlyMap<string, View> {
  switch (view.kind) {
    case 'index':
    case 'done':
      return new Map();
    case 'results':
      return resultLinks(shop, view);
    case 'item':
      return itemLinks(shop, view);
    case 'section':
      return new Map<string, View>([...link(backToSearch, startView), ...link(previous, view.item)]);
  }
}

function link(text: string, view: View): [string, View][] {
  return [[text.toLowerCase(), view]];
}

function resultLinks(shop: Shop, view: ResultsView): ReadonlyMap<string, View> {
  const { keywords, page } = view;
  const choices: Choices = new Map();
  return new Map<string, View>([
    ...link(backToSearch, startView),
    ...(page > 1 ? link(previous, { ...view, page: page - 1 }) : []),
    ...link(next, { ...view, page: page + 1 }),
    ...shop
      .listing(keywords, page)
      .products.flatMap(({ asin }) => link(asin, { kind: 'item', from: view, asin, choices })),
  ]);
}

/** Buttons come last, because they win against an option value with the same text. */
function itemLinks(shop: Shop, item: ItemView): ReadonlyMap<string, View> {
  const { asin, choices, from } = item;
  const values = shop
    .product(asin)
    .options.flatMap(({ name, values }) => values.map((value) => [name, value] as const));
  return new Map<string, View>([
    ...values.map(([name, value]): [string, View] => [
      value,
      { ...item, choices: new Map([...choices, [name, value]]) },
    ]),
    ...link(backToSearch, startView),
    ...link(previous, from),
    ...sections.flatMap((section) => link(section, { kind: 'section', section, item })),
    ...link(buyNow, { kind: 'done', asin, choices }),
  ]);
}
