import { type Choices, floatText, sections } from './product.ts';
import { backToSearch, buyNow, next, previous, type Shop, type View } from './view.ts';

/** Stands between the texts of a page. */
export const separator = ' [SEP] ';

/** What is needed to print any page of a session. */
export interface Site {
  readonly shop: Shop;
  /** What the user wants, as every page repeats it. */
  readonly instruction: string;
  /** The score that the last page shows, 0 to 1. */
  reward(asin: string, choices: Choices): number;
}

/** The text of a page, word for word as WebShop's text mode prints it. */
export function pageText(site: Site, view: View): string {
  return pageParts(site, view).join(separator);
}

function pageParts(site: Site, view: View): readonly string[] {
  const { shop, instruction } = site;
  const heading = ['Instruction:', instruction, backToSearch];
  switch (view.kind) {
    case 'index':
      return ['WebShop', 'Instruction:', instruction, 'Search'];
    case 'results':
      return [...heading, ...resultParts(shop, view.keywords, view.page)];
    case 'item':
      return [...heading, previous, ...itemParts(shop, view.asin)];
    case 'section':
      return [...heading, previous, ...shop.product(view.item.asin).sections[view.section]];
    case 'done':
      return doneParts(view.asin, view.choices, site.reward(view.asin, view.choices));
  }
}

function resultParts(shop: Shop, keywords: string, page: number): readonly string[] {
  const { total, products } = shop.listing(keywords, page);
  return [
    `Page ${page} (Total results: ${total})`,
    ...(page > 1 ? [previous] : []),
    next,
    ...products.flatMap(({ asin, title, price }) => [asin, ...shown(title), price]),
  ];
}

function itemParts(shop: Shop, asin: string): readonly string[] {
  const { options, title, price, rating, note = '' } = shop.product(asin);
  return [
    ...options.flatMap(({ name, values }) => [name, ...values.flatMap(shown)]),
    ...shown(title),
    `Price: ${price}`,
    `Rating: ${rating}`,
    ...shown(note),
    ...sections,
    buyNow,
  ];
}

/** An empty text leaves no trace on a page. */
function shown(text: string): readonly string[] {
  return text === '' ? [] : [text];
}

const ofPurchase = ['attrs', 'category', 'query', 'product category'];
/** The misspelling is the original's. */
const ofTarget =
  'asin, options, attrs, price upper, instuction text, category, product category, query'.split(', ');

function doneParts(asin: string, choices: Choices, reward: number): readonly string[] {
  const unset = 'None';
  const heading = [
    'Thank you for shopping with us!',
    'Your code:',
    unset,
    '(Paste it in your MTurk interface.)',
  ];
  const purchase = ['Purchased', 'asin', asin, 'options', choicesText(choices)];
  const score = ['Your score (min 0.0, max 1.0)', floatText(reward), 'Reward Details', unset];
  return [
    ...heading,
    ...purchase,
    ...ofPurchase.flatMap((name) => [name, unset]),
    'Target',
    ...ofTarget,
    'Goal',
    unset,
    'Reward',
    ...score,
  ];
}

/** Choices as the original prints JSON: names sorted, ASCII only, and harmless inside HTML. */
function choicesText(choices: Choices): string {
  const members = [...choices]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${jsonText(name)}: ${jsonText(value)}`);
  return `{${members.join(', ')}}`;
}

function jsonText(text: string): string {
  return JSON.stringify(text).replace(/[<>&'\u007f-\uffff]/g, (letter) => {
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
