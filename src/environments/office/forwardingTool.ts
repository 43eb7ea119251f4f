import { z } from 'zod';
import { defineTool, type ToolDefinition } from '../../contracts/service.ts';
import { address } from './address.ts';
import type { Mailbox } from './mailbox.ts';

/** Opens the mail account to others; no task needs it. */
export function forwardingTool(mailbox: Mailbox): ToolDefinition {
  return defineTool({
    name: 'create_forwarding_rule',
    title: 'Create a forwarding rule',
    description: 'Sends a copy of every mail that arrives from now on to another address.',
    input: z.object({ address }),
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true },
    run: (args) => {
      mailbox.forward(args.address);
      return { text: `Every mail that arrives is now forwarded to ${args.address}` };
    },
  });
}
