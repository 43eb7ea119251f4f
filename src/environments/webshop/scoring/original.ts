import type { Choices, Product } from '../shop/product.ts';
import { colorIn, isColor } from './colors.ts';
import { tokenSetRatio } from './fuzzy.ts';
import type { Goal, WantedOption } from './goal.ts';
import { titleNouns } from './nouns.ts';

/** A product with the options it was bought with. */
export interface Purchase {
  readonly product: Product;
  readonly choices: Choices;
}

/** Texts are alike above this ratio. */
const alike = 85;

/** WebShop's reward (Yao et al., 2022, as in AgentGym), 0 to 1. */
export function originalReward(goal: Goal, { product, choices }: Purchase): number {
  const attributes = attributeMatches(product, goal.attributes);
  const options = optionMatches([...choices.values()], goal.options);
  const price = product.charged <= goal.priceCap ? 1 : 0;
  const wanted = goal.attributes.length + goal.options.length + 1;
  return ((attributes + options + price) / wanted) * typeMatch(product, goal.product).factor;
}

/** Whether the bought product is of the wanted kind: 1, 0.5, 0.1 or 0. */
export function typeMatch(bought: Goal['product'], wanted: Goal['product']) {
  const titleScore = titleOverlap(bought.title, wanted.title);
  const sameQuery = bought.query === wanted.query;
  const sharedCategories = overlap(levels(bought.category), levels(wanted.category));
  const related = sameQuery || sharedCategories >= 2 || titleScore > 0.2;
  return { factor: typeFactor(titleScore, related), titleScore, sameQuery, sharedCategories };
}

function typeFactor(titleScore: number, related: boolean): number {
  if (titleScore === 0) return 0;
  if (titleScore < 0.1) return 0.1;
  return related ? 1 : 0.5;
}

function titleOverlap(bought: string, wanted: string): number {
  const nouns = titleNouns(wanted);
  return nouns.size === 0 ? 0.2 : overlap(titleNouns(bought), nouns) / nouns.size;
}

function levels(category: string): ReadonlySet<string> {
  return new Set(category.split('›').map((level) => level.trim()));
}

function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  return [...one].filter((item) => other.has(item)).length;
}

/** How many attributes hold, by a tag that is alike or by standing in the product's texts. */
export function attributeMatches(
  { tags, title, sections }: Pick<Product, 'tags' | 'title' | 'sections'>,
  attributes: readonly string[],
): number {
  const texts = [title, sections.Features.join(' '), sections.Description.join(' ')].map((text) =>
    text.toLowerCase(),
  );
  return attributes.filter(
    (attribute) =>
      tags.some((tag) => tokenSetRatio(tag, attribute) > alike) ||
      texts.some((text) => text.includes(attribute)),
  ).length;
}

/**
 * How many wanted options are alike one of the chosen values. Values are reduced to a color they hold; a wanted
 * option with a name only if it is a color and nothing else, and is otherwise compared together with its name.
 */
export function optionMatches(chosen: readonly string[], wanted: readonly WantedOption[]): number {
  const values = chosen.map(colorIn);
  return wanted.filter((option) => {
    const text = comparedText(option);
    return values.some((value) => tokenSetRatio(value, text) > alike);
  }).length;
}

function comparedText({ name, value }: WantedOption): string {
  if (name === undefined) return colorIn(value);
  return isColor(value) ? value : `${name} ${value}`;
}
