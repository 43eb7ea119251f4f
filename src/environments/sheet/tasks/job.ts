import { z } from 'zod';
import { SolutionStuck } from '../../../contracts/agent.ts';
import type { Difficulty } from '../../../contracts/environment.ts';
import type { JsonObject } from '../../../contracts/json.ts';
import type { Rng } from '../../../contracts/seed.ts';
import { ask, type Program } from '../../kit/queries/program.ts';
import { addressOf } from '../grid/address.ts';
import type { Grid, Sheet } from '../grid/sheet.ts';

/** One thing that a user wants done to a sheet. */
export interface Job {
  /** The sheet that is to be changed. */
  readonly target: Sheet;
  /** Another sheet that has to be read for it. */
  readonly source?: Sheet;
  readonly instruction: string;
  /** Reads what it needs and makes the changes. */
  solve(): Program<void>;
}

export interface JobTemplate {
  readonly id: string;
  readonly title: string;
  readonly difficulty: Difficulty;
  make(rng: Rng): Job;
}

const gridShape = z.array(z.array(z.string()));

/** A sheet as a solution has read it. */
export interface Seen {
  readonly grid: Grid;
  /** Number of the column with this title. @throws SolutionStuck */
  column(title: string): number;
  /** Numbers and texts of the rows below the header. */
  readonly rows: readonly {
    readonly number: number;
    text(title: string): string;
    amount(title: string): number;
  }[];
  /** Number of the row whose first cell is this label. @throws SolutionStuck */
  row(label: string): number;
  /** A1 notation. */
  at(row: number, title: string): string;
}

function seen(grid: Grid): Seen {
  const [header = []] = grid;
  const column = (title: string): number => {
    const index = header.indexOf(title);
    if (index < 0) throw new SolutionStuck(`The sheet has no column ${title}`);
    return index + 1;
  };
  return {
    grid,
    column,
    rows: grid.slice(1).map((texts, index) => ({
      number: index + 2,
      text: (title) => texts[column(title) - 1] ?? '',
      amount: (title) => amountIn(texts[column(title) - 1] ?? ''),
    })),
    row(label) {
      const index = grid.findIndex(([first]) => first === label);
      if (index < 0) throw new SolutionStuck(`The sheet has no row ${label}`);
      return index + 1;
    },
    at: (row, title) => addressOf({ row, column: column(title) }),
  };
}

function amountIn(text: string): number {
  return Number(text.replaceAll(',', ''));
}

/** Opens a sheet and reads all of it. */
export function* opened(name: string): Program<Seen> {
  yield* ask('open_sheet', { name }, z.string());
  return seen(yield* ask('get_all_values', {}, gridShape));
}

/** A call that shows the sheet after it. */
export function* change(tool: string, args: JsonObject): Program<Seen> {
  return seen(yield* ask(tool, args, gridShape));
}

/** A call whose reply does not matter. */
export function* tell(tool: string, args: JsonObject): Program<string> {
  return yield* ask(tool, args, z.string());
}

/** Sorts by a column and leaves the header on top. */
export function* sorted(sheet: Seen, title: string, direction: 'asc' | 'des'): Program<Seen> {
  yield* tell('freeze_data', { dimension: 'rows', num: 1 });
  return yield* change('sort_sheet_by_col', { col_num: sheet.column(title), order: direction });
}

/** Deletes rows by number, if there are any. */
export function* deleted(sheet: Seen, rows: readonly number[]): Program<Seen> {
  if (rows.length === 0) return sheet;
  return yield* change('delete_batch_data', { dimension: 'row', index_list: [...rows] });
}

/** The greatest of some numbers. */
export function most(numbers: readonly number[]): number {
  return numbers.reduce((best, number) => Math.max(best, number), Number.NEGATIVE_INFINITY);
}

/** Names in a sentence: `"a", "b" and "c"`. */
export function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} and ${last}`;
}

export const headerStays = 'The header row stays on top.';
export const restStays = 'Leave everything else as it is.';
