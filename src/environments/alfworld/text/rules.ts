import { UnfitGame } from '../pddl/unfit.ts';
import { type Piece, parsePieces, parseQuery, type Query } from './pieces.ts';

/** How commands are written and what the game says. */
export interface TextRules {
  /** By action, in lower case. */
  readonly commands: ReadonlyMap<string, CommandText>;
  /** By name; of several productions the first whose condition holds counts. */
  readonly productions: ReadonlyMap<string, readonly Production[]>;
}

export interface CommandText {
  readonly template: readonly Piece[];
  readonly feedback: readonly Piece[];
}

export interface Production {
  readonly condition?: Query;
  readonly text: readonly Piece[];
}

/** Text rules as they are written down. */
export interface WrittenRules {
  readonly commands: Readonly<Record<string, { readonly template: string; readonly feedback: string }>>;
  readonly productions: Readonly<Record<string, readonly WrittenProduction[]>>;
}

export interface WrittenProduction {
  readonly condition?: string | undefined;
  readonly rhs: string;
}

/** @throws UnfitGame */
export function readRules({ commands, productions }: WrittenRules): TextRules {
  return {
    commands: new Map(
      Object.entries(commands).map(([name, { template, feedback }]) => [
        name.toLowerCase(),
        { template: parsePieces(template), feedback: parsePieces(feedback) },
      ]),
    ),
    productions: new Map(
      Object.entries(productions).map(([name, written]) => [name, written.map(readProduction)]),
    ),
  };
}

function readProduction({ condition, rhs }: WrittenProduction): Production {
  const text = parsePieces(rhs);
  return condition ? { condition: parseQuery(condition), text } : { text };
}

/** The productions of a rule. @throws UnfitGame when there are none */
export function productionsOf({ productions }: TextRules, name: string): readonly Production[] {
  const found = productions.get(name);
  if (!found) throw new UnfitGame(`the text rules have no rule ${name}`);
  return found;
}

/** Every predicate that a text depends on. */
export function predicatesRead({ commands, productions }: TextRules): string[] {
  const pieces = [...commands.values()].flatMap(({ template, feedback }) => [...template, ...feedback]);
  const produced = [...productions.values()].flat();
  const queries = [
    ...[...pieces, ...produced.flatMap(({ text }) => text)].flatMap((piece) =>
      piece.kind === 'each' ? [piece.query] : [],
    ),
    ...produced.flatMap(({ condition }) => (condition ? [condition] : [])),
  ];
  return queries.flat().map(({ predicate }) => predicate);
}
