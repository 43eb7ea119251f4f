import { UnfitGame } from '../pddl/unfit.ts';

/** A part of a text rule, in the notation of TextWorld's grammars. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  /** `#name#`: what the rule of this name says. */
  | { readonly kind: 'rule'; readonly name: string }
  /** `{o.name}`: a value. */
  | { readonly kind: 'value'; readonly value: Value }
  /** `{... | query}`: once for each answer to the query. In square brackets it is told as a list. */
  | { readonly kind: 'each'; readonly piece: Piece; readonly query: Query; readonly asList: boolean };

/** Alternatives, the first of which that is not empty counts; each is a sum of terms. */
export type Value = readonly (readonly Term[])[];

export type Term =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'field'; readonly variable: string; readonly field: 'name' | 'indefinite' | 'id' };

/** Facts that must hold together; different variables stand for different things. */
export type Query = readonly QueryAtom[];

export interface QueryAtom {
  readonly predicate: string;
  readonly args: readonly { readonly name: string; readonly type: string }[];
}

const plain = /[^;|"<>[\]#{}]+/y;
const rule = /#([\w()/!<>\-\s,.]+)#/y;
const braces = /(\[)?\{([^{}|]*)(?:\|([^{}[\]|]*))?\}(\])?/y;

/** Reads a text with rules and values in it. As in TextWorld, what cannot be read ends the text. */
export function parsePieces(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const next = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  for (;;) {
    const piece = plainPiece(next(plain)) ?? rulePiece(next(rule)) ?? bracedPiece(next(braces));
    if (!piece) return pieces;
    pieces.push(piece);
  }
}

function plainPiece(found: RegExpExecArray | null): Piece | undefined {
  return found ? { kind: 'text', text: found[0] } : undefined;
}

function rulePiece(found: RegExpExecArray | null): Piece | undefined {
  return found ? { kind: 'rule', name: found[1] ?? '' } : undefined;
}

function bracedPiece(found: RegExpExecArray | null): Piece | undefined {
  if (!found) return undefined;
  const [, opening, inner = '', query, closing] = found;
  if ((opening === undefined) !== (closing === undefined)) {
    throw new UnfitGame(`the text rule ${found[0]} has a square bracket too many`);
  }
  const piece = innerPiece(inner.trim());
  if (query === undefined) return piece;
  return { kind: 'each', piece, query: parseQuery(query), asList: opening !== undefined };
}

function innerPiece(text: string): Piece {
  const named = /^#([^#]+)#$/.exec(text);
  if (named) return { kind: 'rule', name: named[1] ?? '' };
  return { kind: 'value', value: text.split(/ or /).map((sum) => sum.split('+').map(parseTerm)) };
}

function parseTerm(text: string): Term {
  const trimmed = text.trim();
  const quoted = /^'([^']*)'$/.exec(trimmed) ?? /^"([^"]*)"$/.exec(trimmed);
  if (quoted) return { kind: 'literal', text: quoted[1] ?? '' };
  const [, variable, field = 'name'] = /^(\w+)(?:\.(name|indefinite|id))?$/.exec(trimmed) ?? [];
  if (variable === undefined || !isField(field)) {
    throw new UnfitGame(
      `the text rules hold the value ${JSON.stringify(trimmed)}, which this engine does not know`,
    );
  }
  return { kind: 'field', variable: variable.toLowerCase(), field };
}

function isField(text: string): text is 'name' | 'indefinite' | 'id' {
  return text === 'name' || text === 'indefinite' || text === 'id';
}

/** Reads `atlocation(a:agent, l:location) & holds(a:agent, o:object)`. @throws UnfitGame */
export function parseQuery(text: string): Query {
  return text.split('&').map((part) => {
    const [, predicate, args] = /^(\w+)\(([^()]*)\)$/.exec(part.trim()) ?? [];
    if (predicate === undefined || args === undefined) {
      throw new UnfitGame(`the text rules hold the query ${JSON.stringify(part)}, which cannot be read`);
    }
    return { predicate: predicate.toLowerCase(), args: args === '' ? [] : args.split(',').map(parseArg) };
  });
}

function parseArg(text: string): { name: string; type: string } {
  const [name = '', type] = text
    .trim()
    .toLowerCase()
    .split(/\s*:\s*/);
  return { name, type: type ?? name };
}
