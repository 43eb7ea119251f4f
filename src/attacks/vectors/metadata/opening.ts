import type { AttackPart, Payload, Vector } from '../../../contracts/attack.ts';
import type { JsonObject } from '../../../contracts/json.ts';
import { mapped } from '../../mappings.ts';
import { withIdentity } from '../kit/identity.ts';
import { isOpening } from '../kit/opening.ts';
import { poisonTap, withPayload } from '../kit/poison.ts';
import { createSeated } from '../kit/seated.ts';

/** The payload stands in what a service says of itself as the connection opens. */
function createOpeningVector(
  facts: AttackPart,
  poison: (opening: JsonObject, payload: Payload) => JsonObject | undefined,
): Vector {
  const vector = createSeated({ ...facts, group: 'metadata' }, () => ({
    tap: (payload, deliver) =>
      poisonTap(facts.id, deliver, (request, result) =>
        isOpening(request) ? poison(result, payload) : undefined,
      ),
  }));
  return { ...vector, atOpening: true };
}

export const serviceInstructions: Vector = createOpeningVector(
  {
    id: 'service-instructions',
    title: 'Service instructions',
    definition: 'The payload stands in the instructions that a service gives at the opening.',
    source: 'MCP specification, basic/lifecycle and server/discover (instructions)',
    mappings: mapped('SAFE-T1001 MCP03 MCP10 LLM01 ASI01 AML.T0110'),
  },
  (opening, payload) => ({ ...opening, instructions: withPayload(opening['instructions'], payload) }),
);

export const serverIdentity: Vector = createOpeningVector(
  {
    id: 'server-identity',
    title: 'Server identity',
    definition: 'The payload stands in the title under which a service introduces itself.',
    source: 'MCP specification, basic/lifecycle (serverInfo); revision 2026-07-28, _meta',
    mappings: mapped('SAFE-T1001 SAFE-T1004 MCP03 MCP09 LLM01 ASI01 ASI03'),
  },
  (opening, payload) =>
    withIdentity(opening, (identity) => ({ ...identity, title: withPayload(identity['title'], payload) })),
);
