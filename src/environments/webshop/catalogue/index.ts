import { type CatalogueShop, createShop } from '../shop/catalogueShop.ts';
import { departments, type TraitRole, traitRoles } from './departments.ts';
import { makeCatalogue } from './makeCatalogue.ts';

let loaded: CatalogueShop | undefined;

/** The shop with its own products, made once per process. */
export function ownShop(): CatalogueShop {
  loaded ??= createShop(makeCatalogue());
  return loaded;
}

/** How a kind of product is called in titles, by the plural that buyers search for. */
export function singularOf(plural: string): string {
  return allKinds().get(plural) ?? plural;
}

function allKinds(): ReadonlyMap<string, string> {
  return new Map(departments.flatMap(({ kinds }) => kinds.map(({ plural, singular }) => [plural, singular])));
}

/** Where a property stands in a sentence. */
export function roleOf(tag: string): TraitRole {
  const holder = (role: TraitRole): boolean => departments.some(({ traits }) => traits[role].includes(tag));
  const role = traitRoles.find(holder);
  if (!role) throw new RangeError(`Not a property: ${tag}`);
  return role;
}
