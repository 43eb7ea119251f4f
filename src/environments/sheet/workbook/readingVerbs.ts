import { z } from 'zod';
import { addressOf, areaBetween, placeAt } from '../grid/address.ts';
import { displayed } from '../grid/format.ts';
import { calculate } from '../grid/formula.ts';
import { findCells } from '../grid/search.ts';
import { cellAt, gridIn, gridOf, seenAt } from '../grid/sheet.ts';
import { openSheet } from './book.ts';
import { area, column, operands, position, row } from './fields.ts';
import { placesOf } from './operands.ts';
import { defineVerb, reads, type Verb } from './verb.ts';

const nothing = z.strictObject({});
const onePosition = z.strictObject({
  position: position.describe('Position of the cell in A1 notation, such as B2.'),
});

/** Verbs that change nothing. */
export const readingVerbs: readonly Verb[] = [
  defineVerb({
    name: 'get_all_values',
    title: 'Get all values',
    description: 'Shows the whole open sheet as a list of rows, as texts.',
    input: nothing,
    annotations: reads,
    run: (book) => ({ book, shown: gridOf(openSheet(book)) }),
  }),
  defineVerb({
    name: 'get_range_values',
    title: 'Get the values of a range',
    description: 'Shows a range of the open sheet as a list of rows, as texts.',
    input: z.strictObject(area),
    annotations: reads,
    run: (book, { start_position, end_position }) => ({
      book,
      shown: gridIn(openSheet(book), areaBetween(start_position, end_position)),
    }),
  }),
  defineVerb({
    name: 'get_cell_value',
    title: 'Get the value of a cell',
    description: 'Shows what stands in a cell; (nothing) when it is blank.',
    input: onePosition,
    annotations: reads,
    run: (book, args) => ({ book, shown: seenAt(openSheet(book), placeAt(args.position)) }),
  }),
  defineVerb({
    name: 'get_value_by_formula',
    title: 'Calculate a value',
    description:
      'Applies an operator to the numbers in some cells and shows the result. Give start_position and end_position, or position_list. Nothing is written.',
    input: z.strictObject(operands),
    annotations: reads,
    run(book, { operator, ...given }) {
      const { value, format } = calculate(operator, openSheet(book), placesOf(given));
      return { book, shown: displayed(value, format) };
    },
  }),
  defineVerb({
    name: 'filter_cells',
    title: 'Find cells',
    description: 'Lists the positions of all cells that match a query, row by row.',
    input: z.strictObject({
      query: z
        .string()
        .max(500)
        .describe('The whole text of the cells, or with regex a pattern that may match anywhere in them.'),
      regex: z
        .boolean()
        .optional()
        .describe('Whether the query is a regular expression, in RE2 syntax; no if absent.'),
      in_row: row.optional().describe('Looks in this row only.'),
      in_column: column.optional().describe('Looks in this column only.'),
    }),
    annotations: reads,
    run(book, { query, regex = false, in_row, in_column }) {
      const places = findCells(openSheet(book), {
        query,
        regex,
        ...(in_row !== undefined && { row: in_row }),
        ...(in_column !== undefined && { column: in_column }),
      });
      return { book, shown: places.map(addressOf) };
    },
  }),
  defineVerb({
    name: 'get_note',
    title: 'Get the note of a cell',
    description: 'Shows the note that is attached to a cell; (nothing) when there is none.',
    input: onePosition,
    annotations: reads,
    run: (book, args) => ({ book, shown: cellAt(openSheet(book), placeAt(args.position)).note }),
  }),
  defineVerb({
    name: 'finish',
    title: 'Finish',
    description: 'Shows the whole open sheet once more; for the end, when all changes are made.',
    input: nothing,
    annotations: reads,
    run: (book) => ({ book, shown: gridOf(openSheet(book)) }),
  }),
];
