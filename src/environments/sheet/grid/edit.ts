import {
  type Area,
  addressOf,
  checkInside,
  holds,
  overlaps,
  type Place,
  placesIn,
  Refused,
} from './address.ts';
import type { CellValue } from './format.ts';
import { blank, type Cell, cellAt, padded, type Sheet } from './sheet.ts';

/** Writes values from a place on to the right and down. Places below a merge keep showing the merge. */
export function writeValues(
  sheet: Sheet,
  { row, column }: Place,
  values: readonly (readonly CellValue[])[],
): Sheet {
  const changes = values.flatMap((line, down) =>
    line.map((value, right) => ({ place: { row: row + down, column: column + right }, value })),
  );
  const seen = changes.filter(({ place }) => !isCovered(sheet, place));
  return changeCells(
    sheet,
    seen.map(({ place, value }) => ({ place, cell: { ...cellAt(sheet, place), value } })),
  );
}

function isCovered({ merges }: Sheet, place: Place): boolean {
  return merges.some((area) => holds(area, place) && (area.top !== place.row || area.left !== place.column));
}

/** Puts cells into a sheet, which grows where it must. @throws Refused when it cannot grow as far */
export function changeCells(
  sheet: Sheet,
  changes: readonly { readonly place: Place; readonly cell: Cell }[],
): Sheet {
  const width = Math.max(sheet.rows[0]?.length ?? 0, ...changes.map(({ place }) => place.column));
  const height = Math.max(sheet.rows.length, ...changes.map(({ place }) => place.row));
  checkInside({ row: Math.max(1, height), column: Math.max(1, width) }, 'That place');
  const changed = new Map<number, Map<number, Cell>>();
  for (const { place, cell } of changes) {
    const row = changed.get(place.row) ?? new Map<number, Cell>();
    changed.set(place.row, row.set(place.column, cell));
  }
  const rows = Array.from({ length: height }, (_, index) => {
    const row = padded(sheet.rows[index] ?? [], width);
    const cells = changed.get(index + 1);
    return cells ? row.map((cell, column) => cells.get(column + 1) ?? cell) : row;
  });
  return { ...sheet, rows };
}

/** New rows before row `at`; their formats are those of the row above, or of the one that they push down. */
export function insertRows(
  sheet: Sheet,
  at: number,
  values: readonly (readonly CellValue[])[],
  formatsFrom: 'above' | 'below',
): Sheet {
  const width = sheet.rows[0]?.length ?? 0;
  const model = sheet.rows[formatsFrom === 'above' ? at - 2 : at - 1] ?? [];
  const fresh = values.map((line) =>
    Array.from({ length: Math.max(width, line.length) }, (_, column) => ({
      ...blank,
      format: (model[column] ?? blank).format,
      value: line[column] ?? '',
    })),
  );
  const above = Array.from({ length: at - 1 }, (_, index) => sheet.rows[index] ?? []);
  const rows = [...above, ...fresh, ...sheet.rows.slice(at - 1)];
  const wide = Math.max(width, ...fresh.map(({ length }) => length));
  checkInside({ row: rows.length, column: Math.max(1, wide) }, 'The new line');
  const moved = (line: number): number => (line >= at ? line + values.length : line);
  return {
    ...sheet,
    rows: rows.map((row) => padded(row, wide)),
    merges: sheet.merges.map((area) => ({ ...area, top: moved(area.top), bottom: moved(area.bottom) })),
    frozenRows: at <= sheet.frozenRows ? sheet.frozenRows + values.length : sheet.frozenRows,
  };
}

/** Takes rows out; a merge loses the rows, and is gone when one cell is left of it. */
export function deleteRows(sheet: Sheet, numbers: ReadonlySet<number>): Sheet {
  const left = (upTo: number): number => {
    let count = upTo;
    for (const number of numbers) if (number <= upTo) count--;
    return count;
  };
  const merges = sheet.merges
    .map((area) => ({ ...area, top: left(area.top - 1) + 1, bottom: left(area.bottom) }))
    .filter(({ top, left: first, bottom, right }) => bottom >= top && (bottom > top || right > first));
  return {
    ...sheet,
    rows: sheet.rows.filter((_, index) => !numbers.has(index + 1)),
    merges,
    frozenRows: left(sheet.frozenRows),
  };
}

/** Carries out a change of rows on the columns. */
export function onColumns(sheet: Sheet, change: (turned: Sheet) => Sheet): Sheet {
  return turned(change(turned(sheet)));
}

function turned(sheet: Sheet): Sheet {
  const width = sheet.rows[0]?.length ?? 0;
  return {
    ...sheet,
    rows: Array.from({ length: width }, (_, column) => sheet.rows.map((row) => row[column] ?? blank)),
    merges: sheet.merges.map(({ top, left, bottom, right }) => ({
      top: left,
      left: top,
      bottom: right,
      right: bottom,
    })),
    frozenRows: sheet.frozenColumns,
    frozenColumns: sheet.frozenRows,
  };
}

/** One cell for all of an area; it keeps the value at the top left. @throws Refused when it cuts another merge */
export function mergeArea(sheet: Sheet, area: Area): Sheet {
  const inside = (other: Area): boolean =>
    holds(area, { row: other.top, column: other.left }) &&
    holds(area, { row: other.bottom, column: other.right });
  const cut = sheet.merges.find((other) => overlaps(area, other) && !inside(other));
  if (cut) {
    const [start, end] = [
      addressOf({ row: cut.top, column: cut.left }),
      addressOf({ row: cut.bottom, column: cut.right }),
    ];
    throw new Refused(`The cells ${start}:${end} are merged already; a new merge has to hold all of them`);
  }
  if (area.top === area.bottom && area.left === area.right) return sheet;
  const [, ...covered] = placesIn(area);
  const cleared = changeCells(
    sheet,
    covered.map((place) => ({ place, cell: { ...cellAt(sheet, place), value: '' } })),
  );
  return { ...cleared, merges: [...sheet.merges.filter((other) => !inside(other)), area] };
}
