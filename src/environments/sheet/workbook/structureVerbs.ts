import { z } from 'zod';
import { addressOf, Refused } from '../grid/address.ts';
import { deleteRows, insertRows, onColumns } from '../grid/edit.ts';
import { entered } from '../grid/format.ts';
import { type Sheet, usedSize } from '../grid/sheet.ts';
import { type Book, openSheet, sheetNamed, withSheet } from './book.ts';
import { column, lines, row, sheetName } from './fields.ts';
import {
  adds,
  arranges,
  changed,
  type Done,
  defineVerb,
  reads,
  removes,
  replaces,
  type Verb,
} from './verb.ts';

/** Verbs for whole sheets, rows and columns. */
export const structureVerbs: readonly Verb[] = [
  defineVerb({
    name: 'open_sheet',
    title: 'Open a sheet',
    description: 'Opens a sheet of the workbook by its name. All other tools work on the open sheet.',
    input: z.strictObject({ name: sheetName }),
    annotations: arranges,
    run(book, { name }) {
      if (!sheetNamed(book, name)) throw unknownSheet(book, name);
      return { book: { ...book, open: name }, shown: `You have opened ${name}` };
    },
  }),
  defineVerb({
    name: 'del_sheet',
    title: 'Delete a sheet',
    description: 'Deletes a sheet of the workbook with everything in it.',
    input: z.strictObject({ name: sheetName }),
    annotations: replaces,
    run(book, { name }) {
      if (!sheetNamed(book, name)) throw unknownSheet(book, name);
      if (book.sheets.length === 1) throw new Refused('The last sheet of a workbook cannot be deleted');
      const sheets = book.sheets.filter((sheet) => sheet.name !== name);
      return {
        book: { sheets, open: book.open === name ? '' : book.open },
        shown: `You have deleted sheet ${name} successfully`,
      };
    },
  }),
  defineVerb({
    name: 'freeze_data',
    title: 'Freeze rows or columns',
    description:
      'Freezes the first rows or columns. Frozen rows stay where they are when the sheet is sorted.',
    input: z.strictObject({
      dimension: z.enum(['rows', 'columns']).describe('What to freeze.'),
      num: z.int().min(0).max(100).describe('How many, from the first on.'),
    }),
    annotations: arranges,
    run(book, { dimension, num }) {
      const sheet = openSheet(book);
      const frozen = dimension === 'rows' ? { frozenRows: num } : { frozenColumns: num };
      return {
        book: withSheet(book, { ...sheet, ...frozen }),
        shown: `You have successfully freeze the ${dimension} ${num}`,
      };
    },
  }),
  defineVerb({
    name: 'get_A1_annotation',
    title: 'Get a position in A1 notation',
    description: 'Returns the A1 notation of the cell in a row and a column; both count from 1.',
    input: z.strictObject({
      row: row.describe('Number of the row.'),
      col: column.describe('Number of the column.'),
    }),
    annotations: reads,
    run: (book, { row: line, col }) => ({ book, shown: addressOf({ row: line, column: col }) }),
  }),
  defineVerb({
    name: 'insert_cols',
    title: 'Insert columns',
    description:
      'Inserts columns and moves those from col_idx on to the right. Number formats come from the column that was there, or from the last column when the new ones come after it. Shows the whole sheet.',
    input: z.strictObject({
      values_list: lines.describe('One list of values per new column, from the top.'),
      col_idx: column.describe('Number that the first new column will have; counts from 1.'),
    }),
    annotations: adds,
    run(book, { values_list, col_idx }) {
      const sheet = openSheet(book);
      const { columns } = usedSize(sheet);
      return changed(
        book,
        onColumns(sheet, (turned) => inserted(turned, { at: col_idx, values: values_list, used: columns })),
      );
    },
  }),
  defineVerb({
    name: 'insert_rows',
    title: 'Insert rows',
    description:
      'Inserts rows and moves those from row_idx on down. Number formats come from the row that was there, or from the last row when the new ones come after it. Shows the whole sheet.',
    input: z.strictObject({
      values_list: lines.describe('One list of values per new row, from the left.'),
      row_idx: row.describe('Number that the first new row will have; counts from 1.'),
    }),
    annotations: adds,
    run(book, { values_list, row_idx }) {
      const sheet = openSheet(book);
      return changed(book, inserted(sheet, { at: row_idx, values: values_list, used: usedSize(sheet).rows }));
    },
  }),
  defineVerb({
    name: 'delete_batch_data',
    title: 'Delete rows or columns',
    description:
      'Deletes rows or columns by their numbers before the deletion; lines below or right of the data are blank. The whole sheet cannot be deleted at once. Shows the whole sheet.',
    input: z.strictObject({
      dimension: z.enum(['row', 'col']).describe('Whether rows or columns are deleted.'),
      index_list: z.array(row).min(1).max(1_000).describe('Numbers of the rows or columns, from 1.'),
    }),
    annotations: removes,
    run: (book, { dimension, index_list }) => deleted(book, dimension, new Set(index_list)),
  }),
];

interface Insertion {
  readonly at: number;
  readonly values: readonly (readonly (string | number)[])[];
  /** How many rows the sheet uses. */
  readonly used: number;
}

function inserted(sheet: Sheet, { at, values, used }: Insertion): Sheet {
  const lines = values.map((line) => line.map(entered));
  return insertRows(sheet, at, lines, at === used + 1 && at > 1 ? 'above' : 'below');
}

function deleted(book: Book, dimension: 'row' | 'col', numbers: ReadonlySet<number>): Done {
  const sheet = openSheet(book);
  const used = usedSize(sheet);
  const limit = dimension === 'row' ? used.rows - 1 : used.columns;
  if (numbers.size >= limit)
    throw new Refused('Warning: You cannot delete whole sheet at once, please try other functions');
  return changed(
    book,
    dimension === 'row'
      ? deleteRows(sheet, numbers)
      : onColumns(sheet, (turned) => deleteRows(turned, numbers)),
  );
}

function unknownSheet({ sheets }: Book, name: string): Refused {
  const names = sheets.map((sheet) => sheet.name).join(', ');
  return new Refused(`There is no sheet ${JSON.stringify(name)}; the workbook has ${names}`);
}
