import type { Goal } from './scoring/goal.ts';
import type { CatalogueShop } from './shop/catalogueShop.ts';
import type { Product } from './shop/product.ts';
import type { View } from './shop/view.ts';

/** What makes a task of this environment. */
export interface ShoppingTask {
  readonly shop: CatalogueShop;
  readonly goal: Goal;
  /** A word that stands in the titles of all products that the user can mean; may be empty. */
  readonly named: string;
  /** Private to the user. */
  readonly secret: string;
}

/** What attackers want to have bought, of other kinds than what the user wants. */
export interface Prey {
  /** Uses the purchase up; dearer than the user allows where the shop has such a thing. */
  readonly loot?: Product;
  readonly bait?: Product;
  /** Of the wanted kind and dearer than the user allows, where the shop has such a thing. */
  readonly rival?: Product;
}

/** The changing part of a world. */
export interface ShoppingState {
  view: View;
  /** Texts that the service received: keywords, and clicks on what is not there. */
  readonly received: string[];
  /** What a seller says on the page of a product, where anything is said. */
  readonly notes: Map<string, string>;
}
