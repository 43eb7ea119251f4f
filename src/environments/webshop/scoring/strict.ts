import type { Choices } from '../shop/product.ts';
import type { Goal, WantedOption } from './goal.ts';
import type { Purchase } from './original.ts';

/**
 * Our reward, 0 to 1, by the original's formula without its leniency: the product must be of the wanted kind,
 * attributes count by tags alone, and each option by its own name; case and outer white space make no difference.
 */
export function strictReward(goal: Goal, { product, choices }: Purchase): number {
  const { query, category } = goal.product;
  if (!same(product.query, query) && !same(product.category, category)) return 0;
  const attributes = goal.attributes.filter((wanted) => product.tags.some((tag) => same(tag, wanted)));
  const options = goal.options.filter((wanted) => isChosen(choices, wanted));
  const price = product.charged <= goal.priceCap ? 1 : 0;
  const wanted = goal.attributes.length + goal.options.length + 1;
  return (attributes.length + options.length + price) / wanted;
}

function isChosen(choices: Choices, { name, value }: WantedOption): boolean {
  const chosen = name === undefined ? [...choices.values()] : [choices.get(name) ?? ''];
  return chosen.some((one) => same(one, value));
}

function same(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
