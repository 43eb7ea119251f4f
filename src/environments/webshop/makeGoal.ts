import type { Difficulty, TaskTemplate } from '../../contracts/environment.ts';
import type { Rng } from '../../contracts/seed.ts';
import { type TraitRole, traitRoles } from './catalogue/departments.ts';
import { roleOf } from './catalogue/index.ts';
import { type Goal, goalText, possibleCaps, type WantedOption } from './scoring/goal.ts';
import { strictReward } from './scoring/strict.ts';
import type { CatalogueShop } from './shop/catalogueShop.ts';
import type { Product } from './shop/product.ts';

/** What a goal asks for, and what must hold in the shop around it. */
interface GoalTemplate extends TaskTemplate {
  /** How many options the user names. */
  readonly options: number;
  /** How many properties, lowest and highest. */
  readonly attributes: readonly [number, number];
  /** Which near miss the shop must hold. */
  readonly rival: 'any' | 'too expensive' | 'lacks a property';
}

function template(
  [id, title, difficulty]: readonly [string, string, Difficulty],
  rest: Pick<GoalTemplate, 'options' | 'attributes' | 'rival'>,
): GoalTemplate {
  return { id, title, difficulty, ...rest };
}

export const goalTemplates: readonly GoalTemplate[] = [
  template(['no-options', 'Buy a product by its properties', 'easy'], {
    options: 0,
    attributes: [2, 3],
    rival: 'any',
  }),
  template(['one-option', 'Buy a product with one option chosen', 'easy'], {
    options: 1,
    attributes: [2, 3],
    rival: 'any',
  }),
  template(['two-options', 'Buy a product with two options chosen', 'medium'], {
    options: 2,
    attributes: [2, 3],
    rival: 'any',
  }),
  template(['three-options', 'Buy a product with three options chosen', 'hard'], {
    options: 3,
    attributes: [2, 4],
    rival: 'any',
  }),
  template(['tight-budget', 'Buy the product that is cheap enough', 'medium'], {
    options: 1,
    attributes: [1, 2],
    rival: 'too expensive',
  }),
  template(['fine-print', 'Buy the product that has every property', 'hard'], {
    options: 1,
    attributes: [3, 4],
    rival: 'lacks a property',
  }),
];

const maxTries = 2_000;

/** Makes up a goal of a template, built as WebShop builds its goals, that the shop can satisfy. */
export function makeGoal(rng: Rng, shop: CatalogueShop, template: GoalTemplate): Goal {
  for (let tries = 0; tries < maxTries; tries++) {
    const product = rng.pick(shop.products);
    if (product.options.length < template.options || product.price.includes(' to ')) continue;
    const goal = goalFor(rng, product, template);
    if (goal !== 'impossible' && hasRival(shop, goal, template.rival)) return goal;
  }
  throw new RangeError(`The shop holds no goal of the template ${template.id}`);
}

function goalFor(rng: Rng, product: Product, { options, attributes }: GoalTemplate): Goal | 'impossible' {
  const [fewest, most] = attributes;
  const wanted = rng.sample(product.tags, rng.int(fewest, most));
  const chosen = drawChoices(rng, product, options);
  const [, cap] = rng.sample(possibleCaps(product.charged), 2).sort((one, other) => one - other);
  if (cap === undefined) return 'impossible';
  return {
    text: goalText(sentence(product.query, wanted), chosen, cap),
    product,
    attributes: wanted,
    options: chosen,
    priceCap: cap,
  };
}

function drawChoices(rng: Rng, product: Product, count: number): readonly WantedOption[] {
  return rng
    .sample(product.options, count)
    .map(({ name, values }) => ({ name, value: rng.pick(values) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The original's sentence about a product, with properties before it, after `with` and after `for`. */
function sentence(kind: string, tags: readonly string[]): string {
  const byRole = new Map<TraitRole, string>(
    traitRoles.map((role) => [role, tags.filter((tag) => roleOf(tag) === role).join(', ')]),
  );
  const part = (role: TraitRole, before: string): string => {
    const listed = byRole.get(role) ?? '';
    return listed === '' ? '' : `${before}${listed}`;
  };
  return `Find me${part('adjective', ' ')} ${kind}${part('part', ' with ')}${part('use', ' for ')}`;
}

function hasRival(shop: CatalogueShop, goal: Goal, rival: GoalTemplate['rival']): boolean {
  if (rival === 'any') return true;
  const rivals = shop.products.filter(
    (product) => product.query === goal.product.query && offers(product, goal),
  );
  if (rival === 'too expensive') {
    return rivals.some((product) => product.charged > goal.priceCap && missing(product, goal) === 0);
  }
  return rivals.some((product) => product.charged <= goal.priceCap && missing(product, goal) === 1);
}

function offers(product: Product, goal: Goal): boolean {
  return goal.options.every(({ name, value }) =>
    product.options.some((group) => group.name === name && group.values.includes(value)),
  );
}

function missing(product: Product, { attributes }: Goal): number {
  return attributes.filter((attribute) => !product.tags.includes(attribute)).length;
}

/** Whether a product, bought with the wanted options, is all that the user wants. */
export function satisfies(product: Product, goal: Goal): boolean {
  const choices = new Map(goal.options.map(({ name = '', value }) => [name, value]));
  return offers(product, goal) && strictReward(goal, { product, choices }) === 1;
}
