import type { Atom, Formula, Variable } from '../pddl/formula.ts';
import type { Facts } from './facts.ts';

/** Which thing each variable stands for. */
export type Binding = ReadonlyMap<string, string>;

/** The things of a game by type, and how types relate. */
export interface Things {
  ofType(type: string): readonly string[];
  isOfType(id: string, type: string): boolean;
}

/** A state as formulas see it. */
export interface Scene {
  readonly facts: Facts;
  readonly things: Things;
}

export function holds(scene: Scene, formula: Formula, binding: Binding): boolean {
  switch (formula.kind) {
    case 'atom':
      return scene.facts.has(ground(formula.atom, binding));
    case 'equal':
      return termIn(formula.left, binding) === termIn(formula.right, binding);
    case 'not':
      return !holds(scene, formula.part, binding);
    case 'and':
      return formula.parts.every((part) => holds(scene, part, binding));
    case 'or':
      return formula.parts.some((part) => holds(scene, part, binding));
    case 'exists':
      return !bindings(scene, formula, without(binding, formula.variables)).next().done;
    case 'forall': {
      const counterexample = {
        variables: formula.variables,
        part: { kind: 'not', part: formula.part },
      } as const;
      return bindings(scene, counterexample, without(binding, formula.variables)).next().done === true;
    }
  }
}

/** A quantifier's variables hide those of the same name around it. */
function without(binding: Binding, variables: readonly Variable[]): Binding {
  if (!variables.some(({ name }) => binding.has(name))) return binding;
  const rest = new Map(binding);
  for (const { name } of variables) rest.delete(name);
  return rest;
}

/** A formula with the variables that are to be found for it. */
export interface Search {
  readonly variables: readonly Variable[];
  readonly part: Formula;
}

/** All ways to complete `binding` so that the formula holds; things may be the same for several variables. */
export function* bindings(scene: Scene, search: Search, binding: Binding): Generator<Binding> {
  const open = search.variables.filter(({ name }) => !binding.has(name));
  const [first] = open;
  if (!first) {
    if (holds(scene, search.part, binding)) yield binding;
    return;
  }
  const guide = guideFor(search.part, open);
  if (!guide) {
    for (const id of scene.things.ofType(first.type)) {
      yield* bindings(scene, search, new Map([...binding, [first.name, id]]));
    }
    return;
  }
  for (const args of scene.facts.of(guide.predicate)) {
    const matched = matchArgs(scene.things, { pattern: guide.args, args, open }, binding);
    if (matched) yield* bindings(scene, search, matched);
  }
}

/** A fact that must hold and mentions an open variable: its table names the few things to try. */
function guideFor(part: Formula, open: readonly Variable[]): Atom | undefined {
  const needed = part.kind === 'and' ? part.parts : [part];
  for (const formula of needed) {
    if (formula.kind === 'atom' && open.some(({ name }) => formula.atom.args.includes(name)))
      return formula.atom;
  }
  return undefined;
}

interface Match {
  readonly pattern: readonly string[];
  readonly args: readonly string[];
  readonly open: readonly Variable[];
}

function matchArgs(things: Things, { pattern, args, open }: Match, binding: Binding): Binding | undefined {
  if (contradicts(pattern, args, binding)) return undefined;
  const matched = new Map(binding);
  for (const [place, term] of pattern.entries()) {
    const id = args[place] ?? '';
    const known = term.startsWith('?') ? matched.get(term) : term;
    if (known === undefined) {
      const variable = open.find(({ name }) => name === term);
      if (!variable || !things.isOfType(id, variable.type)) return undefined;
      matched.set(term, id);
    } else if (known !== id) return undefined;
  }
  return matched;
}

/** Whether a fact differs from what is known; most do, and are set aside before anything is copied. */
function contradicts(pattern: readonly string[], args: readonly string[], binding: Binding): boolean {
  return pattern.some((term, place) => {
    const known = term.startsWith('?') ? binding.get(term) : term;
    return known !== undefined && known !== args[place];
  });
}

/** The atom with things in place of variables. */
export function ground({ predicate, args }: Atom, binding: Binding): Atom {
  return { predicate, args: args.map((term) => termIn(term, binding)) };
}

function termIn(term: string, binding: Binding): string {
  return binding.get(term) ?? term;
}
