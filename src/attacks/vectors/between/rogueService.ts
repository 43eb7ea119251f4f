import type { Vector } from '../../../contracts/attack.ts';
import { mapped } from '../../mappings.ts';
import { withDescription } from '../kit/poison.ts';
import { createRogueListing } from '../kit/rogue.ts';

/** Tool shadowing: a service that the task can do without misuses another service's tools by its description. */
export const rogueService: Vector = createRogueListing(
  {
    id: 'rogue-service',
    title: 'Rogue service',
    definition: "A harmless-looking service that the task can do without misuses other services' tools.",
    source: 'SAFE-MCP SAFE-T1008, tool shadowing; MCP specification, server/tools (description)',
    mappings: mapped('SAFE-T1008 SAFE-T1301 MCP03 LLM01* LLM03* ASI01* ASI04* AML.T0110'),
  },
  () => (result, payload) => withDescription(result, payload, 0),
);
