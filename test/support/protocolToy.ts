import { z } from 'zod';
import { defineTool } from '../../src/contracts/service.ts';
import type { ToolsSource } from '../../src/protocol/toolServer.ts';

const annotations = { readOnlyHint: true, destructiveHint: false } as const;

/** A service of our own, small enough to know by heart. */
export function toyService(name = 'toy'): ToolsSource {
  return {
    kind: 'tools',
    name,
    instructions: `Instructions of ${name}`,
    tools: [
      defineTool({
        name: 'echo',
        title: 'Echo',
        description: 'Says what it is told',
        input: z.object({ text: z.string() }),
        annotations,
        run: ({ text }) => ({ text, structured: { text } }),
      }),
      defineTool({
        name: 'fail',
        title: 'Fail',
        description: 'Says no',
        input: z.object({}),
        annotations,
        run: () => ({ text: 'no', isError: true }),
      }),
    ],
  };
}
