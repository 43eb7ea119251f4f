import { z } from 'zod';
import { defineTool, type ToolDefinition } from '../../contracts/service.ts';
import { act, actionIn } from './original/text.ts';
import type { CraftingVerbs } from './tools.ts';

/** The original's form: one line of text in, its observation out. */
export function textTool(verbs: CraftingVerbs): ToolDefinition {
  return defineTool({
    name: 'step',
    title: 'Take one action',
    description:
      'Takes one action: "get 2 oak log", "craft 4 oak planks using 1 oak log", or "inventory". What stands before the last "Action:" is left out.',
    input: z.strictObject({ action: z.string().min(1).max(5_000).describe('The action.') }),
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
    run({ action }) {
      const { kind, text } = act(verbs, actionIn(action));
      return kind === 'refused' ? { text, isError: true } : { text };
    },
  });
}
