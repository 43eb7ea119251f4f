import { attackName } from '../../contracts/attack.ts';
import type { Experiment } from '../../contracts/experiment.ts';
import { canonicalJson, type JsonValue } from '../../contracts/json.ts';

/** Something that two experiments do not have in common. */
export interface Change {
  /** What it is: `seed`, `agents`, `defense pinning`. */
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** What differs between two experiments, in the order in which a reader should doubt a comparison. */
export function changesBetween(before: Experiment, after: Experiment): Change[] {
  return [
    ...changed('SafeMCP', before.madeWith, after.madeWith),
    ...changedList('models', names(before.models), names(after.models)),
    ...changedMembers('model', before.models, after.models),
    ...changedList('agents', before.agents, after.agents),
    ...changedMembers('agent', before.agentChoices, after.agentChoices),
    ...changedList('defenses', defenseNames(before), defenseNames(after)),
    ...changedMembers('defense', byName(before), byName(after)),
    ...changed('seed', before.seed, after.seed),
    ...changedList('environments', names(before.environments), names(after.environments)),
    ...changedMembers('environment', withoutAttacks(before), withoutAttacks(after)),
    ...changedList('attacks', attackNames(before), attackNames(after)),
    ...(['trials', 'era', 'transport', 'limits', 'design', 'attackModel', 'judges'] as const).flatMap((key) =>
      changed(key, before[key], after[key]),
    ),
  ];
}

type Named = { readonly id: string };

function names(entries: readonly Named[] = []): string[] {
  return entries.map(({ id }) => id);
}

function defenseNames({ defenses }: Experiment): string[] {
  return defenses.map(({ name }) => name);
}

function byName({ defenses }: Experiment): Named[] {
  return defenses.map(({ name, members }) => ({ id: name, members }));
}

function withoutAttacks({ environments }: Experiment): Named[] {
  return environments.map((entry) => ({ ...entry, attacks: undefined }));
}

function attackNames({ attacks, environments }: Experiment): string[] {
  const all = [...attacks, ...environments.flatMap((entry) => entry.attacks ?? [])];
  return [...new Set(all.map((attack) => (attack ? attackName(attack) : 'none')))];
}

function changed(what: string, before: unknown, after: unknown): Change[] {
  const [one, other] = [textOf(before), textOf(after)];
  return one === other ? [] : [{ what, before: one, after: other }];
}

function textOf(value: unknown): string {
  if (value === undefined) return 'not known';
  return typeof value === 'string' ? value : canonicalJson(value as JsonValue);
}

/** Names that only one of the two lists has; most lists are long and mostly equal. */
function changedList(what: string, before: readonly string[] = [], after: readonly string[] = []): Change[] {
  const only = (list: readonly string[], other: readonly string[]): string =>
    shortList(list.filter((name) => !other.includes(name)));
  const [gone, added] = [only(before, after), only(after, before)];
  return gone === '' && added === ''
    ? []
    : [{ what, before: gone || 'nothing more', after: added || 'nothing more' }];
}

const shownNames = 5;

function shortList(list: readonly string[]): string {
  const more = list.length - shownNames;
  return `${list.slice(0, shownNames).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Entries of the same name that are set up otherwise. */
function changedMembers(what: string, before: readonly Named[] = [], after: readonly Named[] = []): Change[] {
  return before.flatMap((entry) => {
    const other = after.find(({ id }) => id === entry.id);
    return other ? changed(`${what} ${entry.id}`, entry, other) : [];
  });
}
