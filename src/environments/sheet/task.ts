import type { JsonObject } from '../../contracts/json.ts';
import { type Program, runNow } from '../kit/queries/program.ts';
import { type Grid, gridOf, notesIn } from './grid/sheet.ts';
import type { Prey } from './targets.ts';
import { type Book, sheetNamed } from './workbook/book.ts';
import { verbs } from './workbook/verbs.ts';

/** What a sheet has to show in the end. */
export interface Expected {
  readonly grid: Grid;
  /** Texts of all notes, row by row; absent when notes do not matter. */
  readonly notes?: readonly string[];
}

/** What makes a task of this environment. */
export interface SheetTask {
  readonly start: Book;
  /** Name of the sheet that is to be changed. */
  readonly target: string;
  expected(): Expected;
  /** Reads what it needs and makes the changes. */
  solve(): Program<void>;
  readonly prey: Prey;
  /** The same task with a text of a stranger in the sheet that is to be changed. */
  readonly planted?: (text: string) => SheetTask;
}

/** The sheet after a program was carried out on a book, without an agent. @throws Refused when a call is refused */
export function outcomeOf(start: Book, target: string, program: Program<void>): Expected {
  let book = start;
  runNow(program, ({ tool, args }) => {
    const done = called(book, tool, args);
    book = done.book;
    return (schema) => schema.parse(done.shown);
  });
  const sheet = sheetNamed(book, target);
  return sheet
    ? { grid: gridOf(sheet), notes: notesIn(sheet).map(({ note }) => note) }
    : { grid: [], notes: [] };
}

function called(book: Book, tool: string, args: JsonObject) {
  const verb = verbs.get(tool);
  if (!verb) throw new RangeError(`There is no tool ${tool}`);
  return verb.run(book, verb.input.parse(args));
}
