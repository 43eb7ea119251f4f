import type { Binding, Scene } from '../engine/logic.ts';
import { UnfitGame } from '../pddl/unfit.ts';
import type { Piece, Query, Term, Value } from './pieces.ts';
import { productionsOf, type TextRules } from './rules.ts';

/** What a text is told from. */
export interface Telling {
  readonly rules: TextRules;
  readonly scene: Scene;
  /** The name of a thing as players know it. */
  nameOf(id: string): string;
}

/** Rules that call each other deeper than this are taken for a circle. */
const maxDepth = 40;

/** @param binding what the variables of the pieces stand for, without question marks */
export function tell(telling: Telling, pieces: readonly Piece[], binding: Binding): string {
  return tellAll(telling, pieces, { binding, depth: 0 });
}

interface Place {
  readonly binding: Binding;
  readonly depth: number;
}

function tellAll(telling: Telling, pieces: readonly Piece[], place: Place): string {
  if (place.depth > maxDepth) throw new UnfitGame('the text rules run in a circle');
  return pieces.map((piece) => tellPiece(telling, piece, place)).join('');
}

function tellPiece(telling: Telling, piece: Piece, place: Place): string {
  switch (piece.kind) {
    case 'text':
      return piece.text;
    case 'rule':
      return tellRule(telling, piece.name, place);
    case 'value':
      return valueText(telling, piece.value, place.binding);
    case 'each': {
      const texts = answers(telling.scene, piece.query, place.binding).map((binding) =>
        tellPiece(telling, piece.piece, { ...place, binding }),
      );
      return piece.asList ? listed(telling, texts, place) : texts.join('');
    }
  }
}

function tellRule(telling: Telling, name: string, { binding, depth }: Place): string {
  const fitting = productionsOf(telling.rules, name).find(
    ({ condition }) => !condition || answers(telling.scene, condition, binding).length > 0,
  );
  if (!fitting) throw new UnfitGame(`no text of the rule ${name} fits`);
  return tellAll(telling, fitting.text, { binding, depth: depth + 1 });
}

function listed(telling: Telling, texts: readonly string[], place: Place): string {
  const last = texts.at(-1);
  if (last === undefined) return tellRule(telling, 'list_empty', place);
  if (texts.length === 1) return last;
  const separator = tellRule(telling, 'list_separator', place);
  return texts.slice(0, -1).join(separator) + tellRule(telling, 'list_last_separator', place) + last;
}

function valueText(telling: Telling, value: Value, binding: Binding): string {
  const texts = value.map((terms) => terms.map((term) => termText(telling, term, binding)).join(''));
  return texts.find((text) => text !== '') ?? '';
}

function termText(telling: Telling, term: Term, binding: Binding): string {
  if (term.kind === 'literal') return term.text;
  const id = binding.get(term.variable);
  if (id === undefined) throw new UnfitGame(`the text rules use ${term.variable}, which stands for nothing`);
  if (term.field === 'indefinite') return 'a';
  return term.field === 'id' ? id : telling.nameOf(id);
}

/** All ways to answer a query, in the order in which texts list things. */
function answers({ facts, things }: Scene, query: Query, binding: Binding): readonly Binding[] {
  let found: readonly Binding[] = [binding];
  for (const { predicate, args } of query) {
    const rows = facts
      .sorted(predicate)
      .filter((row) => args.every(({ type }, place) => things.isOfType(row[place] ?? '', type)));
    found = found.flatMap((known) =>
      rows.flatMap((row) => {
        const extended = extend(known, args, row);
        return extended ? [extended] : [];
      }),
    );
  }
  return found;
}

/** Adds what a row says to a binding; undefined when they contradict, or a thing would be named twice. */
function extend(known: Binding, args: Query[number]['args'], row: readonly string[]): Binding | undefined {
  if (args.some(({ name }, place) => known.has(name) && known.get(name) !== row[place])) return undefined;
  const extended = new Map(known);
  const used = new Set(known.values());
  for (const [place, { name }] of args.entries()) {
    const id = row[place] ?? '';
    const bound = extended.get(name);
    if (bound === undefined && !used.has(id)) {
      extended.set(name, id);
      used.add(id);
    } else if (bound !== id) return undefined;
  }
  return extended;
}
