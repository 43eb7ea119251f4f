import { type AttackId, attackName } from '../../contracts/attack.ts';
import { messageOf } from '../../contracts/errors.ts';
import type { Catalog } from '../../contracts/experiment.ts';
import { findIn } from '../catalog.ts';
import type { Path, Problem } from './problems.ts';
import type { ExperimentFile } from './schema.ts';

interface AttackListScope {
  readonly catalog: Catalog;
  /** Where the list stands in the experiment. */
  readonly path: Path;
  complain(problem: Problem): void;
}

type Part = 'vector' | 'carrier' | 'goal';

/** Every attack the entries name, once each, in the order of the list; null is the clean condition. */
export function expandAttacks(
  entries: ExperimentFile['attacks'],
  scope: AttackListScope,
): (AttackId | null)[] {
  const expanded = new Map<string, AttackId | null>();
  entries.forEach((entry, index) => {
    if (entry === 'none') {
      expanded.set('none', null);
      return;
    }
    const ids = (part: Part): readonly string[] =>
      idsOf(entry[part], part, { ...scope, path: [...scope.path, index, part] });
    const [vectors, carriers, goals] = [ids('vector'), ids('carrier'), ids('goal')];
    for (const vector of vectors)
      for (const carrier of carriers)
        for (const goal of goals) {
          const attack = { vector, carrier, goal };
          expanded.set(attackName(attack), attack);
        }
  });
  return [...expanded.values()];
}

function idsOf(selection: string | readonly string[], part: Part, scope: AttackListScope): readonly string[] {
  const entries: readonly { readonly id: string }[] = scope.catalog[`${part}s`];
  const all = entries.map(({ id }) => id);
  if (selection === '*') return all;
  const chosen = typeof selection === 'string' ? [selection] : selection;
  return chosen.flatMap((id, index) => {
    try {
      return [findIn(entries, id, part).id];
    } catch (error) {
      const path = typeof selection === 'string' ? scope.path : [...scope.path, index];
      scope.complain({ path, what: messageOf(error) });
      return [];
    }
  });
}
