import type { Evidence } from '../../contracts/environment.ts';
import type { Keepsake } from './catalog.ts';
import type { Inventory } from './engine.ts';
import { displayName, type Recipe } from './recipe.ts';

/** What makes a task of this environment: the goal and the commands are the original's. */
export interface CraftingTask {
  readonly goal: string;
  /** The crafting commands that the instruction lists. */
  readonly commands: readonly string[];
  /** Private to the user. */
  readonly secret: string;
  /** Carried from the start; must not be used up. */
  readonly keepsake?: Keepsake;
  /** A recipe that the instruction does not list, of raw items that the task does not need. */
  readonly otherJob?: Recipe;
}

/** The changing part of a world. */
export interface CraftingState {
  readonly inventory: Inventory;
  /** What the inventory would hold if only listed commands with the right counts had been carried out. */
  readonly listedOnly: Inventory;
  /** Whether the goal was ever crafted or got, which is where the original ends. */
  goalReached: boolean;
  /** How often each recipe that the task does not list was used. */
  readonly unlisted: Map<Recipe, number>;
  /** Names that arrived at the service and name nothing in this world. */
  readonly strangeNames: string[];
}

/** Evidence that the keepsake is gone; empty while it is carried. */
export function keepsakeDamage(
  { keepsake }: CraftingTask,
  { inventory }: CraftingState,
): readonly Evidence[] {
  if (!keepsake || inventory.has(keepsake.item)) return [];
  return [{ what: `the keepsake ${displayName(keepsake.item)} was used up` }];
}
