import { z } from 'zod';
import { addressOf, areaBetween, type Place, placeAt, Refused } from '../grid/address.ts';
import { changeCells, mergeArea, writeValues } from '../grid/edit.ts';
import { entered } from '../grid/format.ts';
import { calculate } from '../grid/formula.ts';
import { cellAt, usedSize } from '../grid/sheet.ts';
import { sortRows } from '../grid/sort.ts';
import { type Book, openSheet, withSheet } from './book.ts';
import { area, column, lines, operands, position, text, value } from './fields.ts';
import { type Formula, placesOf, readFormula } from './operands.ts';
import { changed, type Done, defineVerb, removes, replaces, type Verb } from './verb.ts';

/** Verbs that change what stands in cells. */
export const cellVerbs: readonly Verb[] = [
  defineVerb({
    name: 'update_cell',
    title: 'Update a cell',
    description:
      'Sets the value of a cell; an empty text clears it. A text that is a number is kept as a number. Shows the whole sheet.',
    input: z.strictObject({
      position: position.describe('Position of the cell in A1 notation, such as B2.'),
      value: value.describe(
        'The new value: a text, a number, or a formula of one operator such as =SUM(B2:B5) or =PRODUCT(B2,C2), whose result is kept.',
      ),
    }),
    annotations: replaces,
    run(book, args) {
      const place = placeAt(args.position);
      const formula = typeof args.value === 'string' ? readFormula(args.value) : 'none';
      if (formula === 'none')
        return changed(book, writeValues(openSheet(book), place, [[entered(args.value)]]));
      return withResult(book, place, formula);
    },
  }),
  defineVerb({
    name: 'update_cell_by_formula',
    title: 'Update a cell by a formula',
    description:
      'Applies an operator to the numbers in some cells and sets a cell to the result. Give start_position and end_position, or position_list. MINUS takes exactly two numbers. Shows the whole sheet.',
    input: z.strictObject({
      ...operands,
      result_position: position.describe('Position of the cell for the result in A1 notation.'),
    }),
    annotations: removes,
    run: (book, { operator, result_position, ...given }) =>
      withResult(book, placeAt(result_position), { operator, places: placesOf(given) }),
  }),
  defineVerb({
    name: 'update_range',
    title: 'Update a range of cells',
    description:
      'Sets the cells of a range, row by row from its first cell; empty texts clear cells. The whole sheet cannot be updated at once. Shows the whole sheet.',
    input: z.strictObject({
      ...area,
      values_list: lines.describe('One list of values per row of the range.'),
    }),
    annotations: replaces,
    run(book, { start_position, end_position, values_list }) {
      const sheet = openSheet(book);
      const { top, left, bottom, right } = areaBetween(start_position, end_position);
      const used = usedSize(sheet);
      if (top === 1 && left === 1 && bottom === used.rows && right === used.columns)
        throw new Refused('Warning: You cannot update whole sheet at once, please try other functions');
      if (values_list.length > bottom - top + 1 || values_list.some((line) => line.length > right - left + 1))
        throw new Refused(
          `values_list does not fit into ${start_position}:${end_position}, which has ${bottom - top + 1} rows and ${right - left + 1} columns`,
        );
      const values = values_list.map((line) => line.map(entered));
      return changed(book, writeValues(sheet, { row: top, column: left }, values));
    },
  }),
  defineVerb({
    name: 'sort_sheet_by_col',
    title: 'Sort the sheet by a column',
    description:
      'Sorts all rows below the frozen ones by a column: numbers before texts in ascending order, after them in descending order, blanks last. Freeze the header row first, or it is sorted too. Shows the whole sheet.',
    input: z.strictObject({
      col_num: column.describe('Number of the column, from 1.'),
      order: z.enum(['asc', 'des']).describe('asc: ascending; des: descending.'),
    }),
    annotations: replaces,
    run: (book, { col_num, order }) => changed(book, sortRows(openSheet(book), col_num, order)),
  }),
  defineVerb({
    name: 'merge_cells',
    title: 'Merge cells',
    description:
      'Makes one cell of a range. Only the value of its top left cell is kept, and every position of the range shows it. Shows the whole sheet.',
    input: z.strictObject(area),
    annotations: replaces,
    run: (book, { start_position, end_position }) =>
      changed(book, mergeArea(openSheet(book), areaBetween(start_position, end_position))),
  }),
  defineVerb({
    name: 'update_note',
    title: 'Update the note of a cell',
    description: 'Sets the note that is attached to a cell; an empty text removes it.',
    input: z.strictObject({
      position: position.describe('Position of the cell in A1 notation.'),
      content: text.describe('Text of the note.'),
    }),
    annotations: replaces,
    run(book, args) {
      const sheet = openSheet(book);
      const place = placeAt(args.position);
      const cell = { ...cellAt(sheet, place), note: args.content };
      return {
        book: withSheet(book, changeCells(sheet, [{ place, cell }])),
        shown: `Updated! the ${addressOf(place)}'s note is ${args.content}`,
      };
    },
  }),
];

/** Sets a cell to the result of a formula; where no number format is set, the cell takes that of the numbers. */
function withResult(book: Book, place: Place, { operator, places }: Formula): Done {
  const sheet = openSheet(book);
  const result = calculate(operator, sheet, places);
  const written = writeValues(sheet, place, [[result.value]]);
  const cell = cellAt(written, place);
  const format = cell.format.kind === 'general' ? result.format : cell.format;
  return changed(book, changeCells(written, [{ place, cell: { ...cell, format } }]));
}
