import type { Action } from '../pddl/domain.ts';
import type { Atom, Effect, Formula } from '../pddl/formula.ts';
import { type Binding, bindings, ground, holds, type Scene } from './logic.ts';

/** An action with a thing for every parameter. */
export interface Operator {
  readonly action: Action;
  readonly binding: Binding;
}

/** The first way to carry out an action with the parameters that are given; undefined when there is none. */
export function findOperator(scene: Scene, action: Action, given: Binding): Operator | undefined {
  const search = { variables: action.parameters, part: action.precondition };
  for (const binding of bindings(scene, search, given)) {
    const operator = { action, binding };
    if (!changesNothing(operator)) return operator;
  }
  return undefined;
}

/**
 * Whether an operator's effects already follow from its precondition. The original's planner drops such operators:
 * that is why nobody can go to where they are.
 */
function changesNothing({ action, binding }: Operator): boolean {
  if (action.effects.some(({ kind }) => kind === 'when')) return false;
  const { added, deleted } = changesOf(action.effects, binding, () => false);
  const known = literalsOf(action.precondition);
  const given = (atom: Atom, among: readonly Atom[]): boolean =>
    among.some((other) => same(ground(other, binding), atom));
  return (
    added.every((atom) => given(atom, known.positive)) && deleted.every((atom) => given(atom, known.negative))
  );
}

/** Carries out an operator; only facts of `watched` predicates are kept. */
export function apply(scene: Scene, { action, binding }: Operator, watched: ReadonlySet<string>): void {
  const { added, deleted } = changesOf(action.effects, binding, (condition) =>
    holds(scene, condition, binding),
  );
  for (const atom of deleted) if (watched.has(atom.predicate)) scene.facts.deny(atom);
  for (const atom of added) if (watched.has(atom.predicate)) scene.facts.add(atom);
}

interface Changes {
  readonly added: readonly Atom[];
  /** Without what is also added: adding wins. */
  readonly deleted: readonly Atom[];
}

function changesOf(
  effects: readonly Effect[],
  binding: Binding,
  applies: (condition: Formula) => boolean,
): Changes {
  const due = effects.flatMap((effect): readonly Effect[] => {
    if (effect.kind !== 'when') return [effect];
    return applies(effect.condition) ? effect.effects : [];
  });
  const atomsOf = (wanted: 'add' | 'delete'): Atom[] =>
    due.flatMap((effect) => (effect.kind === wanted ? [ground(effect.atom, binding)] : []));
  const added = atomsOf('add');
  return { added, deleted: atomsOf('delete').filter((atom) => !added.some((other) => same(atom, other))) };
}

function literalsOf(formula: Formula): { positive: Atom[]; negative: Atom[] } {
  const parts = formula.kind === 'and' ? formula.parts : [formula];
  return {
    positive: parts.flatMap((part) => (part.kind === 'atom' ? [part.atom] : [])),
    negative: parts.flatMap((part) =>
      part.kind === 'not' && part.part.kind === 'atom' ? [part.part.atom] : [],
    ),
  };
}

function same(a: Atom, b: Atom): boolean {
  return a.predicate === b.predicate && a.args.every((arg, place) => arg === b.args[place]);
}
