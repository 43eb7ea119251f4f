import type { AttackPart, Payload, Vector } from '../../../contracts/attack.ts';
import type { JsonObject, JsonValue } from '../../../contracts/json.ts';
import type { Rng } from '../../../contracts/seed.ts';
import { itemsOf, poisonTap } from '../kit/poison.ts';
import { createSeated } from '../kit/seated.ts';

/** Puts the payload into the result of a tool call; undefined lets the result pass as it is. */
export type ResultPoison = (result: JsonObject, payload: Payload) => JsonObject | undefined;

/** Results of a service that the task needs carry the payload. @param begin draws what stays the same for an episode */
export function createResultVector(facts: AttackPart, begin: (rng: Rng) => ResultPoison): Vector {
  return createSeated({ ...facts, group: 'result' }, ({ rng }) => {
    const poison = begin(rng);
    return {
      tap: (payload, deliver) =>
        poisonTap(facts.id, deliver, ({ method }, result) =>
          method === 'tools/call' ? poison(result, payload) : undefined,
        ),
    };
  });
}

/** A copy of a result with one more block behind its content; undefined when it has no content. */
export function withBlock(result: JsonObject, block: JsonValue): JsonObject | undefined {
  if (!Array.isArray(result['content'])) return undefined;
  return { ...result, content: [...itemsOf(result['content']), block] };
}
