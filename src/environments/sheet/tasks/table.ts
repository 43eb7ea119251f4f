import type { Rng } from '../../../contracts/seed.ts';
import { type CellValue, displayed, general, type NumberFormat } from '../grid/format.ts';
import { blank, type Cell, createSheet, type Sheet } from '../grid/sheet.ts';
import type { NumberColumn, TableKind } from './kinds.ts';

/** Formatted rows that wait below a table, so that a row added there looks like the others. */
const spareRows = 12;

export interface Column {
  readonly title: string;
  readonly format: NumberFormat;
}

/** A table before it becomes a sheet. */
export interface Table {
  readonly kind: TableKind;
  readonly columns: readonly Column[];
  /** One value per column. */
  readonly rows: readonly (readonly CellValue[])[];
}

/** Groups with how many rows each of them has. */
export type GroupSizes = readonly (readonly [group: string, size: number])[];

/** A table of a kind, with rows in any order. Labels differ, and so do the numbers of a column. */
export function makeTable(rng: Rng, kind: TableKind, sizes: GroupSizes = randomSizes(rng, kind)): Table {
  const groups = rng.shuffle(sizes.flatMap(([group, size]) => Array.from({ length: size }, () => group)));
  const labels = rng.sample(kind.labels, groups.length);
  const numbers = kind.numbers.map((column) => distinctNumbers(rng, column, groups.length));
  return {
    kind,
    columns: [
      { title: kind.label, format: general },
      { title: kind.group, format: general },
      ...kind.numbers.map(({ title, format }) => ({ title, format })),
      { title: kind.closing, format: general },
    ],
    rows: groups.map((group, row) => [
      labels[row] ?? '',
      group,
      ...numbers.map((column) => column[row] ?? 0),
      rng.pick(kind.closings),
    ]),
  };
}

/** Three groups with two to five rows. */
function randomSizes(rng: Rng, { groups }: TableKind): GroupSizes {
  return rng.sample(groups, 3).map((group) => [group, rng.int(2, 5)]);
}

/** Three groups, the first of which has more rows than any other. */
export function oneLargest(rng: Rng, { groups }: TableKind): GroupSizes {
  const [largest = '', ...others] = rng.sample(groups, 3);
  return [[largest, rng.int(5, 6)], ...others.map((group) => [group, rng.int(2, 4)] as const)];
}

function distinctNumbers(rng: Rng, { format, low, high }: NumberColumn, count: number): number[] {
  const units = new Set<number>();
  while (units.size < count) units.add(rng.int(low, high));
  return [...units].map((unit) => unit / 10 ** format.decimals);
}

/** A number of a column that it does not hold yet. */
export function freshNumber(rng: Rng, table: Table, column: NumberColumn): number {
  const known = new Set(valuesOf(table, column.title));
  for (;;) {
    const [number] = distinctNumbers(rng, column, 1);
    if (number !== undefined && !known.has(number)) return number;
  }
}

export function valuesOf(table: Table, title: string): readonly CellValue[] {
  const index = table.columns.findIndex((column) => column.title === title);
  return table.rows.map((row) => row[index] ?? '');
}

export function labelsOf(table: Table): readonly string[] {
  return valuesOf(table, table.kind.label).map(String);
}

/** A number as the sheet shows it, for instructions. */
export function written(number: number, { format }: NumberColumn): string {
  return displayed(number, format);
}

/** The same table with an empty column at the end. */
export function withBlankColumn(table: Table, column: Column): Table {
  return { ...table, columns: [...table.columns, column], rows: table.rows.map((row) => [...row, '']) };
}

/** A table as a sheet: the header, the rows, and rows of blanks in the same formats. */
export function sheetOf(
  { kind, columns, rows }: Table,
  notes: ReadonlyMap<string, string> = new Map(),
): Sheet {
  const line = (values: readonly CellValue[]): Cell[] =>
    columns.map(({ format }, index) => ({ ...blank, format, value: values[index] ?? '' }));
  const labeled = (values: readonly CellValue[]): Cell[] => {
    const [label = blank, ...rest] = line(values);
    return [{ ...label, note: notes.get(String(label.value)) ?? '' }, ...rest];
  };
  const header = columns.map(({ title }) => ({ ...blank, value: title }));
  const spare = Array.from({ length: spareRows }, () => line([]));
  return createSheet(kind.sheet, [header, ...rows.map(labeled), ...spare]);
}
