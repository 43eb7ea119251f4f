import { type Area, holds, type Place } from './address.ts';
import { type CellValue, displayed, general, type NumberFormat } from './format.ts';

export interface Cell {
  readonly value: CellValue;
  readonly format: NumberFormat;
  /** Empty when there is none. */
  readonly note: string;
}

/** One sheet of a workbook. Sheets are never changed, only replaced. */
export interface Sheet {
  readonly name: string;
  /** Rows of equal length; cells outside are blank. */
  readonly rows: readonly (readonly Cell[])[];
  /** Areas that do not overlap. */
  readonly merges: readonly Area[];
  /** Rows at the top that sorting leaves alone. */
  readonly frozenRows: number;
  readonly frozenColumns: number;
}

/** The texts a sheet shows, row by row; rows are equally long. */
export type Grid = readonly (readonly string[])[];

export const blank: Cell = { value: '', format: general, note: '' };

/** A sheet of cells whose rows may be of any length. */
export function createSheet(
  name: string,
  rows: readonly (readonly Cell[])[],
  merges: readonly Area[] = [],
): Sheet {
  const width = Math.max(0, ...rows.map(({ length }) => length));
  return { name, rows: rows.map((row) => padded(row, width)), merges, frozenRows: 0, frozenColumns: 0 };
}

export function padded(row: readonly Cell[], width: number): readonly Cell[] {
  if (row.length >= width) return row;
  return [...row, ...Array.from({ length: width - row.length }, () => blank)];
}

export function cellAt({ rows }: Sheet, { row, column }: Place): Cell {
  return rows[row - 1]?.[column - 1] ?? blank;
}

/** The text that a cell shows by itself; cells below a merge are blank. */
export function textAt(sheet: Sheet, place: Place): string {
  const { value, format } = cellAt(sheet, place);
  return displayed(value, format);
}

/** The text that a reader sees at a place: that of the merge it belongs to. */
export function seenAt(sheet: Sheet, place: Place): string {
  const merge = sheet.merges.find((area) => holds(area, place));
  return textAt(sheet, merge ? { row: merge.top, column: merge.left } : place);
}

/** The smallest size that holds everything that is shown. */
export function usedSize({ rows }: Sheet): { readonly rows: number; readonly columns: number } {
  let used = { rows: 0, columns: 0 };
  rows.forEach((cells, index) => {
    const last = cells.findLastIndex(({ value }) => value !== '');
    if (last >= 0) used = { rows: index + 1, columns: Math.max(used.columns, last + 1) };
  });
  return used;
}

/** Everything a sheet shows. */
export function gridOf(sheet: Sheet): Grid {
  const { rows, columns } = usedSize(sheet);
  return gridIn(sheet, { top: 1, left: 1, bottom: rows, right: columns });
}

/** What a part of a sheet shows. */
export function gridIn(sheet: Sheet, { top, left, bottom, right }: Area): Grid {
  const lines = (from: number, to: number): number[] =>
    Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
  return lines(top, bottom).map((row) => lines(left, right).map((column) => seenAt(sheet, { row, column })));
}

/** All notes of a sheet with their places, row by row. */
export function notesIn({ rows }: Sheet): readonly { readonly place: Place; readonly note: string }[] {
  return rows.flatMap((cells, row) =>
    cells.flatMap(({ note }, column) =>
      note === '' ? [] : [{ place: { row: row + 1, column: column + 1 }, note }],
    ),
  );
}
