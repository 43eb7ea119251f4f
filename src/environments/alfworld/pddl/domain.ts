import { type Expression, parseExpression, partsOf, wordOf } from './expression.ts';
import {
  type Atom,
  type Effect,
  type Formula,
  namesIn,
  parseEffects,
  parseFormula,
  parseTyped,
  parseVariables,
  type Variable,
} from './formula.ts';
import { UnfitGame } from './unfit.ts';

export interface Action {
  readonly name: string;
  readonly parameters: readonly Variable[];
  readonly precondition: Formula;
  readonly effects: readonly Effect[];
}

/** The rules of a world. */
export interface Domain {
  /** Each declared type with the type it is a kind of. */
  readonly types: ReadonlyMap<string, string>;
  readonly actions: readonly Action[];
}

/** The start state and the goal of one game. */
export interface Problem {
  readonly types: ReadonlyMap<string, string>;
  readonly facts: readonly Atom[];
  readonly goal: Formula;
}

/**
 * Reads a domain. A type that is not declared is no error here, as it is none for the original's planner: no thing
 * is of it. (The original writes `?l - location, ?r - receptacle`, which makes a type of the comma.)
 * @throws UnfitGame
 */
export function parseDomain(text: string): Domain {
  const sections = sectionsOf(text);
  const types = new Map(
    sections.filter(({ name }) => name === ':types').flatMap(({ parts }) => parseTyped(parts)),
  );
  return {
    types,
    actions: sections.filter(({ name }) => name === ':action').map(({ parts }) => actionFrom(parts)),
  };
}

function actionFrom([name, ...parts]: readonly Expression[]): Action {
  const members = new Map<string, Expression>();
  for (let at = 0; at + 1 < parts.length; at += 2) members.set(wordOf(parts[at]), parts[at + 1] ?? []);
  return {
    name: wordOf(name),
    parameters: parseVariables(members.get(':parameters') ?? []),
    precondition: parseFormula(members.get(':precondition') ?? []),
    effects: parseEffects(members.get(':effect') ?? []),
  };
}

/** @throws UnfitGame also when the goal asks for a thing of a type that is not declared */
export function parseProblem(text: string, domain: Domain): Problem {
  const sections = new Map(sectionsOf(text).map(({ name, parts }) => [name, parts]));
  const goal = parseFormula(sections.get(':goal')?.[0]);
  const strange = namesIn(goal).types.find((type) => !domain.types.has(type));
  if (strange !== undefined) {
    throw new UnfitGame(
      `the goal asks for a thing of the type ${strange}, which the domain does not declare`,
    );
  }
  return {
    types: new Map(parseTyped(sections.get(':objects') ?? [])),
    facts: (sections.get(':init') ?? []).flatMap(factsFrom),
    goal,
  };
}

/** Costs and distances are no facts. */
function factsFrom(expression: Expression): Atom[] {
  if (partsOf(expression)[0] === '=') return [];
  const formula = parseFormula(expression);
  if (formula.kind === 'atom') return [formula.atom];
  throw new UnfitGame('the start state holds something that is no fact');
}

interface Section {
  readonly name: string;
  readonly parts: readonly Expression[];
}

/** The brackets of `(define (domain NAME) (:types ...) ...)` after the name. */
function sectionsOf(text: string): Section[] {
  const [define, , ...brackets] = parseExpression(text);
  if (define !== 'define') throw new UnfitGame('the PDDL text does not begin with define');
  return brackets.map((bracket) => {
    const [name, ...parts] = partsOf(bracket);
    return { name: wordOf(name), parts };
  });
}
