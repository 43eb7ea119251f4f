import { describe, expect, test } from 'vitest';
import { colorIn } from '../../../src/environments/webshop/scoring/colors.ts';
import { tokenSetRatio } from '../../../src/environments/webshop/scoring/fuzzy.ts';
import { possibleCaps } from '../../../src/environments/webshop/scoring/goal.ts';
import {
  attributeMatches,
  optionMatches,
  originalReward,
  typeMatch,
} from '../../../src/environments/webshop/scoring/original.ts';
import { strictReward } from '../../../src/environments/webshop/scoring/strict.ts';
import { goal, lamp, product } from './support.ts';

/** What a title, a search and categories say about the kind of a product. */
function kind(title: string, query = 'Query 1', category = 'a › b › c') {
  return { title, query, category };
}

const soundbar = 'Saireed UL Listed 2 Prong Power Cord for JBL Bar 3.1 Bar 2.1 Channel 4K Ultra HD Soundbar';
const cable =
  'BRST AC Power Cord Outlet Socket Cable Plug Lead for Panasonic SC-HT830V DVD/VCR Combo Home Theater System';

describe('the original: kinds', () => {
  test('the same title, search and categories count in full', () => {
    expect(typeMatch(kind('Name 1'), kind('Name 1'))).toEqual({
      factor: 1,
      titleScore: 1,
      sameQuery: true,
      sharedCategories: 3,
    });
    expect(typeMatch(kind('Name 1', 'Query 2'), kind('Name 1')).sameQuery).toBe(false);
  });

  test.each([
    ['b › c › a', true],
    ['d › e › f', false],
    ['a › d › b', true],
    ['a › a › b', true],
    ['a › a › d', false],
  ])('the category %s matches: %s', (category, matches) => {
    const { sharedCategories } = typeMatch(kind('Name 1', 'Query 2', category), kind('Name 1'));
    expect(sharedCategories >= 2).toBe(matches);
  });

  test.each([
    [
      'adidas Unisex-Adult D.o.n. Issue 2 Basketball Shoe',
      'adidas Unisex-Adult D.o.n. Issue 2 Indoor Court Shoe',
      0.85,
    ],
    [`${soundbar} Home Theater System Subwoofer`, cable, 0.31],
    [soundbar, cable, 0.17],
    [
      'Rusticware 921ORB Kitchen and Bath Cabinet Knob',
      'Minkissy 2pcs Stainless Steel Eyebrow Tweezers Blackhead Acne Remover Portable Makeup Tweezers (Silver)',
      0,
    ],
  ])('titles: %s', (wanted, bought, score) => {
    expect(Math.abs(typeMatch(kind(bought), kind(wanted)).titleScore - score)).toBeLessThanOrEqual(0.01);
  });

  test('a title with hardly anything in common counts a tenth, with nothing at all not, whatever else matches', () => {
    const many = 'Cup Jar Mug Pot Pan Lid Fork Bowl Dish Tray Vase';
    expect(typeMatch(kind('Cup'), kind(many)).factor).toBe(0.1);
    expect(typeMatch(kind('Sofa'), kind(many)).factor).toBe(0);
    expect(typeMatch(kind('Sofa'), kind('the 12')).titleScore).toBe(0.2);
  });
});

describe('the original: attributes', () => {
  const wanted = ['tea tree', 'essential oils', 'natural ingredients'];
  const texts = (Features: string[], Description: string) => ({
    Features,
    Description: [Description],
    Reviews: [],
  });

  test('tags count when they are alike', () => {
    const tags = ['tea tree', 'essential oil', 'natural ingredients'];
    expect(attributeMatches(product({ tags }), wanted)).toBe(3);
    expect(attributeMatches(product({ tags: tags.slice(1) }), wanted)).toBe(2);
  });

  test('texts count when they hold the attribute', () => {
    const sections = texts(['This soap has essential oils'], 'Made with Natural Ingredients only');
    expect(attributeMatches(product({ sections }), wanted)).toBe(2);
    expect(attributeMatches(product({ title: 'Tea Tree Soap' }), wanted)).toBe(1);
  });

  test('single words do not count', () => {
    const sections = texts(['A calming smell'], 'Best tea, great to pair with breakfast');
    const tags = ['tea bag', 'earl gray', 'lipton'];
    expect(attributeMatches(product({ tags, sections, title: 'Tea for breakfast' }), wanted)).toBe(0);
  });
});

describe('the original: options', () => {
  const wanted = (...values: string[]) => values.map((value) => ({ value }));

  test.each([
    [['pack of 12', 'grey', 'XL'], ['grey', 'XL', 'pack of 12'], 3],
    [['pack of 12', 'blue', 'XL'], ['grey', 'XL', 'pack of 12'], 2],
    [['pack of 12', 'powder snow', 'XL'], ['cool powder snow', 'XL', 'pack of 12'], 3],
    [['goal 1', 'goal 2'], [], 0],
    [[], ['goal 1', 'goal 2'], 0],
  ])('%j for %j', (chosen, values, matches) => {
    expect(optionMatches(chosen, wanted(...values))).toBe(matches);
  });

  test.each([
    ['dark green', { name: 'color', value: 'dark red' }, 1],
    ['light green', { name: 'color', value: 'dark red' }, 0],
    ['rectangular', { name: 'item shape', value: 'rectangular' }, 0],
    ['r.brown2070', { name: 'color', value: 'r.brown2070' }, 0],
    ['dark red', { name: 'color', value: 'red' }, 0],
    ['color', { name: 'color', value: 'dark red' }, 1],
    ['color', { name: 'color', value: 'red' }, 0],
  ])('%s for %j: %i', (chosen, option, matches) => {
    expect(optionMatches([chosen], [option])).toBe(matches);
  });

  test.each([
    ['', ''],
    ['black forest', 'black'],
    ['violet lavender', 'lavender'],
    ['steelivy fuchsia', 'fuchsia'],
    ['123alabaster', 'alabaster'],
    ['webshop', 'webshop'],
  ])('the color of "%s" is "%s"', (text, color) => {
    expect(colorIn(text)).toBe(color);
  });
});

test.each([
  ['essential oils', 'essential oil', 96],
  ['cool powder snow', 'powder snow', 100],
  ['', 'x', 0],
  ['abc', 'xyz', 0],
  ['Café-Bar', 'caf bar', 100],
])('"%s" and "%s" are alike by %i', (one, other, ratio) => {
  expect(tokenSetRatio(one, other)).toBe(ratio);
  expect(tokenSetRatio(other, one)).toBe(ratio);
});

describe('the original: all together', () => {
  const shoe = kind('Mens D.O.N. Issue 2 Gca Basketball Sneakers Shoes Casual - Off White');
  const attributes = ['tea tree', 'essential oils', 'natural ingredients'];
  const two = [
    { name: 'color', value: 'grey' },
    { name: 'size', value: 'XL' },
  ];
  const three = [...two, { name: 'amount', value: 'pack of 12' }];
  const choices = new Map(two.map(({ name, value }) => [name, value]));
  const tags = ['tea tree', 'essential oil', 'natural ingredients'];
  const plain = product({
    ...shoe,
    charged: 35,
    sections: { Description: ['Made with natural ingredients'], Features: [], Reviews: [] },
  });
  const wish = (options: typeof three, wanted = shoe) => ({
    text: '',
    product: wanted,
    attributes,
    options,
    priceCap: 40,
  });

  test('everything right', () => {
    expect(originalReward(wish(two), { product: { ...plain, tags }, choices })).toBe(1);
  });

  test('one attribute of three', () => {
    expect(originalReward(wish(two), { product: plain, choices })).toBeCloseTo(4 / 6);
  });

  test('two options of three, too', () => {
    expect(originalReward(wish(three), { product: plain, choices })).toBeCloseTo(4 / 7);
  });

  test('another kind, too', () => {
    const bought = product({ ...plain, ...kind(cable, 'Query 2', 'a › d › e') });
    expect(originalReward(wish(three, kind(soundbar)), { product: bought, choices })).toBeCloseTo(2 / 7);
  });

  test('too dear', () => {
    const dear = { ...plain, tags, charged: 40.01 };
    expect(originalReward(wish(two), { product: dear, choices })).toBeCloseTo(5 / 6);
  });
});

describe('the strict rule', () => {
  const right = new Map([
    ['color', 'Dark Red '],
    ['size', 'large'],
  ]);

  test('all that is wanted', () => {
    expect(strictReward(goal, { product: lamp, choices: right })).toBe(1);
  });

  test.each([
    ['another value of the same color', { choices: new Map([...right, ['color', 'dark green']]) }],
    ['the value under another name', { choices: new Map([...right, ['color', 'x'], ['style', 'dark red']]) }],
    ['an attribute that is only alike', { product: { ...lamp, tags: ['low glares', 'felt pads'] } }],
    ['a price above the cap', { product: { ...lamp, charged: 30.5 } }],
  ])('%s costs one part in five', (_, other) => {
    expect(strictReward(goal, { product: lamp, choices: right, ...other })).toBeCloseTo(4 / 5);
  });

  test('a product of another kind is worth nothing', () => {
    const stool = { ...lamp, query: 'stools', category: 'Home › Light › Stools' };
    expect(strictReward(goal, { product: stool, choices: right })).toBe(0);
    expect(strictReward(goal, { product: { ...lamp, query: 'x' }, choices: right })).toBe(1);
  });
});

test.each([
  [12.5, [20, 30, 40, 50]],
  [30, [40, 50, 60, 70]],
  [968, [970, 980, 990]],
  [995, []],
])('a price of %d allows the caps %j', (price, caps) => {
  expect(possibleCaps(price)).toEqual(caps);
});
