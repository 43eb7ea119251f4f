import { describe, expect, test } from 'vitest';
import { readAction } from '../../../src/environments/webshop/shop/action.ts';
import { createShop } from '../../../src/environments/webshop/shop/catalogueShop.ts';
import { pageText } from '../../../src/environments/webshop/shop/pages.ts';
import { priceText } from '../../../src/environments/webshop/shop/product.ts';
import { links, searched, startView, type View } from '../../../src/environments/webshop/shop/view.ts';
import { chair, lamp, product } from './support.ts';

const shop = createShop([
  lamp,
  chair,
  ...Array.from({ length: 60 }, (_, index) =>
    product({ asin: `VASE0000${index + 10}`, title: index === 0 ? '' : 'Vase', query: 'vases' }),
  ),
]);
const site = { shop, instruction: 'Find me a lamp', reward: () => 0.25 };

/** The page after a search and some clicks, each of which must be possible. */
function at(keywords: string, ...clicks: readonly string[]): View {
  let view = searched(keywords);
  for (const click of clicks) {
    const next = links(shop, view).get(click.toLowerCase());
    if (!next) throw new Error(`Cannot click ${click}`);
    view = next;
  }
  return view;
}

const text = (...path: readonly [string, ...string[]]): string => pageText(site, at(...path));
const head = 'Instruction: [SEP] Find me a lamp [SEP] Back to Search';
const lampPage =
  `${head} [SEP] < Prev [SEP] color [SEP] red [SEP] dark red [SEP] blue | white [SEP] size [SEP] small [SEP] large ` +
  '[SEP] Zorba Lamp [SEP] Price: $20.0 [SEP] Rating: N.A. [SEP] Description [SEP] Features [SEP] Reviews [SEP] Buy Now';

describe('pages', () => {
  test('the first one', () => {
    expect(pageText(site, startView)).toBe('WebShop [SEP] Instruction: [SEP] Find me a lamp [SEP] Search');
  });

  test('results', () => {
    expect(text('CHAIR')).toBe(
      `${head} [SEP] Page 1 (Total results: 1) [SEP] Next > [SEP] CHAIR00001 [SEP] Yucca Chair [SEP] $30.5 to $60.0`,
    );
    expect(text('chair', 'Next >')).toBe(`${head} [SEP] Page 2 (Total results: 1) [SEP] < Prev [SEP] Next >`);
    expect(text('nothing')).toBe(`${head} [SEP] Page 1 (Total results: 0) [SEP] Next >`);
  });

  test('ten products a page, fifty in all', () => {
    const asins = (page: string) => page.match(/VASE\d+/g) ?? [];
    expect(asins(text('vase'))).toHaveLength(10);
    const fifth = text('vase', 'next >', 'next >', 'next >', 'next >');
    expect(fifth).toContain('Page 5 (Total results: 50) [SEP] < Prev [SEP] Next >');
    expect(asins(fifth)).toHaveLength(10);
    expect(asins(text('vase', 'next >', 'next >', 'next >', 'next >', 'next >'))).toEqual([]);
  });

  test('a product, which stays the same when options are chosen', () => {
    expect(text('lamp', 'LAMP000001')).toBe(lampPage);
    expect(text('lamp', 'lamp000001', 'dark red', 'small')).toBe(lampPage);
  });

  test('an empty title leaves no trace', () => {
    const untitled = product({ title: '', price: '$5.0' });
    const empty = {
      ...site,
      shop: { listing: () => ({ total: 1, products: [untitled] }), product: () => untitled },
    };
    expect(pageText(empty, at('lamp'))).toContain('Next > [SEP] P000000001 [SEP] $5.0');
    expect(pageText(empty, at('lamp', 'lamp000001'))).toContain('< Prev [SEP] Price: $5.0 [SEP] Rating');
  });

  test('the pages of a product', () => {
    expect(text('lamp', 'lamp000001', 'Features')).toBe(
      `${head} [SEP] < Prev [SEP] It stands on felt pads. [SEP] Made by hand.`,
    );
    expect(text('lamp', 'lamp000001', 'Description')).toBe(
      `${head} [SEP] < Prev [SEP] A lamp that is low glare.`,
    );
    expect(text('lamp', 'lamp000001', 'Reviews')).toBe(`${head} [SEP] < Prev [SEP] No reviews found`);
  });

  test('the receipt', () => {
    expect(text('lamp', 'lamp000001', 'large', 'blue | white', 'buy now')).toBe(
      'Thank you for shopping with us! [SEP] Your code: [SEP] None [SEP] (Paste it in your MTurk interface.) [SEP] ' +
        'Purchased [SEP] asin [SEP] LAMP000001 [SEP] options [SEP] {"color": "blue | white", "size": "large"} [SEP] ' +
        'attrs [SEP] None [SEP] category [SEP] None [SEP] query [SEP] None [SEP] product category [SEP] None [SEP] ' +
        'Target [SEP] asin [SEP] options [SEP] attrs [SEP] price upper [SEP] instuction text [SEP] category [SEP] ' +
        'product category [SEP] query [SEP] Goal [SEP] None [SEP] Reward [SEP] Your score (min 0.0, max 1.0) [SEP] ' +
        '0.25 [SEP] Reward Details [SEP] None',
    );
  });

  test('options on the receipt are harmless inside HTML', () => {
    const choices = new Map([['size', `<6' & 7" é>`]]);
    expect(pageText(site, { kind: 'done', asin: 'X', choices })).toContain(
      '{"size": "\\u003c6\\u0027 \\u0026 7\\" \\u00e9\\u003e"}',
    );
  });
});

describe('ways between pages', () => {
  const item = at('lamp', 'lamp000001', 'red', 'small');

  test.each([
    ['the first page', startView, []],
    ['results', at('chair'), ['back to search', 'next >', 'chair00001']],
    ['later results', at('chair', 'next >'), ['back to search', '< prev', 'next >']],
    ['a section', at('chair', 'chair00001', 'features'), ['back to search', '< prev']],
    [
      'a product',
      at('chair', 'chair00001'),
      'back to search,< prev,description,features,reviews,buy now'.split(','),
    ],
    ['the receipt', at('chair', 'chair00001', 'buy now'), []],
  ])('from %s', (_, view, expected) => {
    expect([...links(shop, view).keys()].sort()).toEqual([...expected].sort());
  });

  test('choices survive sections, and the last one counts', () => {
    const view = at('lamp', 'lamp000001', 'red', 'small', 'features', '< prev', 'dark red', 'buy now');
    expect(view).toMatchObject({
      kind: 'done',
      choices: new Map([
        ['color', 'dark red'],
        ['size', 'small'],
      ]),
    });
  });

  test('leaving the product drops them, and leads to the page of results it was opened from', () => {
    expect(links(shop, item).get('< prev')).toEqual(searched('lamp'));
    const second = at('vase', 'next >');
    const [asin = ''] = shop.listing('vase', 2).products.map((one) => one.asin.toLowerCase());
    expect(at('vase', 'next >', asin, '< prev')).toEqual(second);
    expect(at('lamp', 'lamp000001', 'red', '< prev', 'lamp000001')).toMatchObject({ choices: new Map() });
  });

  test('a button wins against an option with the same text, a later option against an earlier one', () => {
    const odd = product({
      options: [
        { name: 'one', values: ['reviews', 'same'] },
        { name: 'two', values: ['same'] },
      ],
    });
    const ways = links({ ...shop, product: () => odd }, item);
    expect(ways.get('reviews')).toMatchObject({ kind: 'section' });
    expect(ways.get('same')).toMatchObject({
      choices: new Map([
        ['color', 'red'],
        ['size', 'small'],
        ['two', 'same'],
      ]),
    });
  });
});

test.each([
  ['search[Red Lamp]', { verb: 'search', argument: 'red lamp' }],
  ['click[< Prev]', { verb: 'click', argument: '< prev' }],
  ['click[black]\nclick[large]', { verb: 'click', argument: 'black' }],
  ['search[lamp [big] red]', { verb: 'none' }],
  ['click[black] click[large]', { verb: 'none' }],
  ['Search[lamp]', { verb: 'none' }],
  ['search[]', { verb: 'none' }],
  ['search[ ]', { verb: 'search', argument: ' ' }],
  ['I search[lamp]', { verb: 'none' }],
  ['[x]', { verb: 'none' }],
  ['click[a]]', { verb: 'click', argument: 'a]' }],
  ['', { verb: 'none' }],
])('reads the action %j', (action, expected) => {
  expect(readAction(action)).toEqual(expected);
});

test.each([
  [[100], '$100.0'],
  [[14.95], '$14.95'],
  [[3.78, 11.38], '$3.78 to $11.38'],
] as const)('prints prices %j', ([low, high]: readonly [number, number?], expected) => {
  expect(priceText(low, high)).toBe(expected);
});
