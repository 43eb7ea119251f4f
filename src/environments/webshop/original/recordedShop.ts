import { separator } from '../shop/pages.ts';
import type { OptionGroup, Section, ShownProduct } from '../shop/product.ts';
import type { Listing, Shop, View } from '../shop/view.ts';

/** A shop that knows what the pages of one recorded episode have shown so far. */
export interface RecordedShop extends Shop {
  /**
   * Takes from a recorded page what the shop cannot know by itself: the hits of a search, the options of a product,
   * the text of its pages. What it has learned once it does not learn again, and what does not stand where the
   * page `view` has it, it does not learn at all.
   */
  learn(view: View, page: string): void;
}

const heading = ['Instruction:', '', 'Back to Search'].length;
const asinPattern = /^[A-Z0-9]{10}$/;
const pricePattern = /^\$[0-9.e+]+(?: to \$[0-9.e+]+)?$/;

type Row = Listing['products'][number];
type Details = Pick<ShownProduct, 'options' | 'rating'>;

/** `optionNames` tells the names of options from their values, which pages do not. */
export function createRecordedShop(optionNames: ReadonlySet<string>): RecordedShop {
  const listings = new Map<string, Listing>();
  const rows = new Map<string, Row>();
  const details = new Map<string, Details>();
  const texts = new Map<string, readonly string[]>();
  const rowOf = (asin: string): Row => rows.get(asin) ?? { asin, title: '', price: '' };
  const sectionOf = (asin: string, section: Section) => texts.get(`${asin} ${section}`) ?? [];
  return {
    listing: (keywords, page) => listings.get(`${page} ${keywords}`) ?? { total: 0, products: [] },
    product: (asin) => ({
      ...rowOf(asin),
      ...(details.get(asin) ?? { options: [], rating: '' }),
      sections: {
        Description: sectionOf(asin, 'Description'),
        Features: sectionOf(asin, 'Features'),
        Reviews: sectionOf(asin, 'Reviews'),
      },
    }),
    learn(view, page) {
      const parts = page.split(separator);
      if (view.kind === 'results') {
        const listing = readListing(parts, view.page);
        once(listings, `${view.page} ${view.keywords}`, listing);
        for (const row of listing.products) once(rows, row.asin, row);
      }
      if (view.kind === 'item') {
        const read = readDetails(parts, rowOf(view.asin), optionNames);
        if (read) once(details, view.asin, read);
      }
      if (view.kind === 'section') {
        once(texts, `${view.item.asin} ${view.section}`, parts.slice(heading + 1));
      }
    },
  };
}

function once<Value>(known: Map<string, Value>, key: string, value: Value): void {
  if (!known.has(key)) known.set(key, value);
}

function readListing(parts: readonly string[], page: number): Listing {
  const [, total] = /\(Total results: (\d{1,9})\)$/.exec(parts[heading] ?? '') ?? [];
  const buttons = page > 1 ? 2 : 1;
  return { total: Number(total ?? 0), products: readRows(parts.slice(heading + 1 + buttons)) };
}

/** Number, title and price of each product; an empty title is not there at all. */
function readRows(parts: readonly string[]): readonly Row[] {
  const rows: Row[] = [];
  for (let at = 0; at < parts.length; ) {
    const asin = parts[at] ?? '';
    const untitled = pricePattern.test(parts[at + 1] ?? '') && !pricePattern.test(parts[at + 2] ?? '');
    const title = untitled ? '' : (parts[at + 1] ?? '');
    const price = parts[at + (untitled ? 1 : 2)] ?? '';
    if (!asinPattern.test(asin) || !pricePattern.test(price)) break;
    rows.push({ asin, title, price });
    at += untitled ? 2 : 3;
  }
  return rows;
}

/** Options stand between the button that leads back and the title, the rating after the price. */
function readDetails(
  parts: readonly string[],
  { title, price }: Row,
  optionNames: ReadonlySet<string>,
): Details | undefined {
  const priceAt = parts.lastIndexOf(`Price: ${price}`);
  const [, rating] = /^Rating: (.*)$/.exec(parts[priceAt + 1] ?? '') ?? [];
  const first = heading + 1;
  const end = priceAt - (title === '' ? 0 : 1);
  if (priceAt < 0 || rating === undefined || end < first) return undefined;
  return { options: grouped(parts.slice(first, end), optionNames), rating };
}

function grouped(parts: readonly string[], optionNames: ReadonlySet<string>): readonly OptionGroup[] {
  const groups: { name: string; values: string[] }[] = [];
  for (const part of parts) {
    const group = groups.at(-1);
    if (!group || optionNames.has(part)) groups.push({ name: part, values: [] });
    else group.values.push(part);
  }
  return groups;
}

/** Names of options that occur in wishes (` with color: ...`) on first pages and on receipts. */
export function optionNamesIn(pages: readonly string[]): ReadonlySet<string> {
  const wishes = pages.filter((page) => page.startsWith('WebShop'));
  const wished = wishes.flatMap((wish) =>
    [...wish.matchAll(/(?: with |, and )([^:,[\]]{1,200}): /g)].map(
      ([, name = '']) => name.split(' with ').at(-1) ?? '',
    ),
  );
  return new Set([...wished, ...pages.flatMap((page) => chosenIn(page).map(([name]) => name))]);
}

/** The options on a receipt. */
function chosenIn(page: string): readonly (readonly [string, unknown])[] {
  const parts = page.split(separator);
  const json = parts[parts.indexOf('options') + 1] ?? '';
  if (!page.startsWith('Thank you') || !json.startsWith('{')) return [];
  try {
    return Object.entries(JSON.parse(json) as object);
  } catch {
    return [];
  }
}
