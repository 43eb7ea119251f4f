import { type Expression, partsOf, wordOf } from './expression.ts';
import { UnfitGame } from './unfit.ts';

/** A predicate with ids, or with variables, which begin with a question mark. */
export interface Atom {
  readonly predicate: string;
  readonly args: readonly string[];
}

export interface Variable {
  readonly name: string;
  readonly type: string;
}

export type Formula =
  | { readonly kind: 'atom'; readonly atom: Atom }
  | { readonly kind: 'equal'; readonly left: string; readonly right: string }
  | { readonly kind: 'not'; readonly part: Formula }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Formula[] }
  | { readonly kind: 'exists' | 'forall'; readonly variables: readonly Variable[]; readonly part: Formula };

/** What an action does to the facts; `when` asks for the state before the action. */
export type Effect =
  | { readonly kind: 'add' | 'delete'; readonly atom: Atom }
  | { readonly kind: 'when'; readonly condition: Formula; readonly effects: readonly Effect[] };

/** @throws UnfitGame */
export function parseFormula(expression: Expression | undefined): Formula {
  const [head, ...rest] = partsOf(expression);
  if (head === undefined) return { kind: 'and', parts: [] };
  const word = wordOf(head);
  switch (word) {
    case 'and':
    case 'or':
      return { kind: word, parts: rest.map(parseFormula) };
    case 'not':
      return { kind: 'not', part: parseFormula(rest[0]) };
    case 'imply':
      return { kind: 'or', parts: [{ kind: 'not', part: parseFormula(rest[0]) }, parseFormula(rest[1])] };
    case 'exists':
    case 'forall':
      return { kind: word, variables: parseVariables(rest[0]), part: parseFormula(rest[1]) };
    case '=':
      return { kind: 'equal', left: wordOf(rest[0]), right: wordOf(rest[1]) };
    default:
      return { kind: 'atom', atom: { predicate: word, args: rest.map(wordOf) } };
  }
}

/** @throws UnfitGame */
export function parseEffects(expression: Expression | undefined): readonly Effect[] {
  const [head, ...rest] = partsOf(expression);
  if (head === undefined) return [];
  const word = wordOf(head);
  switch (word) {
    case 'and':
      return rest.flatMap(parseEffects);
    case 'increase':
      return [];
    case 'not':
      return [{ kind: 'delete', atom: atomIn(rest[0]) }];
    case 'when':
      return [{ kind: 'when', condition: parseFormula(rest[0]), effects: parseEffects(rest[1]) }];
    case 'forall':
      throw new UnfitGame(
        'the domain has an effect on all things of a type, which this engine does not know',
      );
    default:
      return [{ kind: 'add', atom: atomIn(expression) }];
  }
}

function atomIn(expression: Expression | undefined): Atom {
  const formula = parseFormula(expression);
  if (formula.kind !== 'atom') throw new UnfitGame('the domain has an effect that is no fact');
  return formula.atom;
}

/** @throws UnfitGame */
export function parseVariables(expression: Expression | undefined): readonly Variable[] {
  return parseTyped(partsOf(expression)).map(([name, type]) => ({ name, type }));
}

/** Reads `a b - kind c - other`; what has no type is an `object`. @throws UnfitGame */
export function parseTyped(words: readonly Expression[]): (readonly [string, string])[] {
  const typed: (readonly [string, string])[] = [];
  let waiting: string[] = [];
  const settle = (type: string): void => {
    typed.push(...waiting.map((name) => [name, type] as const));
    waiting = [];
  };
  for (let at = 0; at < words.length; at++) {
    if (words[at] === '-') settle(wordOf(words[++at]));
    else waiting.push(wordOf(words[at]));
  }
  settle('object');
  return typed;
}

/** Every predicate and every type that a formula names. */
export function namesIn(formula: Formula): { readonly predicates: string[]; readonly types: string[] } {
  switch (formula.kind) {
    case 'atom':
      return { predicates: [formula.atom.predicate], types: [] };
    case 'equal':
      return { predicates: [], types: [] };
    case 'not':
      return namesIn(formula.part);
    case 'and':
    case 'or': {
      const names = formula.parts.map(namesIn);
      return {
        predicates: names.flatMap(({ predicates }) => predicates),
        types: names.flatMap(({ types }) => types),
      };
    }
    case 'exists':
    case 'forall': {
      const { predicates, types } = namesIn(formula.part);
      return { predicates, types: [...formula.variables.map(({ type }) => type), ...types] };
    }
  }
}
