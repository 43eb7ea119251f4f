import type { Vector } from '../../../contracts/attack.ts';
import { mapped } from '../../mappings.ts';
import { isOpening } from '../kit/opening.ts';
import { poisonTap, withPayload } from '../kit/poison.ts';
import { createRogueVector } from '../kit/rogue.ts';

export const rogueInstructions: Vector = createRogueVector(
  {
    id: 'rogue-instructions',
    title: 'Rogue instructions',
    definition: "The instructions of a service that the task can do without misuse other services' tools.",
    source: 'MCP specification, basic/lifecycle and server/discover (instructions); SAFE-MCP SAFE-T1008',
    mappings: mapped('SAFE-T1001 SAFE-T1008 MCP03 MCP10 LLM01 ASI01 AML.T0110'),
    places: 'one',
    atOpening: true,
  },
  () => (payload, deliver) =>
    poisonTap('rogue-instructions', deliver, (request, result) =>
      isOpening(request)
        ? { ...result, instructions: withPayload(result['instructions'], payload) }
        : undefined,
    ),
);
