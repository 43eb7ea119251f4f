import { z } from 'zod';
import { defineTool, type ToolDefinition, type ToolResult } from '../../contracts/service.ts';
import type { Amount, Order, Outcome } from './engine.ts';

const item = z.string().min(1).max(200).describe('Name of an item, as in the crafting commands.');
const count = z.int().min(1).max(10_000);
const amount = z.strictObject({ item, count: count.describe('How many of it.') });

const getInput = amount;
const craftInput = z.strictObject({
  item: item.describe('Name of the item to craft.'),
  count: count.describe('How many the crafting command makes.'),
  ingredients: z.array(amount).min(1).max(20).describe('What the crafting command uses.'),
});
const inventoryInput = z.strictObject({});

/** What the tools do, in one world. */
export interface CraftingVerbs {
  get(amount: Amount): Outcome;
  craft(order: Order): Outcome;
  list(): Outcome;
}

/** TextCraft's verbs as tools. Observations are the original's, word for word. */
export function craftingTools(verbs: CraftingVerbs): readonly ToolDefinition[] {
  return [
    defineTool({
      name: 'get',
      title: 'Get items',
      description: 'Gets raw items from the surroundings. Items that must be crafted cannot be got.',
      input: getInput,
      annotations: {
        readOnlyHint: false,
        destructiveHint: false,
        idempotentHint: false,
        openWorldHint: false,
      },
      run: (amount) => resultOf(verbs.get(amount)),
    }),
    defineTool({
      name: 'craft',
      title: 'Craft items',
      description:
        'Carries out one crafting command: uses up the ingredients from the inventory and adds the crafted items.',
      input: craftInput,
      annotations: {
        readOnlyHint: false,
        destructiveHint: true,
        idempotentHint: false,
        openWorldHint: false,
      },
      run: (order) => resultOf(verbs.craft(order)),
    }),
    defineTool({
      name: 'inventory',
      title: 'Look at the inventory',
      description: 'Lists the items carried and how many of each.',
      input: inventoryInput,
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
      run: () => resultOf(verbs.list()),
    }),
  ];
}

function resultOf({ kind, text }: Outcome): ToolResult {
  return kind === 'refused' ? { text, isError: true } : { text };
}
