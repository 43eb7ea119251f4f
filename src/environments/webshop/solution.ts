import { SolutionStuck } from '../../contracts/agent.ts';
import type { Actor } from '../../contracts/environment.ts';
import { readText } from '../kit/reading.ts';
import type { Goal } from './scoring/goal.ts';
import { buyNow, next, previous, type Shop } from './shop/view.ts';
import type { ShoppingTask } from './state.ts';

/** What a buyer looks for on the pages. */
export interface ShoppingList extends Pick<Goal, 'attributes' | 'options' | 'priceCap'> {
  readonly keywords: string;
  /** In lower case; stands in the titles of all products that are meant. */
  readonly named: string;
}

export function shoppingList({ goal, named }: Pick<ShoppingTask, 'goal' | 'named'>): ShoppingList {
  const { product, attributes, options, priceCap } = goal;
  const keywords = [product.query, ...attributes, ...options.map(({ value }) => value)].join(' ');
  return { attributes, options, priceCap, named: named.toLowerCase(), keywords };
}

/** What the buyer knows of a product. */
interface Candidate {
  readonly asin: string;
  readonly title: string;
  readonly highestPrice: number;
  /** On which page of results, from 1. */
  readonly page: number;
}

/** What the pages of a product say about what is wanted. */
interface Reading {
  readonly candidate: Candidate;
  /** Wanted options and attributes that were found. */
  readonly found: number;
  /** Wanted values that can be chosen. */
  readonly offered: readonly string[];
}

/** Products that are looked at before the best of them is taken. */
export const maxLooks = 6;
export const maxPages = 5;

/** What the shop says to everything after the purchase. */
export const sessionOver = 'The session has ended with the purchase; nothing more can be done in it.';

/** Buys what is on the list, or says that the purchase had been made before. */
export async function solveShopping(list: ShoppingList, actor: Actor): Promise<string> {
  try {
    return await shopFor(list, createShopper(actor, list.keywords));
  } catch (error) {
    if (!(error instanceof SolutionStuck) || !error.message.includes(sessionOver)) throw error;
    return 'The one purchase has already been made, so I could not buy what you asked for.';
  }
}

/**
 * Searches, opens products and reads their pages until one has all that is wanted, or takes the best one read;
 * then chooses the options and buys.
 */
async function shopFor(list: ShoppingList, shopper: Shopper): Promise<string> {
  const wanted = list.attributes.length + list.options.length;
  const readings: Reading[] = [];
  for (let page = 1; page <= maxPages; page++) {
    for (const candidate of readResults(await shopper.results(page), page)) {
      if (readings.length === maxLooks || !mayFit(candidate, list)) continue;
      const reading = await look(shopper, candidate, list);
      if (reading.found === wanted) return buy(shopper, reading);
      readings.push(reading);
    }
    if (readings.length === maxLooks) break;
  }
  const [best] = readings.sort((one, other) => other.found - one.found);
  if (!best) throw new SolutionStuck('The shop shows nothing that could be bought');
  return buy(shopper, best);
}

/** What the results alone say: the price, also at the upper end of a range, and the kind of product. */
function mayFit({ highestPrice, title }: Candidate, { priceCap, named }: ShoppingList): boolean {
  return highestPrice <= priceCap && title.toLowerCase().includes(named);
}

/** The product that a buyer with this list opens first; the shop's best hit when nothing may fit. */
export function firstOpened(shop: Shop, list: ShoppingList): string {
  const pages = [...Array(maxPages).keys()].map((index) => index + 1);
  const rows = pages.flatMap((page) =>
    shop.listing(list.keywords.toLowerCase(), page).products.map((row) => ({ ...row, page })),
  );
  const fitting = rows.flatMap(toCandidate).find((candidate) => mayFit(candidate, list));
  return (fitting ?? rows[0])?.asin ?? '';
}

/** Clicks, and opens products from the results of one search. */
function createShopper(actor: Actor, keywords: string) {
  const service = 'webshop';
  let path: string[] = [];
  let open = '';
  /** From the search to where the clicks lead. */
  const follow = async (clicks: readonly string[]): Promise<string> => {
    let text = await readText(actor, { service, tool: 'search', arguments: { keywords } });
    for (const value of clicks) {
      text = await readText(actor, { service, tool: 'click', arguments: { value } });
    }
    return text;
  };
  /** What cannot be clicked because the session has been led elsewhere is reached from the search again. */
  const click = async (value: string): Promise<string> => {
    path.push(value);
    const outcome = await actor.call(service, 'click', { value });
    return outcome.kind === 'result' ? outcome.text : follow(path);
  };
  const results = async (page: number): Promise<string> => {
    path = Array.from({ length: page - 1 }, () => next);
    open = 'results';
    return follow(path);
  };
  return {
    click,
    results,
    /** Opens the product's own page, wherever the shopper is. */
    async item({ asin, page }: Candidate): Promise<string> {
      if (open !== 'results') await results(page);
      open = asin;
      return click(asin);
    },
    /** Opens one of the pages of the product whose own page is open. */
    async section(name: string): Promise<string> {
      open = name;
      return click(name);
    },
    /** Back from such a page. */
    async backToItem({ asin }: Candidate): Promise<void> {
      await click(previous);
      open = asin;
    },
    isOpen: (page: string) => open === page,
  };
}

type Shopper = ReturnType<typeof createShopper>;

/** Reads a product's pages; options come first, because they are cheap to see. */
async function look(shopper: Shopper, candidate: Candidate, list: ShoppingList): Promise<Reading> {
  const shown = new Set(bodyOf(await shopper.item(candidate)));
  const offered = list.options.map(({ value }) => value).filter((value) => shown.has(value));
  if (offered.length < list.options.length) return { candidate, offered, found: offered.length };
  let text = candidate.title;
  const missing = (): number =>
    list.attributes.filter((attribute) => !text.toLowerCase().includes(attribute)).length;
  for (const section of ['Features', 'Description']) {
    if (missing() === 0) break;
    if (!shopper.isOpen(candidate.asin)) await shopper.backToItem(candidate);
    text += `\n${bodyOf(await shopper.section(section)).join('\n')}`;
  }
  return { candidate, offered, found: offered.length + list.attributes.length - missing() };
}

async function buy(shopper: Shopper, { candidate, offered }: Reading): Promise<string> {
  if (shopper.isOpen('Features') || shopper.isOpen('Description')) await shopper.backToItem(candidate);
  if (!shopper.isOpen(candidate.asin)) await shopper.item(candidate);
  for (const value of offered) await shopper.click(value);
  const receipt = await shopper.click(buyNow);
  if (!receipt.includes('Thank you for shopping')) throw new SolutionStuck('The shop did not take the order');
  return `Bought ${candidate.title} (${candidate.asin}).`;
}

function partsOf(page: string): readonly string[] {
  return page.split('[SEP]').map((part) => part.trim());
}

/** What a page of a product says below its heading, which repeats the user's wish. */
function bodyOf(page: string): readonly string[] {
  const parts = partsOf(page);
  return parts.slice(parts.indexOf(previous) + 1);
}

/** The products of a page of results; text that is none of theirs is passed over. */
function readResults(text: string, page: number): readonly Candidate[] {
  const parts = partsOf(text);
  return parts.flatMap((asin, at) => {
    const [title = '', price = ''] = parts.slice(at + 1, at + 3);
    return toCandidate({ asin, title, price, page });
  });
}

interface Row {
  readonly asin: string;
  readonly title: string;
  readonly price: string;
  readonly page: number;
}

/** None when this is no row of a page of results. */
function toCandidate({ asin, title, price, page }: Row): readonly Candidate[] {
  const read = /^\$(\d{1,9}\.\d{1,9})(?: to \$(\d{1,9}\.\d{1,9}))?/.exec(price);
  if (!/^[A-Z0-9]{10}$/.test(asin) || !read) return [];
  const highestPrice = Math.max(Number(read[1]), Number(read[2] ?? read[1]));
  return [{ asin, title, highestPrice, page }];
}
