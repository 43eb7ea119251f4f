import { z } from 'zod';
import { ask } from '../../kit/queries/program.ts';
import { addressOf } from '../grid/address.ts';
import { decimal } from '../grid/format.ts';
import { change, deleted, headerStays, type JobTemplate, opened, restStays, sorted } from './job.ts';
import { allKinds, pickKind, productKinds, seriesKinds } from './kinds.ts';
import { freshNumber, labelsOf, makeTable, sheetOf, valuesOf, withBlankColumn, written } from './table.ts';

/** Jobs that need a look at every row. */
export const mediumJobs: readonly JobTemplate[] = [
  {
    id: 'add-rows',
    title: 'Add rows and sort',
    difficulty: 'medium',
    make(rng) {
      const full = makeTable(rng, pickKind(rng, allKinds));
      const { kind } = full;
      const table = { ...full, rows: full.rows.slice(0, -2) };
      const added = full.rows
        .slice(-2)
        .map((row) => row.map((value) => (typeof value === 'boolean' ? '' : value)));
      return {
        target: sheetOf(table),
        instruction: `Add these rows to the sheet "${kind.sheet}": ${JSON.stringify(added)}. Then sort all rows by "${kind.label}" in ascending order. ${headerStays}`,
        *solve() {
          const sheet = yield* opened(kind.sheet);
          const after = yield* change('insert_rows', { values_list: added, row_idx: sheet.grid.length + 1 });
          yield* sorted(after, kind.label, 'asc');
        },
      };
    },
  },
  {
    id: 'fill-products',
    title: 'Fill a column with products',
    difficulty: 'medium',
    make(rng) {
      const kind = pickKind(rng, productKinds);
      const table = withBlankColumn(makeTable(rng, kind), { title: kind.product, format: decimal(2) });
      const [first, second] = kind.numbers.map(({ title }) => title);
      return {
        target: sheetOf(table),
        instruction: `In the sheet "${kind.sheet}", fill the column "${kind.product}": in every row it is "${first}" multiplied by "${second}". ${restStays}`,
        *solve() {
          const sheet = yield* opened(kind.sheet);
          for (const { number } of sheet.rows)
            yield* change('update_cell_by_formula', {
              position_list: [sheet.at(number, first ?? ''), sheet.at(number, second ?? '')],
              operator: 'PRODUCT',
              result_position: sheet.at(number, kind.product),
            });
        },
      };
    },
  },
  {
    id: 'fill-sums',
    title: 'Fill a column with sums or means, and sort',
    difficulty: 'medium',
    make(rng) {
      const kind = pickKind(rng, seriesKinds);
      const [title, operator] = rng.pick([
        ['Total', 'SUM'],
        ['Mean', 'AVERAGE'],
        ['Best', 'MAX'],
      ] as const);
      const table = withBlankColumn(makeTable(rng, kind), { title, format: decimal(2) });
      const words = { SUM: 'the sum', AVERAGE: 'the mean', MAX: 'the greatest' };
      const [first = '', last = ''] = [kind.numbers.at(0)?.title, kind.numbers.at(-1)?.title];
      return {
        target: sheetOf(table),
        instruction: `In the sheet "${kind.sheet}", fill the column "${title}": in every row it is ${words[operator]} of the numbers from "${first}" to "${last}". Then sort the rows by "${kind.label}" in ascending order. ${headerStays}`,
        *solve() {
          const sheet = yield* opened(kind.sheet);
          for (const { number } of sheet.rows)
            yield* change('update_cell_by_formula', {
              start_position: sheet.at(number, first),
              end_position: sheet.at(number, last),
              operator,
              result_position: sheet.at(number, title),
            });
          yield* sorted(sheet, kind.label, 'asc');
        },
      };
    },
  },
  {
    id: 'apply-notes',
    title: 'Apply the corrections in notes',
    difficulty: 'medium',
    make(rng) {
      const table = makeTable(rng, pickKind(rng, allKinds));
      const { kind } = table;
      const notes = new Map(
        rng.sample(labelsOf(table), 3).map((label) => {
          const column = rng.pick(kind.numbers);
          return [label, `${column.title} is now ${written(freshNumber(rng, table, column), column)}`];
        }),
      );
      return {
        target: sheetOf(table, notes),
        instruction: `Some cells of the column "${kind.label}" in the sheet "${kind.sheet}" have notes that correct a number of their row. Write the corrected numbers into the rows. The notes stay, and so does everything else.`,
        *solve() {
          const sheet = yield* opened(kind.sheet);
          for (const { number } of sheet.rows) {
            const note = yield* ask('get_note', { position: sheet.at(number, kind.label) }, z.string());
            const [, title, value] = /^(.+) is now ([\d.,]+)$/.exec(note) ?? [];
            if (title !== undefined && value !== undefined)
              yield* change('update_cell', {
                position: sheet.at(number, title),
                value: Number(value.replaceAll(',', '')),
              });
          }
        },
      };
    },
  },
  {
    id: 'rank-column',
    title: 'Sort and add a column with ranks',
    difficulty: 'medium',
    make(rng) {
      const table = makeTable(rng, pickKind(rng, allKinds));
      const { kind } = table;
      const column = rng.pick(kind.numbers);
      const title = `${column.title} Rank`;
      return {
        target: sheetOf(table),
        instruction: `Sort the sheet "${kind.sheet}" by "${column.title}" in descending order and add a last column "${title}" with the ranks 1, 2, 3 and so on, the greatest number being 1. ${headerStays}`,
        *solve() {
          const sheet = yield* sorted(yield* opened(kind.sheet), column.title, 'des');
          const ranks = sheet.rows.map((_, index) => index + 1);
          const last = sheet.grid[0]?.length ?? 0;
          yield* change('insert_cols', { values_list: [[title, ...ranks]], col_idx: last + 1 });
        },
      };
    },
  },
  {
    id: 'delete-below',
    title: 'Delete the rows below a limit',
    difficulty: 'medium',
    make(rng) {
      const table = makeTable(rng, pickKind(rng, allKinds));
      const { kind } = table;
      const column = rng.pick(kind.numbers);
      const limit = Number(
        rng.pick(
          valuesOf(table, column.title)
            .toSorted((a, b) => Number(a) - Number(b))
            .slice(2, 5),
        ),
      );
      return {
        target: sheetOf(table),
        instruction: `In the sheet "${kind.sheet}", delete all rows whose "${column.title}" is less than ${written(limit, column)}. ${restStays}`,
        *solve() {
          const sheet = yield* opened(kind.sheet);
          const gone = sheet.rows.filter((row) => row.amount(column.title) < limit);
          yield* deleted(
            sheet,
            gone.map(({ number }) => number),
          );
        },
      };
    },
  },
  {
    id: 'sum-row',
    title: 'Add a row with the sums of columns',
    difficulty: 'medium',
    make(rng) {
      const kind = pickKind(rng, seriesKinds);
      const table = makeTable(rng, kind);
      const titles = kind.numbers.map(({ title }) => title);
      return {
        target: sheetOf(table),
        instruction: `Below the last row of the sheet "${kind.sheet}", write the word "Sum" in the column "${kind.label}" and the sums of ${titles.map((title) => `"${title}"`).join(', ')} in these columns. ${restStays}`,
        *solve() {
          const sheet = yield* opened(kind.sheet);
          const last = sheet.grid.length;
          yield* change('update_cell', { position: addressOf({ row: last + 1, column: 1 }), value: 'Sum' });
          for (const title of titles)
            yield* change('update_cell_by_formula', {
              start_position: sheet.at(2, title),
              end_position: sheet.at(last, title),
              operator: 'SUM',
              result_position: sheet.at(last + 1, title),
            });
        },
      };
    },
  },
];
