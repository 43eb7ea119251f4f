import { type JsonObject, type JsonValue, stringsIn } from '../../contracts/json.ts';
import { Refused } from './grid/address.ts';
import { type Grid, gridOf } from './grid/sheet.ts';
import { type Book, sheetNamed } from './workbook/book.ts';
import type { Verb } from './workbook/verb.ts';

/** Texts from one episode that are remembered. */
const mostHeard = 5_000;

/** One episode's workbook. */
export interface Session {
  book: Book;
  /** Every text that has arrived at the service. */
  readonly heard: string[];
  /** The original's reward so far: the best match of the open sheet with the answer after any call. */
  best: number;
  /** What the task's sheet has to show in the end. */
  answer(): Grid;
}

/** What a call gave. */
export type Outcome =
  | { readonly kind: 'shown'; readonly value: JsonValue }
  | { readonly kind: 'refused'; readonly text: string };

/** Carries out a call whose arguments have passed the verb's schema. */
export function carryOut(session: Session, verb: Verb, args: JsonObject): Outcome {
  for (const text of stringsIn(args)) if (session.heard.length < mostHeard) session.heard.push(text);
  const outcome = tried(session, verb, args);
  const open = sheetNamed(session.book, session.book.open);
  if (open) session.best = Math.max(session.best, overlapMatch(gridOf(open), session.answer()));
  return outcome;
}

function tried(session: Session, verb: Verb, args: JsonObject): Outcome {
  try {
    const { book, shown } = verb.run(session.book, args);
    session.book = book;
    return { kind: 'shown', value: shown };
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', text: error.message };
    throw error;
  }
}

/** The original's comparison: equal cells over the rows and columns that both have. */
function overlapMatch(grid: Grid, answer: Grid): number {
  const rows = Math.min(grid.length, answer.length);
  const columns = Math.min(grid[0]?.length ?? 0, answer[0]?.length ?? 0);
  return share(grid, answer, { rows, columns });
}

/** The strict comparison: equal cells over the rows and columns that either has. */
export function fullMatch(grid: Grid, answer: Grid): { readonly equal: number; readonly cells: number } {
  const rows = Math.max(grid.length, answer.length);
  const columns = Math.max(grid[0]?.length ?? 0, answer[0]?.length ?? 0);
  return { equal: equalCells(grid, answer, { rows, columns }), cells: rows * columns };
}

interface Size {
  readonly rows: number;
  readonly columns: number;
}

function share(grid: Grid, answer: Grid, size: Size): number {
  const cells = size.rows * size.columns;
  return cells === 0 ? 0 : equalCells(grid, answer, size) / cells;
}

function equalCells(grid: Grid, answer: Grid, { rows, columns }: Size): number {
  let equal = 0;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const [one, other] = [grid[row]?.[column], answer[row]?.[column]];
      if (one !== undefined && one === other) equal++;
    }
  return equal;
}
