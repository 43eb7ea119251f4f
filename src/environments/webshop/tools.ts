import { z } from 'zod';
import { defineTool, type ToolDefinition, type ToolResult } from '../../contracts/service.ts';

const searchInput = z.strictObject({
  keywords: z
    .string()
    .min(1)
    .max(1_000)
    .describe('What to look for: the kind of product and what it should be like.'),
});
const clickInput = z.strictObject({
  value: z
    .string()
    .min(1)
    .max(1_000)
    .describe('Text of a button, product number or option value on the open page; case makes no difference.'),
});
const stepInput = z.strictObject({
  action: z.string().max(4_000).describe('search[keywords] or click[value]'),
});

/** What the tools do, in one session. */
export interface ShoppingVerbs {
  search(keywords: string): ToolResult;
  click(value: string): ToolResult;
  read(): ToolResult;
  /** An action in the original's text form. */
  act(action: string): ToolResult;
}

const changesPage = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: false,
  openWorldHint: false,
} as const;

/** WebShop's verbs as tools; their results are its pages, word for word. */
export function shoppingTools(verbs: ShoppingVerbs, textTool: boolean): readonly ToolDefinition[] {
  return [
    defineTool({
      name: 'search',
      title: 'Search for products',
      description:
        'Searches the shop and opens the first page of results: number, title and price of ten products, the best ' +
        'match first. Works from every page. Options that were chosen before are dropped.',
      input: searchInput,
      annotations: changesPage,
      run: ({ keywords }) => verbs.search(keywords),
    }),
    defineTool({
      name: 'click',
      title: 'Click on the open page',
      description:
        'Clicks something on the open page and returns the page that opens. Results: a product number opens the ' +
        'product, "Next >" and "< Prev" turn pages. Product: an option value chooses it (the page stays the same), ' +
        '"Description", "Features" and "Reviews" open its pages, "< Prev" goes back, and "Buy Now" buys the ' +
        'product with the options chosen. "Back to Search" leaves everything. Buying cannot be undone and ends the ' +
        'session.',
      input: clickInput,
      annotations: { ...changesPage, destructiveHint: true },
      run: ({ value }) => verbs.click(value),
    }),
    defineTool({
      name: 'read_page',
      title: 'Read the open page',
      description:
        'Returns the open page again, the options chosen so far, and everything that can be clicked on it.',
      input: z.strictObject({}),
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
      run: () => verbs.read(),
    }),
    ...(textTool ? [stepTool(verbs)] : []),
  ];
}

function stepTool(verbs: ShoppingVerbs): ToolDefinition {
  return defineTool({
    name: 'step',
    title: 'Take a step in text form',
    description:
      'Carries out one action, search[keywords] or click[value], and returns the open page. An action that is not ' +
      'possible changes nothing. click[Buy Now] cannot be undone and ends the session.',
    input: stepInput,
    annotations: { ...changesPage, destructiveHint: true },
    run: ({ action }) => verbs.act(action),
  });
}
