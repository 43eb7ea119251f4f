import { createSeed, type Rng } from '../../../contracts/seed.ts';
import { type OptionGroup, type Product, priceText } from '../shop/product.ts';
import { valuesOf } from './choices.ts';
import { type Department, departments, type Kind, type TraitRole, traitRoles } from './departments.ts';
import { brands, fillers, lines, sentences } from './words.ts';

const productsPerKind = 21;

interface Trait {
  readonly role: TraitRole;
  readonly tag: string;
}

/** The shop's own products, always the same: 21 of each kind, about a thousand in all. */
export function makeCatalogue(): readonly Product[] {
  const seed = createSeed('webshop catalogue');
  const asins = new Set<string>();
  return departments.flatMap((department) =>
    department.kinds.flatMap((kind) => {
      const rng = seed.child(kind.singular).rng();
      return Array.from({ length: productsPerKind }, () => makeProduct(rng, department, kind, asins));
    }),
  );
}

function makeProduct(rng: Rng, department: Department, kind: Kind, asins: Set<string>): Product {
  const traits = drawTraits(rng, department);
  const [price, charged] = drawPrice(rng, kind);
  return {
    asin: drawAsin(rng, asins),
    title: drawTitle(rng, kind, traits),
    price,
    charged,
    rating: 'N.A.',
    options: drawOptions(rng, kind),
    sections: drawSections(rng, kind, traits),
    query: kind.plural,
    category: `${department.category} › ${capitalized(kind.plural)}`,
    tags: traits.map(({ tag }) => tag),
  };
}

function drawAsin(rng: Rng, taken: Set<string>): string {
  for (;;) {
    const asin = `W${rng.token(9).toUpperCase()}`;
    if (taken.has(asin)) continue;
    taken.add(asin);
    return asin;
  }
}

/** Five or six traits, at least one of each role, in mixed order. */
function drawTraits(rng: Rng, { traits }: Department): readonly Trait[] {
  const drawn = traitRoles.flatMap((role) =>
    rng.sample(traits[role], role === 'use' ? rng.int(1, 2) : 2).map((tag) => ({ role, tag })),
  );
  return rng.shuffle(drawn);
}

/** One price, or for one product in eight a range, in which what is charged lies. */
function drawPrice(rng: Rng, { price: [low, high] }: Kind): readonly [string, number] {
  const dollars = rng.int(low, high - 1) + rng.pick([0, 0.49, 0.5, 0.95, 0.99]);
  if (!rng.chance(1 / 8)) return [priceText(dollars), dollars];
  const top = Math.floor(dollars * 1.5) + 0.99;
  return [priceText(dollars, top), cents(dollars + ((top - dollars) * rng.int(0, 100)) / 100)];
}

function cents(dollars: number): number {
  return Math.round(dollars * 100) / 100;
}

/** Maker, line and kind, and up to two traits. */
function drawTitle(rng: Rng, kind: Kind, traits: readonly Trait[]): string {
  const named = traits.slice(0, rng.int(0, 2));
  const phrases: Readonly<Record<TraitRole, string>> = { adjective: '', part: 'with ', use: 'for ' };
  const ends = named.map(({ role, tag }) => `${phrases[role]}${capitalized(tag)}`);
  return [`${rng.pick(brands)} ${rng.pick(lines)} ${capitalized(kind.singular)}`, ...ends].join(', ');
}

function drawOptions(rng: Rng, { options }: Kind): readonly OptionGroup[] {
  return rng.sample(options, rng.int(0, options.length)).map((name) => {
    const values = valuesOf(name);
    const offered = new Set(rng.sample(values, Math.min(values.length, rng.int(3, 8))));
    return { name, values: values.filter((value) => offered.has(value)) };
  });
}

/** Every trait has its sentence: two or three in the description, the others among the features. */
function drawSections(rng: Rng, { singular }: Kind, traits: readonly Trait[]): Product['sections'] {
  const told = rng.int(2, 3);
  const [described, featured] = [traits.slice(-told), traits.slice(0, -told)].map((some) =>
    some.map(({ role, tag }) => rng.pick(sentences[role]).replace('{tag}', tag)),
  );
  const [first = '', ...others] = rng.sample(fillers, 3);
  return {
    Description: [[`This is our ${singular}.`, ...(described ?? []), first].join(' ')],
    Features: [...(featured ?? []), ...others],
    Reviews: ['No reviews found'],
  };
}

function capitalized(text: string): string {
  return text
    .split(' ')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
