import { findPreset, type Selection } from '../../attacks/presets.ts';
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

type Entry = Exclude<ExperimentFile['attacks'][number], 'none'>;
type Patience = Pick<AttackId, 'afterCalls' | 'afterEpisodes'>;
type Part = 'vector' | 'carrier' | 'goal';

/** Every attack the entries name, once each, in the order of the list; null is the clean condition. */
export function expandAttacks(
  entries: ExperimentFile['attacks'],
  scope: AttackListScope,
): (AttackId | null)[] {
  const expanded = new Map<string, AttackId | null>();
  entries.forEach((entry, index) => {
    if (entry === 'none') expanded.set('none', null);
    else
      for (const attack of attacksOf(entry, { ...scope, path: [...scope.path, index] }))
        expanded.set(attackName(attack), attack);
  });
  return [...expanded.values()];
}

function attacksOf(entry: Entry, scope: AttackListScope): readonly AttackId[] {
  if ('preset' in entry) return presetOf(entry.preset, scope);
  if ('together' in entry) {
    return togetherOf(entry.together, { ...scope, path: [...scope.path, 'together'] });
  }
  return combinations(entry, scope);
}

/** Attacks of one episode. Two of one goal would share its effect, and two services of their own might share a name. */
function togetherOf(entries: readonly (Selection & Patience)[], scope: AttackListScope): readonly AttackId[] {
  const members = entries.map((each, index) => {
    const path = [...scope.path, index];
    if ([each.vector, each.carrier, each.goal].includes('*'))
      scope.complain({ path, what: 'attacks together are single ones, name one vector, carrier and goal' });
    return combinations(each, { ...scope, path }).slice(0, 1);
  });
  const [first, ...others] = members.flat();
  if (!first) return [];
  const all = [first, ...others];
  if (new Set(all.map(({ goal }) => goal)).size < all.length)
    scope.complain({ path: scope.path, what: 'two attacks together have the same goal, choose another' });
  const own = all.filter(({ vector }) =>
    scope.catalog.vectors.some(({ id, group }) => id === vector && group === 'between-services'),
  );
  if (own.length > 1)
    scope.complain({
      path: scope.path,
      what: 'two attacks together come from services between others, keep one of them',
    });
  return [{ ...first, together: others }];
}

function presetOf(id: string, scope: AttackListScope): readonly AttackId[] {
  try {
    return findPreset(id).selections.flatMap((selection) => combinations(selection, scope));
  } catch (error) {
    scope.complain({ path: [...scope.path, 'preset'], what: messageOf(error) });
    return [];
  }
}

/** Every vector with every carrier and every goal of the selection. */
function combinations(selection: Selection & Patience, scope: AttackListScope): AttackId[] {
  const ids = (part: Part): readonly string[] =>
    idsOf(selection[part], part, { ...scope, path: [...scope.path, part] });
  const [vectors, carriers, goals] = [ids('vector'), ids('carrier'), ids('goal')];
  const { afterCalls = 0, afterEpisodes = 0 } = selection;
  const patience = { ...(afterCalls > 0 && { afterCalls }), ...(afterEpisodes > 0 && { afterEpisodes }) };
  return vectors.flatMap((vector) =>
    carriers.flatMap((carrier) => goals.map((goal) => ({ vector, carrier, goal, ...patience }))),
  );
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
      const what =
        id === 'behavior-set' ? 'behavior-set needs behaviors: FILE in the experiment' : messageOf(error);
      scope.complain({ path, what });
      return [];
    }
  });
}
