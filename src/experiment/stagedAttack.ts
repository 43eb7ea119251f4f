import { attackTaps, type ComposedAttack, composeAttack, nameOf } from '../attacks/compose.ts';
import { afterCalls } from '../attacks/patience.ts';
import type { World } from '../contracts/environment.ts';
import { SafeMcpError } from '../contracts/errors.ts';
import { isImpossible } from '../contracts/goal.ts';
import type { TextModel } from '../contracts/model.ts';
import type { Tap } from '../contracts/wire.ts';
import { type AttackWatch, type WatchOptions, watchAttack } from './attackWatch.ts';
import type { EpisodeParts } from './parts.ts';

/** An attack at work in an episode. */
export interface StagedAttack {
  readonly composed: ComposedAttack;
  readonly watch: AttackWatch;
  /** Taps at the services' ends, by service. */
  readonly taps: ReadonlyMap<string, readonly Tap[]>;
}

export interface Staging extends WatchOptions {
  readonly parts: EpisodeParts;
  readonly world: World;
  /** Lets carriers use the form that the literature runs with a model. */
  readonly model?: TextModel;
}

/**
 * Composes all attacks of an episode and sets them up, in their order.
 * @throws INCOMPATIBLE_ATTACK when the world offers no target to one of them
 */
export async function stageAttacks({ parts, world, model, ...watching }: Staging): Promise<StagedAttack[]> {
  const staged: StagedAttack[] = [];
  for (const { parts: attack, afterCalls: calls, liesLow } of parts.attacks) {
    const { environment, task, attackSeed: seed } = parts;
    const composed = await composeAttack(attack, { environment, task, world, seed, ...(model && { model }) });
    if (isImpossible(composed))
      throw new SafeMcpError('INCOMPATIBLE_ATTACK', composed.impossible, { where: task.id });
    const several = parts.attacks.length > 1 && { name: nameOf(attack) };
    const watch = watchAttack(composed, { ...watching, ...several });
    staged.push({
      composed,
      watch,
      taps: liesLow ? new Map() : tapsOf(composed, world, { calls, watch }),
    });
  }
  return staged;
}

function tapsOf(
  composed: ComposedAttack,
  world: World,
  { calls, watch }: { readonly calls: number; readonly watch: AttackWatch },
): ReadonlyMap<string, readonly Tap[]> {
  const attack = attackTaps(composed, watch.deliver);
  const delivered = (): boolean => watch.reached.has('delivered');
  const { vector, goal } = composed;
  const services = [...world.services, ...(vector.service ? [vector.service] : [])];
  return new Map(
    services.map(({ name }) => {
      const [attackTap, goalTap] = [attack.get(name), goal.tap?.(name, delivered)];
      return [name, [...(attackTap ? [afterCalls(attackTap, calls)] : []), ...(goalTap ? [goalTap] : [])]];
    }),
  );
}
