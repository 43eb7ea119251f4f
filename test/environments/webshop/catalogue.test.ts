import { describe, expect, test } from 'vitest';
import { createSeed } from '../../../src/contracts/seed.ts';
import { ownShop, singularOf } from '../../../src/environments/webshop/catalogue/index.ts';
import { webshop } from '../../../src/environments/webshop/index.ts';
import { titleNouns } from '../../../src/environments/webshop/scoring/nouns.ts';
import { optionMatches } from '../../../src/environments/webshop/scoring/original.ts';
import type { Product } from '../../../src/environments/webshop/shop/product.ts';

const { products } = ownShop();

function textOf({ title, sections }: Product): string {
  return [title, ...sections.Features, ...sections.Description].join('\n').toLowerCase();
}

describe('the catalogue', () => {
  test('holds about a thousand products with numbers of their own', () => {
    expect(products.length).toBeGreaterThanOrEqual(1_000);
    expect(new Set(products.map(({ asin }) => asin)).size).toBe(products.length);
    expect(products.filter(({ asin }) => !/^[A-Z0-9]{10}$/.test(asin))).toEqual([]);
    expect(new Set(products.map(({ category }) => category)).size).toBeGreaterThanOrEqual(40);
  });

  test('charges what is shown, or something in the range that is shown', () => {
    const wrong = products.filter(({ price, charged }) => {
      const [low = 0, high = low] = price.split(' to ').map((part) => Number(part.slice(1)));
      return !(charged >= low && charged <= high && charged > 0);
    });
    expect(wrong).toEqual([]);
    expect(products.some(({ price }) => price.includes(' to '))).toBe(true);
  });

  test('says on its pages which properties a product has, and no others', () => {
    const all = [...new Set(products.flatMap(({ tags }) => tags))];
    for (const one of products) {
      const text = textOf(one);
      expect(all.filter((tag) => text.includes(tag)).sort(), one.asin).toEqual([...one.tags].sort());
      expect(one.title.toLowerCase()).toContain(singularOf(one.query));
    }
  });

  test('offers values that differ within a product and satisfy the original when they are chosen', () => {
    const options = new Map(
      products.flatMap(({ options }) =>
        options.flatMap(({ name, values }) =>
          values.map((value) => [`${name}: ${value}`, { name, value }] as const),
        ),
      ),
    );
    const unfit = [...options.values()].filter((option) => optionMatches([option.value], [option]) === 0);
    expect(unfit).toEqual([]);
    for (const one of products) {
      const values = one.options.flatMap((group) => group.values);
      expect(new Set(values).size, one.asin).toBe(values.length);
    }
  });

  test('has titles short enough for the word they share to count', () => {
    for (const { title } of products) expect(titleNouns(title).size, title).toBeLessThanOrEqual(10);
  });
});

describe('the tasks', () => {
  const tasks = [...Array(1_200).keys()].map((index) => webshop.task(createSeed('distinct'), index));

  test('are different in what they ask for', () => {
    expect(new Set(tasks.map(({ instruction }) => instruction)).size).toBeGreaterThan(1_150);
  });

  test('read like the original', () => {
    const wishes = tasks.map(({ instruction }) => instruction.split('\n')[0] ?? '');
    const form =
      /^Find me .+?(?: with [^:]+: .+?(?:, and [^:]+: .+?)*)?, and price lower than \d+0\.00 dollars$/;
    expect(wishes.filter((wish) => !form.test(wish))).toEqual([]);
    const optionCounts = new Set(wishes.map((wish) => wish.split(': ').length - 1));
    expect(optionCounts).toEqual(new Set([0, 1, 2, 3]));
  });
});
