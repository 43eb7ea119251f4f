import type { Vector } from '../../../contracts/attack.ts';
import { SafeMcpError } from '../../../contracts/errors.ts';
import { stringsIn } from '../../../contracts/json.ts';
import type { Tap } from '../../../contracts/wire.ts';
import { mapped } from '../../mappings.ts';
import { neededSeat } from '../kit/seat.ts';

/** Nobody's service is malicious: a stranger's mail, page, review or row holds the payload before the agent begins. */
export const retrieval: Vector = {
  id: 'retrieval',
  title: 'Retrieval',
  definition:
    'An honest service hands on a document of a stranger that the task makes the agent read: it is the payload.',
  source: 'Indirect prompt injection (arXiv 2302.12173); AgentDojo (arXiv 2406.13352)',
  mappings: mapped('SAFE-T1102 SAFE-T3001 MCP06 MCP10 LLM01* LLM08 ASI01* ASI06 AML.T0051.001'),
  group: 'result',
  eras: ['2025', '2026'],
  places: 'one',
  honestSeat: true,
  // The document lies there from the start.
  atOpening: true,
  compatible: ({ id, planting }) => {
    if (planting === 'supported') return 'compatible';
    return planting ?? { impossible: `No task of ${id} makes an agent read what a stranger wrote` };
  },
  place(scope) {
    const { world, task } = scope;
    const seat = neededSeat(scope);
    const watching = (text: string, onSeen: (message: string) => void): Tap => ({
      name: 'retrieval',
      hostRequest: (next) => async (request, context) => {
        const reply = await next(request, context);
        if (reply.kind === 'result' && holds(stringsIn(reply.result), text)) onSeen(request.id);
        return reply;
      },
    });
    return {
      seat,
      tap({ text }, deliver) {
        if (!world.plant)
          throw new SafeMcpError('INVALID_DEFINITION', 'The world has no document for a payload', {
            where: task.id,
          });
        world.plant(text);
        return watching(text, deliver);
      },
      others: ({ text }, deliver) =>
        new Map(
          world.services
            .filter(({ name }) => name !== seat.service)
            .map(({ name }) => [name, watching(text, deliver)]),
        ),
    };
  },
};

/** Whether one of the texts holds `text`, as it is or inside JSON. */
function holds(texts: readonly string[], text: string): boolean {
  const escaped = JSON.stringify(text).slice(1, -1);
  return texts.some((each) => each.includes(text) || each.includes(escaped));
}
