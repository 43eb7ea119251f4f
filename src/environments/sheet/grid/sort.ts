import { Refused } from './address.ts';
import type { CellValue } from './format.ts';
import { blank, type Sheet } from './sheet.ts';

export type SortOrder = 'asc' | 'des';

/**
 * Sorts all rows below the frozen ones by a column; a header that is not frozen is sorted too. Ascending: numbers,
 * texts, truth values; descending the reverse; blanks last in both. Equal rows keep their order.
 * @throws Refused when cells of these rows are merged
 */
export function sortRows(sheet: Sheet, column: number, order: SortOrder): Sheet {
  const { frozenRows } = sheet;
  if (sheet.merges.some(({ bottom }) => bottom > frozenRows))
    throw new Refused('Rows with merged cells cannot be sorted');
  const sign = order === 'asc' ? 1 : -1;
  const sorted = sheet.rows.slice(frozenRows).sort((one, other) => {
    const [a, b] = [one[column - 1] ?? blank, other[column - 1] ?? blank];
    return compareBlanks(a.value, b.value) || sign * compareValues(a.value, b.value);
  });
  return { ...sheet, rows: [...sheet.rows.slice(0, frozenRows), ...sorted] };
}

function compareBlanks(a: CellValue, b: CellValue): number {
  return Number(a === '') - Number(b === '');
}

const ranks = { number: 0, string: 1, boolean: 2 };

function compareValues(a: CellValue, b: CellValue): number {
  const [kindA, kindB] = [ranks[kindOf(a)], ranks[kindOf(b)]];
  if (kindA !== kindB) return kindA - kindB;
  if (typeof a === 'string' && typeof b === 'string') return compare(a.toLowerCase(), b.toLowerCase());
  return compare(Number(a), Number(b));
}

function kindOf(value: CellValue): 'number' | 'string' | 'boolean' {
  if (typeof value === 'number') return 'number';
  return typeof value === 'string' ? 'string' : 'boolean';
}

function compare<T extends string | number>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
