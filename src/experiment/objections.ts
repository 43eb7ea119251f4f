import { type AttackParts, createCompatibility } from '../attacks/compose.ts';
import { ofPart } from '../attacks/ownPart.ts';
import type { AttackId } from '../contracts/attack.ts';
import type { Environment } from '../contracts/environment.ts';
import type { Catalog, Experiment, SkippedCombinations } from '../contracts/experiment.ts';
import { isImpossible } from '../contracts/goal.ts';
import type { Era } from '../contracts/wire.ts';
import { partsOf } from './parts.ts';

/** What speaks against attacks in environments, and a count of it. */
export interface Objections {
  /** The attacks that can be made in the environment; the others are counted. */
  possible(environment: Environment, attacks: readonly (AttackId | null)[]): readonly (AttackId | null)[];
  /** What was left out so far, by environment and reason; a big matrix leaves out more than anybody wants listed. */
  skipped(): readonly SkippedCombinations[];
}

const allEras: readonly Era[] = ['2025', '2026'];

type Counted = { -readonly [Key in keyof SkippedCombinations]: SkippedCombinations[Key] };

/** @throws UNKNOWN_ID when the catalog lacks a part */
export function createObjections({ era, transport }: Experiment, catalog: Catalog): Objections {
  const known = new WeakMap<readonly (AttackId | null)[], readonly Member[][]>();
  /** The parts of every attack in the list, looked up once for all environments. */
  const partsIn = (attacks: readonly (AttackId | null)[]): readonly Member[][] => {
    const looked = known.get(attacks) ?? attacks.map((attack) => (attack ? membersOf(attack, catalog) : []));
    known.set(attacks, looked);
    return looked;
  };
  const groups = new Map<string, Map<string, Counted>>();
  const note = (environment: string, reason: string, example: AttackId): void => {
    const reasons = groups.get(environment) ?? new Map<string, Counted>();
    groups.set(environment, reasons);
    const group = reasons.get(reason) ?? { environment, reason, attacks: 0, example };
    group.attacks++;
    reasons.set(reason, group);
  };
  return {
    possible(environment, attacks) {
      const compatible = createCompatibility(environment);
      const parts = partsIn(attacks);
      const whyNot = ({ parts: each, afterCalls }: Member): string | undefined => {
        const { vector, goal } = each;
        for (const { id, eras = allEras } of [vector, goal])
          if (!eras.includes(era)) return `${id} exists in the ${eras.join(' and ')} era only`;
        if (goal.transports && !goal.transports.includes(transport))
          return `${goal.id} exists over ${goal.transports.join(' and ')} only`;
        if (vector.atOpening && afterCalls > 0)
          return `${vector.id} acts as the connection opens, so its service cannot lie low for calls`;
        const verdict = ofPart(`attack ${vector.id}/${each.carrier.id}/${goal.id}`, () => compatible(each));
        return isImpossible(verdict) ? verdict.impossible : undefined;
      };
      return attacks.filter((attack, place) => {
        if (attack === null) return true;
        for (const each of parts[place] ?? []) {
          const reason = whyNot(each);
          if (reason === undefined) continue;
          note(environment.id, reason, attack);
          return false;
        }
        return true;
      });
    },
    skipped: () => [...groups.values()].flatMap((reasons) => [...reasons.values()]),
  };
}

/** One of the attacks that are made in the same episode. */
interface Member {
  readonly parts: AttackParts;
  readonly afterCalls: number;
}

function membersOf(attack: AttackId, catalog: Catalog): Member[] {
  return [attack, ...(attack.together ?? [])].map((each) => ({
    parts: partsOf(each, catalog),
    afterCalls: each.afterCalls ?? 0,
  }));
}
